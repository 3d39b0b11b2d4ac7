"""Tests that registering warns of likely duplicates and stores the case."""

import uuid

import pytest

from casework.http.api import command_intake as take
from tests.http.acting import API, CADRE, CALLER
from tests.stories.terminal import LOG, Terminal

_phones = (f"139{number:08}" for number in range(1, 100))


@pytest.fixture
def phone():
    """A phone number that no case has yet."""
    return next(_phones)


def asked(phone, **more):
    return {"area": "menglang-1", "category": "water", "summary": f"停水 {phone}", "person": {"phone": phone}} | more


def told(answer):
    """Number → reasons, of the likely duplicates."""
    assert answer.status_code == 201, answer.text
    return {hint["case"]["number"]: hint["why"] for hint in answer.json()["duplicates"]["likely"]}


def test_a_duplicate_is_hinted_by_person_words_and_place(hands, phone):
    first = hands.do(CALLER, "/cases", asked(phone, area="menglang"))
    assert told(first) == {}

    other_words = hands.do(CALLER, "/cases", asked(phone, summary="水又停了"))
    again = hands.do(CALLER, "/cases", asked(phone))
    a, b = first.json()["number"], other_words.json()["number"]

    assert told(other_words)[a] == ["person"]
    assert told(again)[a] == ["person", "words"]
    assert told(again)[b] == ["person", "place"]
    shown = again.json()["duplicates"]["likely"][0]["case"]
    assert {shown["summary"], shown["status"]} <= {f"停水 {phone}", "水又停了", "registered"}
    assert again.json()["number"] not in told(again)


def test_a_repeated_registration_gets_its_first_duplicate_hints(hands, phone):
    hands.registered(**asked(phone))
    key = str(uuid.uuid4())
    first = hands.do(CALLER, "/cases", asked(phone), Idempotency_Key=key)
    later = hands.registered(**asked(phone))  # the same person calls again between the two
    second = hands.do(CALLER, "/cases", asked(phone), Idempotency_Key=key)

    assert len(told(first)) >= 1
    assert later not in told(second)
    assert second.json() == first.json() | {"repeated": True}


def test_at_most_five_duplicates_are_hinted(hands, phone):
    for _ in range(6):
        hands.registered(**asked(phone))
    assert len(told(hands.do(CALLER, "/cases", asked(phone)))) == 5


@pytest.mark.parametrize("wish", ["return=minimal", "respond-async, Return=Minimal"])
def test_prefer_return_minimal_leaves_out_duplicate_hints(hands, phone, wish):
    hands.registered(**asked(phone))
    answer = hands.do(CALLER, "/cases", asked(phone), Prefer=wish)
    assert answer.status_code == 201
    assert "duplicates" not in answer.json()


def test_a_case_handled_on_the_spot_gets_no_duplicate_hints(hands):
    body = {"area": "menglang-1", "category": "water", "action": "visit", "result": "solved"}
    answer = hands.do(CADRE, "/cases/handled", body)
    assert answer.status_code == 201
    assert "duplicates" not in answer.json()


def test_a_failed_search_for_duplicates_does_not_stop_registering(hands, runtime, lines, phone, monkeypatch):
    def broken(*_):
        raise OSError("the disk is away")

    monkeypatch.setattr(take, "warned", broken)
    before = runtime.store.head(LOG).size
    answer = hands.do(CALLER, "/cases", asked(phone))
    (outcome,) = hands.ok(
        CALLER, "/commands", {"commands": [{"do": "register-case", "command": str(uuid.uuid4()), **asked(phone)}]}
    )["outcomes"]

    assert answer.status_code == 201
    assert outcome["outcome"] == "accepted"
    assert answer.json()["duplicates"] == outcome["duplicates"] == {"likely": [], "elsewhere": 0, "looked": False}
    assert runtime.store.head(LOG).size == before + 2
    assert lines.getvalue().count(b'"kind":"OSError"') == 2
    assert b"the disk is away" not in lines.getvalue()


def test_registering_under_load_skips_the_search_for_duplicates(hands, phone, monkeypatch):
    monkeypatch.setattr(take, "_LOOKS", 0)
    assert not hands.do(CALLER, "/cases", asked(phone)).json()["duplicates"]["looked"]


def test_a_registration_in_a_batch_is_warned_of_earlier_ones(hands, phone):
    batch = [
        {"do": "register-case", "command": str(uuid.uuid4()), **asked(phone)},
        {"do": "register-case", "command": str(uuid.uuid4()), **asked(phone)},
        {"do": "register-case", "command": str(uuid.uuid4()), **asked(phone, area="nowhere")},
        {"do": "record-activity", "command": str(uuid.uuid4()), "what": "patrol", "area": "menglang-1"},
    ]
    one, two, refused, activity = hands.ok(CALLER, "/commands", {"commands": batch})["outcomes"]
    again = hands.ok(CALLER, "/commands", {"commands": batch})["outcomes"]

    same = {hint["case"]["number"]: hint["why"] for hint in two["duplicates"]["likely"]}
    assert same[one["answer"]["number"]] == ["person", "words", "place"]
    assert two["answer"]["number"] not in {hint["case"]["number"] for hint in one["duplicates"]["likely"]}
    assert refused["outcome"] == "refused"
    assert "duplicates" not in refused | activity
    assert [found.get("duplicates") for found in again] == [one["duplicates"], two["duplicates"], None, None]

    brief = hands.client.post(
        f"{API}/commands", json={"commands": batch}, headers=hands.headers(CALLER) | {"Prefer": "return=minimal"}
    ).json()["outcomes"]
    assert not any("duplicates" in found for found in brief)


def test_the_terminal_shows_likely_duplicates(settings, hands, phone):
    number = hands.registered(**asked(phone))
    terminal = Terminal(settings.folder, settings.url, extra={"CASEWORK_LOG": LOG})
    words = ("do", "register-case", "--as", "cadre/finch", "--role", "caller", "area=menglang", f"person.phone={phone}")

    said = terminal.run(*words)
    assert f"may be the same: {number} (same person, registered) 停水 {phone}" in said.stderr
    assert "merge-case" in said.stderr
    hints = terminal.json(*words)["duplicates"]
    assert number in {hint["case"]["number"] for hint in hints["likely"]}
