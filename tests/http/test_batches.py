"""Tests that each command of a batch is answered alone and stored once."""

import uuid

import pytest
from sqlalchemy import select

from casework.seal.tables import subject_key
from tests.http.acting import API, CADRE, CALLER, DISPATCHER
from tests.stories.terminal import LOG


def new_case():
    return f"case/{uuid.uuid4()}"


def one(do, **members):
    return {"do": do, "command": str(uuid.uuid4()), **members}


def outcomes(response):
    assert response.status_code == 200, response.text
    return response.json()["outcomes"]


def words(response):
    return [found["outcome"] for found in outcomes(response)]


def test_later_commands_of_a_batch_act_on_cases_that_it_began(hands, runtime):
    case, activity = new_case(), f"activity/{uuid.uuid4()}"
    batch = [
        one("register-case", case=case, area="menglang-1", summary="停水", person={"full_name": "甲"}),
        one("accept-case", case=case, category="water"),
        one("dispatch-case", case=case, unit="water-station"),
        one("log-action", case=case, action="visit", note="去看了"),
        one("record-activity", activity=activity, what="patrol", area="menglang-1"),
        one("link-activity", activity=activity, case=case),
    ]
    first = hands.do(DISPATCHER, "/commands", {"commands": batch})
    size = runtime.store.head(LOG).size
    again = hands.do(DISPATCHER, "/commands", {"commands": batch})

    assert words(first) == ["accepted"] * 6
    assert [found["command"] for found in outcomes(first)] == [sent["command"] for sent in batch]
    seqs = [found["answer"]["seq"] for found in outcomes(first)]
    assert seqs == sorted(seqs)
    assert words(again) == ["repeated"] * 6
    assert runtime.store.head(LOG).size == size


def test_a_note_in_the_batch_of_a_registration_concerns_its_resident(hands, runtime):
    """Otherwise an erasure would miss the note."""
    case = new_case()
    batch = [
        one("register-case", case=case, area="menglang-1", summary="停水", person={"full_name": "甲"}),
        one("log-action", case=case, action="visit", note="甲说了"),
    ]
    assert words(hands.do(DISPATCHER, "/commands", {"commands": batch})) == ["accepted"] * 2
    _first, second = runtime.store.read_stream(LOG, case)
    with runtime.engine.connect() as db:
        kids = select(subject_key.c.subject).where(subject_key.c.log == LOG, subject_key.c.kid == second.sealed[0].kid)
        subjects = list(db.scalars(kids))

    assert subjects == [runtime.asked_by(LOG, case)]
    assert subjects[0].startswith("resident/")


def test_each_command_of_a_batch_is_refused_alone_with_its_reason(hands, runtime):
    number = hands.dispatched()
    batch = [
        one("log-action", case=number, action="visit"),
        one("log-action", case=number, aktion="visit"),
        one("log-akction", case=number),
        "nonsense",
        {"do": "log-action", "case": number, "action": "visit"},
        one("log-action", case=number, action="visit", if_match=0),
        one("approve-return", case=number),
        one("accept-case", case=number),
        one("log-action", case="530828-1999-000001", action="visit"),
        one("open-log", log="x"),
        one("log-action", case=[number], action="visit"),
        one("log-action", case=number, action="visit", if_match="*"),
    ]
    before = runtime.store.head(LOG).size
    found = outcomes(hands.do(DISPATCHER, "/commands", {"commands": batch}))

    assert [(this["outcome"], this.get("problem", {}).get("code")) for this in found] == [
        ("accepted", None),
        ("refused", "unknown-member"),
        ("refused", "unknown-command"),
        ("refused", "malformed"),
        ("refused", "command-id"),
        ("refused", "version-moved"),
        ("refused", "version-wanted"),
        ("refused", "not-in-this-state"),
        ("refused", "unknown-case"),
        ("refused", "unknown-command"),
        ("refused", "malformed"),
        ("accepted", None),
    ]
    assert runtime.store.head(LOG).size == before + 2


def test_a_command_on_a_case_that_the_batch_failed_to_begin_is_refused(hands):
    case = new_case()
    batch = [one("register-case", case=case, area="nowhere"), one("log-action", case=case, action="visit")]
    found = outcomes(hands.do(CALLER, "/commands", {"commands": batch}))

    assert [this["problem"]["code"] for this in found] == ["unknown-area", "no-such-case"]


def test_a_command_twice_in_one_batch_is_stored_once(hands, runtime):
    number = hands.dispatched()
    sent = one("log-action", case=number, action="visit")
    before = runtime.store.head(LOG).size

    assert words(hands.do(CADRE, "/commands", {"commands": [sent, sent]})) == ["accepted", "repeated"]
    assert runtime.store.head(LOG).size == before + 1


def test_commands_of_a_batch_that_met_a_full_queue_may_be_sent_again(hands, runtime, monkeypatch):
    number = hands.dispatched()
    batch = [one("log-action", case=number, action="visit") for _ in range(3)]
    monkeypatch.setattr(runtime.writer, "max_queue", 0)
    found = outcomes(hands.do(CADRE, "/commands", {"commands": batch}))
    monkeypatch.undo()

    assert [(this["outcome"], this["problem"]["code"]) for this in found] == [("retry", "queue-full")] * 3
    assert words(hands.do(CADRE, "/commands", {"commands": batch})) == ["accepted"] * 3


@pytest.mark.parametrize(
    "body", [{}, {"commands": []}, {"commands": {}}, {"commands": [1] * 101}, {"commands": [1], "x": 1}]
)
def test_a_malformed_batch_is_refused_whole(hands, body):
    answer = hands.do(CADRE, "/commands", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_batch_of_a_hundred_commands_is_accepted(hands, runtime):
    number = hands.dispatched()
    batch = [one("log-action", case=number, action="visit", note="记") for _ in range(100)]
    before = runtime.store.head(LOG).size

    assert words(hands.do(CADRE, "/commands", {"commands": batch})) == ["accepted"] * 100
    assert runtime.store.head(LOG).size == before + 100


def test_a_batch_without_a_token_of_its_log_is_refused(client, hands):
    assert client.post(f"{API}/commands", json={"commands": []}).status_code == 401
    assert client.post("/api/other/commands", json={"commands": []}, headers=hands.headers(CADRE)).status_code == 403
