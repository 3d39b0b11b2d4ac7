"""Tests receipts over HTTP: what they show, allow, and how guessing is slowed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select, update

from casework.application.access.receipts import receipt
from casework.http.process import ServerState
from casework.log.schema import command as commands
from casework.seal.reading_ledger import access_ledger
from tests.http.acting import API, CADRE, CALLER, DISPATCHER, REVIEWER
from tests.stories.terminal import LOG

CLERK = ("cadre/heron", "dispatcher")
WRONG = "2222-3333-4444-5555"
ASKED = {"area": "menglang-1", "category": "water", "summary": "MARKER the tap", "person": {"full_name": "MARKER 甲"}}


@pytest.fixture
def door(client) -> ServerState:
    door = client.app.state.server
    door.attempts.__init__()
    return door


@pytest.fixture
def by_receipt(client, door):
    def post(number, secret, act="", **members):
        path = f"{API}/receipt" + (f"/{act}" if act else "")
        return client.post(path, json={"number": number, "secret": secret, **members})

    return post


def registered(hands, **members):
    answer = hands.ok(CALLER, "/cases", {**ASKED, **members})
    return answer["number"], answer["secret"]


def resolved(hands, number):
    hands.ok(DISPATCHER, f"/cases/{number}/acceptance")
    hands.ok(DISPATCHER, f"/cases/{number}/dispatch", {"unit": "water-station", "lead": "cadre/crane"})
    hands.ok(CADRE, f"/cases/{number}/acknowledgement")
    hands.ok(CADRE, f"/cases/{number}/actions", {"action": "repair", "note": "INTERNAL"})
    hands.ok(CADRE, f"/cases/{number}/resolution", {"result": "solved", "answer": "水表已换"})


def test_a_repeated_registration_gives_the_same_number_and_secret(hands, by_receipt):
    key = {"Idempotency_Key": "receipt-repeat"}
    first = hands.do(CALLER, "/cases", ASKED, **key)
    again = hands.ok(CALLER, "/cases", ASKED, **key)
    assert first.headers["cache-control"] == "no-store"
    assert again["repeated"]
    assert (again["number"], again["secret"]) == (first.json()["number"], first.json()["secret"])
    assert by_receipt(again["number"], again["secret"]).json()["status"] == "registered"


def test_a_receipt_secret_is_neither_stored_in_the_clear_nor_logged(hands, runtime, lines, by_receipt):
    number, secret = registered(hands)
    by_receipt(number, secret)
    stream = runtime.store.find(LOG, "number", number)
    plain = secret.replace("-", "").encode()
    with runtime.engine.connect() as db:
        kept = db.execute(select(receipt).where(receipt.c.stream == stream)).all()
        answers = db.scalars(select(commands.c.answer)).all()
    assert len(kept) == 1
    held = b"".join(
        (
            lines.getvalue(),
            "".join(answers).encode(),
            *(bytes(row.digest) for row in kept),
            *runtime.store.raw(LOG, since=0, until=runtime.store.head(LOG).size, limit=10_000),
        )
    )
    assert plain not in held
    assert secret.encode() not in held


def test_a_receipt_is_accepted_in_every_way_of_typing_it(hands, by_receipt):
    number, secret = registered(hands)
    year, count = number.split("-")[1:]
    loosely = secret.lower().replace("-", " \u3000")
    wide = "".join(chr(ord(one) + 0xFEE0) for one in secret.replace("-", ""))
    for typed in ((number, loosely), (f" {number} ", wide), (f"{year}-{int(count)}", secret), (number, f"{secret} ")):
        assert by_receipt(*typed).json()["number"] == number


def test_a_receipt_shows_reviewed_answers_and_nothing_internal(runtime, hands, by_receipt):
    number, secret = registered(hands)
    resolved(hands, number)
    shown = by_receipt(number, secret)
    assert "水表已换" not in shown.text, "not reviewed yet"
    hands.ok(REVIEWER, f"/cases/{number}/resolution/approval", If_Match="*")
    shown = by_receipt(number, secret)
    assert shown.headers["cache-control"] == "no-store"
    assert [one["answer"] for one in shown.json()["happened"] if one["answer"]] == ["水表已换"]
    with runtime.engine.connect() as db:  # a resident's own reading is in the access ledger as well
        row = db.execute(select(access_ledger).where(access_ledger.c.what == "receipt")).one()
    assert (row.role, row.source, row.request) == ("resident", "api", shown.headers["x-request-id"])
    assert shown.json()["status"] == "callback"
    for hidden in ("cadre/", "MARKER", "INTERNAL", "resident/"):
        assert hidden not in shown.text


def test_the_receipt_of_a_secret_case_shows_only_its_status(hands, by_receipt):
    number, secret = registered(hands, confidentiality="secret")
    shown = by_receipt(number, secret).json()
    assert (shown["status"], shown["happened"], shown["unit"], shown["category"]) == ("registered", [], "", "")


def test_a_resident_confirms_and_reopens_a_case_by_receipt(hands, by_receipt):
    number, secret = registered(hands)
    resolved(hands, number)
    hands.ok(REVIEWER, f"/cases/{number}/resolution/approval", If_Match="*")
    said = by_receipt(number, secret, "result", solved="yes", satisfaction=5, note="好")
    assert said.status_code == 200, said.text
    hands.ok(DISPATCHER, f"/cases/{number}/closing", If_Match="*")
    closed = by_receipt(number, secret).json()
    assert (closed["status"], closed["outcome"]) == ("closed", "solved")
    assert "reopening" in closed["may"]
    assert closed["reopen_until"]
    again = by_receipt(number, secret, "reopening", explanation="又漏了", command="again-1").json()
    assert again["status"] == "accepted"
    assert (
        by_receipt(number, secret, "reopening", explanation="又漏了", command="again-1").json()["status"] == "accepted"
    )
    opened = hands.client.get(f"{API}/cases/{number}", headers=hands.headers(CLERK)).json()
    reopened = [step for step in opened["timeline"] if step["type"] == "case-reopened.v1"]
    assert len(reopened) == 1
    assert (reopened[0]["role"], reopened[0]["actor"][:9]) == ("resident", "resident/")


def test_a_data_request_waits_on_the_privacy_officers_desk(hands, by_receipt, runtime):
    number, secret = registered(hands)
    assert by_receipt(number, secret, "information", details="MARKER more").status_code == 200
    asked = by_receipt(number, secret, "data-requests", what="erasure").json()
    assert asked["data_requests"] == ["erasure"]
    desk = hands.client.get(f"{API}/desk", headers=hands.headers(("cadre/wren", "privacy_officer"))).json()
    (pile,) = desk["piles"]
    assert (pile["name"], [row["number"] for row in pile["rows"]]) == ("data_requests", [number])
    hands.ok(
        ("cadre/wren", "privacy_officer"),
        f"/cases/{number}/data-requests/answer",
        {"what": "erasure", "result": "done"},
    )
    assert by_receipt(number, secret).json()["data_requests"] == []
    raw = b"".join(runtime.store.raw(LOG, since=0, until=runtime.store.head(LOG).size, limit=10_000))
    assert b"MARKER" not in raw


def test_the_receipt_of_a_withdrawn_case_still_takes_information(hands, by_receipt):
    number, secret = registered(hands)
    gone = by_receipt(number, secret, "withdrawal", reason="settled").json()
    assert gone["status"] == "withdrawn"
    assert set(gone["may"]) == {"information", "data-requests", "messages"}
    refused = by_receipt(number, secret, "withdrawal")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-in-this-state")
    assert by_receipt(number, secret, "messages", wanted=False).json()["messages"] is False


def test_an_anonymous_request_can_be_withdrawn_by_its_receipt(hands, by_receipt):
    number, secret = registered(hands, person=None)
    assert by_receipt(number, secret, "information", details="还有一处").status_code == 200
    assert by_receipt(number, secret, "withdrawal").json()["status"] == "withdrawn"


def test_a_new_receipt_replaces_the_lost_one(hands, by_receipt):
    key = {"Idempotency_Key": "first-of-two"}
    answer = hands.ok(CALLER, "/cases", ASKED, **key)
    number, lost = answer["number"], answer["secret"]
    issued = hands.ok(CLERK, f"/cases/{number}/receipt", {"reason": "lost"})
    assert by_receipt(number, lost).json()["code"] == "no-such-receipt"
    assert by_receipt(number, issued["secret"]).status_code == 200
    assert "secret" not in hands.ok(CALLER, "/cases", ASKED, **key), "a repeat tells no secret that is good no more"


def test_a_case_of_kind_matter_has_no_receipt(hands):
    assert "secret" not in hands.ok(CALLER, "/cases", {"area": "menglang-1", "category": "water", "kind": "matter"})


def test_a_registration_in_a_batch_returns_its_receipt(hands, by_receipt):
    one = {"do": "register-case", "command": "batched-1", **ASKED}
    for word in ("accepted", "repeated"):
        (outcome,) = hands.ok(CALLER, "/commands", {"commands": [one]})["outcomes"]
        assert outcome["outcome"] == word
        assert by_receipt(outcome["answer"]["number"], outcome["answer"]["secret"]).status_code == 200


def test_an_unknown_number_and_a_wrong_secret_are_answered_alike(hands, by_receipt):
    number, _ = registered(hands)
    wrong, unknown = by_receipt(number, WRONG), by_receipt(f"{LOG}-2026-999999", WRONG)
    told = [{name: value for name, value in one.json().items() if name != "request"} for one in (wrong, unknown)]
    assert wrong.status_code == unknown.status_code == 404
    assert told[0] == told[1]
    assert set(wrong.headers) == set(unknown.headers)


#: the time of a stopped clock
STILL = 1e9


@pytest.mark.parametrize("known", [True, False])
def test_wrong_receipts_make_the_next_attempt_wait(hands, by_receipt, client, monkeypatch, known):
    # the clock is stopped, so that a busy machine cannot end the wait
    monkeypatch.setattr(client.app.state.server.attempts, "_clock", lambda: STILL)
    number, secret = registered(hands)
    tried = number if known else f"{LOG}-2026-888888"
    assert {by_receipt(tried, WRONG).status_code for _ in range(5)} == {404}
    slow = by_receipt(tried, WRONG)
    assert (slow.status_code, slow.json()["code"]) == (429, "too-many-attempts")
    assert int(slow.headers["retry-after"]) >= 1
    assert by_receipt(number, secret).status_code == (429 if known else 200)


def test_concurrent_wrong_receipts_are_slowed_down_too(hands, by_receipt):
    number, _ = registered(hands)
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: by_receipt(number, WRONG).status_code, range(16)))
    assert statuses.count(404) <= 5


def test_a_receipt_with_a_changed_hash_is_refused(hands, by_receipt, runtime):
    number, secret = registered(hands)
    stream = runtime.store.find(LOG, "number", number)
    with runtime.engine.begin() as db:
        db.execute(update(receipt).where(receipt.c.stream == stream).values(digest=b"\x00" * 32))
    assert by_receipt(number, secret).status_code == 404
