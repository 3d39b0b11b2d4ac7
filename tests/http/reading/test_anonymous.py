"""Tests that an anonymous request stores and shows nothing of its resident."""

import json

import pytest
from sqlalchemy import func, select

from casework.application.outbox import outbox
from casework.application.outbox.table import outbox as messages
from casework.log.schema import entry
from casework.seal.tables import keyed_token, subject_key
from tests.application import scopes
from tests.http.county import County
from tests.stories.terminal import LOG

PHONE = "13955551111"
SAID = {"area": "pine-1", "category": "road", "summary": "路灯不亮"}
NAMED = {**SAID, "person": {"full_name": "某", "phone": PHONE}}


@pytest.fixture(scope="module")
def asked(county: County):
    """Two requests with the same text and place, one by a named person and one anonymous, and their receipts."""
    outbox.make(county.runtime, LOG)  # entries before the first run cause no message
    return {name: county.post("caller", "cases", body).json() for name, body in (("named", NAMED), ("nobody", SAID))}


def of(table, asked, name):
    return (table.c.log == LOG) & (table.c.stream == asked[name]["stream"])


def closed(county, stream, body):
    path = f"/api/{LOG}/cases/{stream.removeprefix('case/')}/closing"
    return county.client.post(path, headers=county.headers("dispatcher") | {"If-Match": "*"}, json=body)


def _read(county, query):
    with county.runtime.engine.connect() as db:
        return list(db.scalars(query))


def test_an_anonymous_request_stores_no_person_and_no_search_token(county, asked):
    def kept(name):
        (stored,) = _read(county, select(entry.c.bytes).where(of(entry, asked, name)))
        first = json.loads(stored)
        tokens = set(_read(county, select(keyed_token.c.kind).where(of(keyed_token, asked, name))))
        kids = [part["kid"] for part in first["sealed"]]
        (concerned,) = _read(county, select(func.count()).select_from(subject_key).where(subject_key.c.kid.in_(kids)))
        return {part["member"] for part in first["sealed"]}, "resident" in first["data"], tokens, concerned > 0

    assert kept("nobody") == ({"summary"}, False, {"text"}, False)
    members, resident, tokens, concerned = kept("named")
    assert (members, resident, concerned) == ({"summary", "person"}, True, True)
    assert tokens > {"text"}


@pytest.mark.parametrize("who", scopes.ROLES)
def test_an_anonymous_case_shows_no_person_to_any_role(county, asked, who):
    number, same = asked["nobody"]["number"], asked["named"]["number"]
    opened, by_name = county.get(who, f"cases/{number}"), county.get(who, f"cases/{same}")

    # visibility does not depend on whether the request was anonymous
    assert opened.status_code == by_name.status_code
    for path in (f"cases/{number}", f"cases/{number}/timeline"):
        answer = county.get(who, path)
        assert answer.status_code in (200, 403)
        assert "resident/" not in answer.text
        assert '"person"' not in answer.text
    assert (opened.status_code == 200) is (who != "reporter")
    assert ("resident/" in by_name.text) is (who != "reporter")


@pytest.mark.parametrize("who", [who for who in scopes.ROLES if who not in {"administrator", "reporter"}])
def test_searches_and_hints_tie_an_anonymous_case_to_no_person(county, asked, who):
    nobody, named = asked["nobody"]["stream"], asked["named"]["stream"]
    found = county.post(who, "cases/search", {"person": PHONE}).json()["rows"]
    hints = county.post(who, "cases/likely-duplicates", NAMED).json()
    why = {one["case"]["stream"]: set(one["why"]) for one in hints["likely"]}

    assert {row["stream"] for row in found} == {named}
    assert why[named] == {"person", "words", "place"}
    assert why[nobody] == {"words", "place"}
    assert hints["elsewhere"] == 0


def test_an_anonymous_case_elsewhere_is_not_counted_as_a_duplicate(county, asked):
    assert county.post("caller", "cases", {**SAID, "area": "reed-1"}).status_code == 201
    told = county.post("dispatcher", "cases/likely-duplicates", {**NAMED, "area": "pine-2"}).json()

    assert told["elsewhere"] == 0
    assert {one["case"]["township"] for one in told["likely"]} == {"pine"}


def test_a_privacy_search_finds_a_person_only_in_cases_that_name_them(county, asked):
    found = county.post("privacy_officer", "privacy/find", {"person": PHONE}).json()["cases"]

    assert [one["number"] for one in found] == [asked["named"]["number"]]


def test_an_anonymous_request_causes_no_message(county, asked):
    outbox.make(county.runtime, LOG)

    assert _read(county, select(messages.c.kind).where(of(messages, asked, "named"))) == ["received"]
    assert _read(county, select(messages.c.kind).where(of(messages, asked, "nobody"))) == []


def test_the_receipt_of_an_anonymous_case_shows_rates_and_reopens_it(county, asked):
    county.client.app.state.server.attempts.__init__()
    number, stream, secret = (asked["nobody"][name] for name in ("number", "stream", "secret"))

    def by_receipt(act="", **members):
        path = f"/api/{LOG}/receipt" + (f"/{act}" if act else "")
        return county.client.post(path, json={"number": number, "secret": secret, **members})

    for command, who, role, members in (
        ("accept-case", "owl", "dispatcher", {}),
        ("dispatch-case", "owl", "dispatcher", {"unit": "pine-water", "lead": "cadre/newt"}),
        ("acknowledge-case", "newt", "cadre", {}),
        ("log-action", "newt", "cadre", {"action": "repair"}),
        ("submit-resolution", "newt", "cadre", {"result": "solved"}),
        ("approve-resolution", "stork", "reviewer", {}),
    ):
        county.do(command, f"cadre/{who}", role, case=stream, **members)
    refused = closed(county, stream, {})
    assert (refused.status_code, refused.json()["code"]) == (409, "nobody-to-call")

    assert by_receipt().json()["status"] == "callback"
    assert by_receipt("result", solved="no").status_code == 200
    assert by_receipt("reopening").json()["status"] == "accepted"
    opened = county.get("auditor", f"cases/{number}")
    assert opened.json()["facts"]["reopenings"] == 1
    # the actor's id is derived from the case id, and so reveals nothing more
    assert {f"resident/{stream.removeprefix('case/')}"} == {
        step["actor"] for step in opened.json()["timeline"] if step["role"] == "resident"
    }


def test_an_anonymous_case_is_closed_with_the_anonymous_waiver(county):
    stream = county.do("record-handled", "cadre/newt", "cadre", area="pine-1", category="water", action="repair",
                       result="solved", summary="井盖").stream  # fmt: skip
    county.do("approve-resolution", "cadre/stork", "reviewer", case=stream)

    assert closed(county, stream, {"waiver": "anonymous"}).status_code == 200
    assert county.get("auditor", f"cases/{stream.removeprefix('case/')}").json()["facts"]["outcome"] == "solved"
