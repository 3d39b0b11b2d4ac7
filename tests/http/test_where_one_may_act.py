"""Tests that a token acts in its area and on its unit's cases only."""

import pytest

from casework.application.commands.handle import Request, handle
from tests.http.acting import API, CADRE, CALLER, DISPATCHER, SUPERVISOR
from tests.stories.terminal import LOG


@pytest.fixture(scope="module")
def of_the_township(bearer):
    """The supervisor of the county, with a token for one township of it."""
    return bearer(*SUPERVISOR, area="menglang")


@pytest.fixture
def elsewhere(hands):
    """A case in the county that lies in no township."""
    return hands.ok(CALLER, "/cases", {"area": "530828", "category": "water"})["number"]


def outside(answer):
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-your-area"), answer.text


def test_a_township_token_acts_only_on_cases_of_its_township(client, hands, runtime, of_the_township, elsewhere):
    here = hands.dispatched()
    before = runtime.store.head(LOG).size
    body = {"action": "visit"}

    outside(client.post(f"{API}/cases/{elsewhere}/actions", json=body, headers=of_the_township))
    assert runtime.store.head(LOG).size == before
    assert client.post(f"{API}/cases/{here}/actions", json=body, headers=of_the_township).status_code == 200
    assert hands.do(SUPERVISOR, f"/cases/{elsewhere}/actions", body).status_code == 200


def test_a_township_token_begins_no_case_and_no_activity_elsewhere(client, hands, of_the_township):
    for path, body in (
        ("/cases", {"area": "530828"}),
        ("/activities", {"what": "patrol", "area": "530828"}),
    ):
        outside(client.post(f"{API}{path}", json=body, headers=of_the_township))
        answer = client.post(f"{API}{path}", json=body | {"area": "menglang-1"}, headers=of_the_township)
        assert answer.json().get("code") != "outside-your-area"


def test_the_handling_unit_may_act_on_its_case_in_any_area(client, hands, runtime, elsewhere):
    outside(hands.do(DISPATCHER, f"/cases/{elsewhere}/acceptance"))
    assert hands.do(CADRE, f"/cases/{elsewhere}/actions", {"action": "visit"}).status_code == 403

    stream = runtime.store.find(LOG, "number", elsewhere)
    for name, more in (("accept-case", {}), ("dispatch-case", {"unit": "water-station", "lead": "cadre/crane"})):
        # the township's dispatcher may not over HTTP; the terminal has no such limit
        actor, role = DISPATCHER
        members = {"case": stream, **more}
        handle(runtime, Request(log=LOG, command=name, members=members, actor=actor, role=role, source="cli"))
    assert hands.do(CADRE, f"/cases/{elsewhere}/actions", {"action": "visit"}).status_code == 200


def test_a_township_token_is_refused_elsewhere_in_a_batch_too(client, of_the_township, elsewhere):
    batch = [{"do": "log-action", "command": "batch-elsewhere", "case": elsewhere, "action": "visit"}]
    answer = client.post(f"{API}/commands", json={"commands": batch}, headers=of_the_township)

    assert [one["problem"]["code"] for one in answer.json()["outcomes"]] == ["outside-your-area"]


def kept_for(client, days, who):
    rules = {"rules": [{"days": days}], "document": "试行 1 号"}
    return client.post(f"{API}/privacy/retention", json=rules, headers=who)


@pytest.mark.parametrize("named", [{"area": "530828"}, {}])
def test_a_token_for_the_countys_code_reaches_the_whole_county(client, bearer, named):
    """The area may be named, or is the default of the county's office."""
    officer = bearer("cadre/wren", "privacy_officer", **named)
    answer = kept_for(client, 3650 + len(named), officer)
    assert answer.status_code == 200, answer.text


def test_a_township_token_may_not_set_the_countys_retention(client, bearer):
    outside(kept_for(client, 100, bearer("cadre/wren", "privacy_officer", area="menglang")))
