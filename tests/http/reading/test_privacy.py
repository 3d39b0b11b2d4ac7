"""Tests personal data over HTTP: privacy officer only, every reading recorded."""

import pytest

from tests.application import scopes
from tests.http.county import County
from tests.stories.terminal import LOG

OFFICER = "privacy_officer"
NUMBER = "13900778899"


@pytest.fixture(scope="module")
def person(county: County) -> str:
    """The number of a case with a person whom no other case names."""
    given = {
        "area": "pine-1",
        "category": "water",
        "summary": "标记",
        "person": {"full_name": "某甲", "phone": NUMBER},
    }
    return county.do("register-case", "cadre/cuckoo", "caller", **given).number


def test_a_privacy_officer_finds_copies_holds_and_erases_a_person(county, person):
    found = county.post(OFFICER, "privacy/find", {"person": "+86 139 0077 8899"}).json()
    assert [(one["number"], one["name"]) for one in found["cases"]] == [(person, "某甲")]
    copy = county.post(OFFICER, "privacy/copies", {"person": NUMBER}).json()
    assert copy["cases"][0]["parts"][0]["value"] in ("标记", {"full_name": "某甲", "phone": NUMBER})
    page = county.post(OFFICER, "privacy/copies?format=html", {"person": NUMBER})
    assert page.headers["content-type"].startswith("text/html")
    assert "某甲" in page.text

    body = {"cases": [person], "basis": "audit", "until": "2999-12-31", "command": "hold-1"}
    hold = county.post(OFFICER, "privacy/holds", body).json()["hold"]
    assert county.post(OFFICER, "privacy/holds", body).json()["hold"] == hold
    assert [one["numbers"] for one in county.get(OFFICER, "privacy/holds").json()] == [[person]]
    erasure = {"person": NUMBER, "basis": "resident_asked", "command": "forget-1"}
    refused = county.post(OFFICER, "privacy/erasures", erasure)
    assert (refused.status_code, refused.json()["code"]) == (409, "on-legal-hold")
    assert "2999-12-31" in refused.json()["detail"]
    assert county.post(OFFICER, f"privacy/{hold.replace('hold/', 'holds/')}/release", {"reason": "settled"}).is_success
    done = county.post(OFFICER, "privacy/erasures", {**erasure, "command": "forget-2"})
    assert (done.status_code, done.json()["cases"]) == (200, [person])
    gone = county.post(OFFICER, "privacy/find", {"person": NUMBER})
    assert (gone.status_code, gone.json()["code"]) == (404, "nothing-held")
    size = county.runtime.store.head(LOG).size
    erasure["command"] = "forget-2"
    again = county.post(OFFICER, "privacy/erasures", erasure).json()
    assert again["answer"] == done.json()["answer"] | {"repeated": True}
    assert (again["keys"], again["kept"]) == (done.json()["keys"], 0)
    assert county.runtime.store.head(LOG).size == size
    rows = county.get(OFFICER, f"access?case={person}").json()["rows"]
    assert {one["what"] for one in rows} == {"find", "copy"}
    assert all(one["request"] and one["source"] == "api" for one in rows)


@pytest.mark.parametrize("who", sorted(set(scopes.ROLES) - {OFFICER}))
def test_privacy_routes_are_refused_to_every_other_role(county, who):
    asked = {"person": NUMBER}
    answers = [
        county.post(who, "privacy/find", asked),
        county.post(who, "privacy/copies", asked),
        county.post(who, "privacy/holds", {**asked, "basis": "court", "until": "2999-01-01", "command": "x"}),
        county.post(who, "privacy/erasures", {**asked, "basis": "unlawful", "command": "y"}),
        county.get(who, "privacy/holds"),
        county.get(who, "privacy/due"),
        *([] if who.endswith("auditor") else [county.get(who, "access")]),
    ]
    assert {one.status_code for one in answers} == {403}


def test_opening_a_case_records_its_reason_in_the_access_ledger(county):
    number = county.number(next(iter(county.cases)))
    assert county.get("auditor", f"cases/{number}", **{"Casework-Reason": "complaint_followup"}).is_success
    row = county.get("auditor", f"access?case={number}").json()["rows"][0]
    assert (row["what"], row["role"], row["reason"], row["source"]) == ("case", "auditor", "complaint_followup", "api")
    refused = county.get("auditor", f"cases/{number}", **{"Casework-Reason": "Zhang San asked"})
    assert (refused.status_code, refused.json()["code"]) == (400, "bad-header")


def test_a_searched_phone_number_is_not_in_the_servers_log(county, lines):
    county.post(OFFICER, "privacy/find", {"person": "13811223344"})
    assert b"13811223344" not in lines.getvalue()
    assert b"privacy/find" in lines.getvalue()
