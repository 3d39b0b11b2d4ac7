"""Tests that hints, searches, refusals and look-backs reveal no hidden case."""

import pytest

from casework.application.accounts import tokens
from casework.application.figures.ask import list_cases
from casework.projection.question import Question
from tests.application.scopes import person
from tests.stories.terminal import LOG

PHONE = "13955557777"
WHISTLE = {"person": {"full_name": "某", "phone": PHONE}}


@pytest.fixture(scope="module")
def confided(county):
    """Numbers of a secret and of an open case of one person in the other township."""
    caller = ("cadre/cuckoo", "caller")
    level = {"secret": "secret", "open": "internal"}
    return {
        name: county.do(
            "register-case", *caller, area="reed-1", category="road", confidentiality=word, summary=f"sums {name}",
            **WHISTLE,
        ).number
        for name, word in level.items()
    }  # fmt: skip


@pytest.fixture(scope="module")
def resident(county):
    """Posts as a resident: resident("cases/…", body)."""
    token = tokens.create(county.runtime, LOG, "resident/00aa11bb22cc", "resident", made_by="test").token
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
    return lambda path, body: county.client.post(f"/api/{LOG}/{path}", headers=headers, json=body)


def test_duplicate_hints_reveal_no_confidential_case_of_a_phone_number(county, confided, resident):
    body = {"area": "pine-2", "category": "road", **WHISTLE}
    path = "cases/likely-duplicates"

    assert county.post("dispatcher", path, body).json()["elsewhere"] == 1  # the open one, not the secret
    assert county.post("reporter", path, body).json() == {"likely": [], "elsewhere": 0, "looked": True}
    assert resident(path, body).json() == {"likely": [], "elsewhere": 0, "looked": True}
    assert county.post("county supervisor", path, body).json()["elsewhere"] == 0
    assert len(county.post("county supervisor", path, body).json()["likely"]) == 2


def test_a_search_for_a_person_is_refused_to_an_administrator(county, confided):
    for wanted in ({"person": PHONE}, {"summary": "sums open"}):
        assert len(county.post("auditor", "cases/search", wanted).json()["rows"]) >= 1
        refused = county.post("administrator", "cases/search", wanted)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-your-role")
    hints = county.post("administrator", "cases/likely-duplicates", {"summary": "sums open", **WHISTLE}).json()
    assert hints == {"likely": [], "elsewhere": 0, "looked": True}


def outside(answer):
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-your-area"), answer.text


def test_naming_a_hidden_case_in_a_command_reveals_nothing(county, confided, resident):
    hidden = confided["secret"]
    mine = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="road").number
    before = county.get("auditor", f"cases/{hidden}").json()["rev"]

    outside(resident("cases", {"area": "pine-1", "follows": hidden}))
    outside(county.post("dispatcher", f"cases/{mine}/merge", {"into": hidden}))
    assert county.get("auditor", f"cases/{hidden}").json()["rev"] == before
    seen = county.do("register-case", "cadre/cuckoo", "caller", area="pine-2", category="road").number
    assert county.post("dispatcher", f"cases/{mine}/merge", {"into": seen}).status_code == 200


def test_the_revision_of_a_case_is_told_only_to_those_who_may_act_on_it(county, confided):
    headers = county.headers("cadre") | {"If-Match": '"77"'}

    def act(number):
        path = f"/api/{LOG}/cases/{number}/actions"
        return county.client.post(path, headers=headers, json={"action": "visit"})

    outside(act(confided["secret"]))
    assert act(county.number("pine, led by newt")).status_code == 412


def test_a_reassignment_answers_alike_for_hidden_and_absent_cases(county):
    hidden = county.do("register-case", "cadre/cuckoo", "caller", area="reed-1", category="road").stream
    county.do("accept-case", "cadre/heron", "dispatcher", case=hidden)
    county.do("dispatch-case", "cadre/heron", "dispatcher", case=hidden, unit="reed-water", lead="cadre/frog")

    def told(stream):
        body = {"from": "cadre/frog", "to": "cadre/newt", "reason": "moved", "cases": [stream]}
        found = county.post("unit_lead", "reassignments", {"command": f"probe-{stream[-12:]}", **body}).json()
        return {name: value for name, value in found["cases"][0].items() if name != "case"}

    assert told(hidden)["code"] == "another-lead"
    assert told(hidden) == told("case/00000000-0000-0000-0000-000000000000")


def test_a_past_list_hides_a_case_that_became_confidential_later(county):
    caller = ("cadre/cuckoo", "caller")
    number = county.do("register-case", *caller, area="pine-2", category="road").number
    size = county.runtime.store.head(LOG).size

    def shown(who):
        rows = list_cases(county.runtime, LOG, "cases", Question(as_of=str(size), limit=200), person(who)).rows
        return number in {row["number"] for row in rows}

    assert shown("cadre")
    raised = {"case": number, "level": "secret", "basis": "petition_secrecy"}
    county.do("change-confidentiality", "cadre/mole", "privacy_officer", **raised)
    assert not shown("cadre")
    assert shown("supervisor")
    assert shown("auditor")


def test_nearest_case_numbers_include_only_visible_cases(county, confided):
    hidden, wrong = confided["secret"], confided["secret"] + "9"

    def offered(who):
        told = county.get(who, f"cases/{wrong}")
        assert told.status_code == 404
        return hidden in told.json().get("nearest", [])

    assert offered("county supervisor")
    assert not offered("dispatcher")
    assert not offered("reporter")
    acted = county.post("dispatcher", f"cases/{wrong}/actions", {"action": "visit"})
    assert (acted.status_code, hidden in acted.json().get("nearest", [])) == (404, False)
    named = county.post("dispatcher", "cases", {"area": "pine-1", "follows": wrong})
    assert (named.status_code, "nearest" in named.json()) == (404, False)


def test_a_refusal_to_see_a_case_names_the_role_in_chinese(county, confided):
    refused = county.get("dispatcher", f"cases/{confided['secret']}", **{"Accept-Language": "zh-CN"})

    assert "以派单员身份" in refused.json()["detail"]
    assert "dispatcher" not in refused.json()["detail"]


def test_a_count_refused_to_a_village_cadre_points_to_case_counts(county):
    refused = county.get("village cadre", "projections/requests_by_category")
    counted = county.get("village cadre", "cases/count?by=status").json()["rows"]
    listed = county.get("village cadre", "cases?total=true").json()["total"]

    assert "cases/count" in refused.json()["detail"]
    assert sum(row["cases"] for row in counted) == listed > 0


def test_registering_shows_no_more_duplicates_than_asking_before(county, confided, resident):
    body = {"area": "pine-2", "category": "road", **WHISTLE}

    assert resident("cases", body).json()["duplicates"] == {"likely": [], "elsewhere": 0, "looked": True}
    brought = county.post("reporter", "cases", {**body, "area": "pine-1", "reporter": "courier"})
    assert brought.status_code == 201, brought.text
    assert brought.json()["duplicates"] == {"likely": [], "elsewhere": 0, "looked": True}
    before = county.post("dispatcher", "cases/likely-duplicates", body).json()
    assert county.post("dispatcher", "cases", body).json()["duplicates"]["elsewhere"] == before["elsewhere"]
