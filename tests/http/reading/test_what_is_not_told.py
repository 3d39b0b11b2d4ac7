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
    """Numbers of what one person confided in the other township, and of what they asked there openly."""
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


def test_a_telephone_number_does_not_tell_who_confides(county, confided, resident):
    body = {"area": "pine-2", "category": "road", **WHISTLE}
    path = "cases/likely-duplicates"

    assert county.post("dispatcher", path, body).json()["elsewhere"] == 1  # the open one, not the secret
    assert county.post("reporter", path, body).json() == {"likely": [], "elsewhere": 0, "looked": True}
    assert resident(path, body).json() == {"likely": [], "elsewhere": 0, "looked": True}
    assert county.post("county supervisor", path, body).json()["elsewhere"] == 0
    assert len(county.post("county supervisor", path, body).json()["likely"]) == 2


def test_who_reads_nothing_sealed_does_not_find_out_whose_case_it_is(county, confided):
    for wanted in ({"person": PHONE}, {"summary": "sums open"}):
        assert len(county.post("auditor", "cases/search", wanted).json()["rows"]) >= 1
        refused = county.post("administrator", "cases/search", wanted)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-your-role")
    hints = county.post("administrator", "cases/likely-duplicates", {"summary": "sums open", **WHISTLE}).json()
    assert hints == {"likely": [], "elsewhere": 0, "looked": True}


def outside(answer):
    assert (answer.status_code, answer.json()["code"]) == (403, "outside-your-area"), answer.text


def test_how_another_case_stands_is_not_told_by_naming_it(county, confided, resident):
    hidden = confided["secret"]
    mine = county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="road").number
    before = county.get("auditor", f"cases/{hidden}").json()["rev"]

    outside(resident("cases", {"area": "pine-1", "follows": hidden}))
    outside(county.post("dispatcher", f"cases/{mine}/merge", {"into": hidden}))
    assert county.get("auditor", f"cases/{hidden}").json()["rev"] == before
    seen = county.do("register-case", "cadre/cuckoo", "caller", area="pine-2", category="road").number
    assert county.post("dispatcher", f"cases/{mine}/merge", {"into": seen}).status_code == 200


def test_at_which_revision_it_is_is_told_to_whoever_may_act_on_it(county, confided):
    headers = county.headers("cadre") | {"If-Match": '"77"'}

    def act(number):
        path = f"/api/{LOG}/cases/{number}/actions"
        return county.client.post(path, headers=headers, json={"action": "visit"})

    outside(act(confided["secret"]))
    assert act(county.number("pine, led by newt")).status_code == 412


def test_a_reassignment_tells_nothing_of_cases_out_of_sight(county):
    hidden = county.do("register-case", "cadre/cuckoo", "caller", area="reed-1", category="road").stream
    county.do("accept-case", "cadre/heron", "dispatcher", case=hidden)
    county.do("dispatch-case", "cadre/heron", "dispatcher", case=hidden, unit="reed-water", lead="cadre/frog")

    def told(stream):
        body = {"from": "cadre/frog", "to": "cadre/newt", "reason": "moved", "cases": [stream]}
        found = county.post("unit_lead", "reassignments", {"command": f"probe-{stream[-12:]}", **body}).json()
        return {name: value for name, value in found["cases"][0].items() if name != "case"}

    assert told(hidden)["code"] == "another-lead"
    assert told(hidden) == told("case/00000000-0000-0000-0000-000000000000")


def test_what_became_confidential_is_not_shown_as_it_was(county):
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


def test_numbers_nearly_the_same_are_those_that_one_sees(county, confided):
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


def test_who_may_not_see_it_is_told_so_by_the_name_of_the_role(county, confided):
    refused = county.get("dispatcher", f"cases/{confided['secret']}", **{"Accept-Language": "zh-CN"})

    assert "以派单员身份" in refused.json()["detail"]
    assert "dispatcher" not in refused.json()["detail"]


def test_a_village_is_told_where_its_counts_are(county):
    refused = county.get("village cadre", "projections/requests_by_category")
    counted = county.get("village cadre", "cases/count?by=status").json()["rows"]
    listed = county.get("village cadre", "cases?total=true").json()["total"]

    assert "cases/count" in refused.json()["detail"]
    assert sum(row["cases"] for row in counted) == listed > 0


def test_registering_tells_no_more_than_asking_before(county, confided, resident):
    body = {"area": "pine-2", "category": "road", **WHISTLE}

    assert resident("cases", body).json()["duplicates"] == {"likely": [], "elsewhere": 0, "looked": True}
    brought = county.post("reporter", "cases", {**body, "area": "pine-1", "reporter": "courier"})
    assert brought.status_code == 201, brought.text
    assert brought.json()["duplicates"] == {"likely": [], "elsewhere": 0, "looked": True}
    before = county.post("dispatcher", "cases/likely-duplicates", body).json()
    assert county.post("dispatcher", "cases", body).json()["duplicates"]["elsewhere"] == before["elsewhere"]
