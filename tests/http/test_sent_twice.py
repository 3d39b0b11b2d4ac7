"""Tests that a command sent again is stored once and answered alike."""

import uuid

from tests.http.acting import CADRE, CALLER, DISPATCHER
from tests.stories.terminal import LOG


def size(runtime):
    return runtime.store.head(LOG).size


def test_a_repeated_idempotency_key_gets_the_first_answer(hands, runtime):
    key = str(uuid.uuid4())
    body = {"area": "menglang-1", "summary": "停水", "person": {"full_name": "甲"}}
    first = hands.do(CALLER, "/cases", body, Idempotency_Key=key)
    before = size(runtime)
    again = hands.do(CALLER, "/cases", body, Idempotency_Key=key)
    in_body = hands.do(CALLER, "/cases", body | {"command": key})
    quoted = hands.do(CALLER, "/cases", body, Idempotency_Key=f'"{key}"')

    assert "repeated" not in first.json()
    for answer in (again, in_body, quoted):
        assert answer.json() == first.json() | {"repeated": True}
        assert (answer.status_code, answer.headers["location"]) == (201, first.headers["location"])
    assert size(runtime) == before


def test_an_idempotency_key_reused_with_other_content_is_refused(hands, runtime):
    key = str(uuid.uuid4())
    hands.do(CALLER, "/cases", {"area": "menglang-1"}, Idempotency_Key=key)
    before = size(runtime)
    other = hands.do(CALLER, "/cases", {"area": "menglang"}, Idempotency_Key=key)
    stranger = hands.do(DISPATCHER, "/cases", {"area": "menglang-1"}, Idempotency_Key=key)

    assert [(one.status_code, one.json()["code"]) for one in (other, stranger)] == [(409, "command-reused")] * 2
    assert size(runtime) == before


def test_two_command_ids_in_one_request_are_refused(hands):
    answer = hands.do(CALLER, "/cases", {"command": "one"}, Idempotency_Key="two")
    assert (answer.status_code, answer.json()["code"]) == (400, "command-id")


def test_a_body_that_names_another_case_than_the_path_is_refused(hands):
    one, other = hands.dispatched(), hands.dispatched()
    stream = hands.ok(CADRE, f"/cases/{one}/actions", {"action": "visit"})["stream"]

    assert hands.do(CADRE, f"/cases/{one}/actions", {"action": "visit", "case": stream}).status_code == 200
    assert hands.do(CADRE, f"/cases/{other}/actions", {"action": "visit", "case": stream}).status_code == 400
