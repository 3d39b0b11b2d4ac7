"""Tests audit findings over HTTP: who records, answers, closes and sees them."""

from typing import Any

import pytest

from casework.application.accounts import tokens
from casework.application.figures.upkeep import follow
from casework.clock import SystemClock, local_date
from tests.http.county import County
from tests.http.reading.test_pages import HTML, Checked
from tests.stories.terminal import LOG

WORDS = "MARKER 回访录音与办结不符"


def due() -> str:
    return local_date(SystemClock().now(), "Asia/Shanghai")


@pytest.fixture(scope="module")
def found(county: County) -> dict[str, str]:
    """Findings about a case in Pine, a figure of Pine's water station, one of Reed's, and the county as a whole."""
    size = county.runtime.store.head(LOG).size
    figure = {"projection": "requests_by_category", "where": {"township": "pine"}, "as_of": size, "kind": "recounted"}
    asked: dict[str, dict[str, Any]] = {
        "case": {"kind": "fake_closure", "case": county.number("pine, public"), "unit": "pine-water", "evidence": [3]},
        "figure": {**figure, "unit": "pine-water"},
        "reed": {"kind": "overdue", "unit": "reed-water"},
        "county": {"kind": "other"},
    }
    made: dict[str, str] = {}
    for name, members in asked.items():
        answer = county.post("auditor", "findings", {**members, "due_on": due(), "details": f"{WORDS} {name}"})
        assert answer.status_code == 201, answer.text
        made[name] = answer.headers["location"].rpartition("/")[2]
    return made


def read(county: County, who: str, path: str = "") -> Any:
    """The page that a role gets in a browser."""
    token = county.headers(who)["Authorization"].removeprefix("Bearer ")
    address = f"/{LOG}/{path}".rstrip("/")
    return county.client.get(address, headers={"Cookie": f"casework={token}", **HTML}, follow_redirects=False)


def addresses(county: County, who: str, path: str = "") -> list[str]:
    """The addresses to which a page links."""
    page = read(county, who, path)
    assert page.status_code == 200, page.text
    return Checked(page.text).addresses


def seen(county: County, who: str, query: str = "") -> set[str]:
    answer = county.get(who, f"findings{query}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["total"] == len(answer.json()["rows"])
    return {one["finding"].partition("/")[2] for one in answer.json()["rows"]}


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("auditor", {"case", "figure", "reed", "county"}),
        ("county supervisor", {"case", "figure", "reed", "county"}),
        ("supervisor", {"case", "figure"}),
        ("unit_lead", {"case", "figure"}),
    ],
)
def test_list_page_and_count_show_a_role_the_same_findings(
    county: County, found: dict[str, str], who: str, sees: set[str]
) -> None:
    assert seen(county, who) == {found[name] for name in sees}
    for name, id in found.items():
        status = 200 if name in sees else 403
        assert county.get(who, f"findings/{id}").status_code == status
        assert read(county, who, f"findings/{id}").status_code == status
    assert {one for one in addresses(county, who, "findings") if one.startswith(f"/{LOG}/findings/")} == {
        f"/{LOG}/findings/{found[name]}" for name in sees
    }
    assert follow(county.runtime, LOG) == {}
    rows = county.get(who, "projections/findings?by=finding_kind").json()["rows"]
    assert sum(row["recorded"] for row in rows) == len(sees)
    assert county.get(who, "projections/findings?by=finding_kind&finding_kind=recounted").json()["rows"]


def test_an_auditor_of_one_township_sees_and_records_only_there(county: County, found: dict[str, str]) -> None:
    token = tokens.create(county.runtime, LOG, "cadre/magpie", "auditor", made_by="test", area="pine").token
    headers = {"Authorization": f"Bearer {token}"}

    def record(**members: Any) -> tuple[int, str]:
        body = {"kind": "other", "due_on": due(), "details": WORDS, **members}
        answer = county.client.post(f"/api/{LOG}/findings", headers=headers, json=body)
        return answer.status_code, answer.json().get("code", "")

    listed = county.client.get(f"/api/{LOG}/findings", headers=headers).json()
    assert {one["finding"].partition("/")[2] for one in listed["rows"]} == {found["case"], found["figure"]}
    assert record(unit="reed-water") == record() == (403, "outside-your-area")
    assert record(case=county.number("reed, just registered")) == (403, "outside-your-area")
    closing = {"outcome": "unfounded", "explanation": "…"}
    for name, status in (("reed", 403), ("county", 403)):
        path = f"/api/{LOG}/findings/{found[name]}/closing"
        assert county.client.post(path, headers={**headers, "If-Match": "*"}, json=closing).status_code == status


@pytest.mark.parametrize("who", ["cadre", "dispatcher", "reviewer", "caller", "privacy_officer", "administrator"])
def test_findings_and_their_counts_are_refused_to_every_other_role(
    county: County, found: dict[str, str], who: str
) -> None:
    for path in ("findings", f"findings/{found['case']}", "projections/findings"):
        answer = county.get(who, path)
        assert (answer.status_code, answer.json()["code"]) == (403, "not-your-role"), (who, path)
    shelf = {reader: {one["name"] for one in county.get(reader, "projections").json()} for reader in (who, "auditor")}
    assert shelf["auditor"] - shelf[who] == {"findings"}
    assert county.get("privacy_officer", "projections/findings/recount").status_code == 403
    assert county.get("auditor", "projections/findings/recount").json()["equal"]


def test_a_finding_is_answered_by_its_unit_and_closed_by_an_auditor(county: County, found: dict[str, str]) -> None:
    path = f"findings/{found['case']}"
    assert county.post("auditor", f"{path}/answer", {"answer": "…"}).status_code == 403
    assert county.post("unit_lead", f"findings/{found['reed']}/answer", {"answer": "…"}).status_code == 403
    assert seen(county, "unit_lead", "?status=open") == {found["case"], found["figure"]}
    assert county.post("unit_lead", f"{path}/answer", {"answer": "MARKER 已重新回访"}).status_code == 200
    assert seen(county, "unit_lead", "?status=answered") == {found["case"]}
    closing = {"outcome": "remedied", "explanation": "MARKER 已复核"}
    assert county.post("auditor", f"{path}/closing", closing).status_code == 428
    revision = county.get("auditor", path).headers["etag"]
    sent = county.client.post(
        f"/api/{LOG}/{path}/closing", headers={**county.headers("auditor"), "If-Match": revision}, json=closing
    )
    assert sent.status_code == 200, sent.text
    shown = county.get("unit_lead", path).json()
    assert (shown["line"]["status"], shown["line"]["outcome"], shown["possible"]) == ("closed", "remedied", [])
    texts = [part["value"] for step in shown["steps"] for part in step["sealed"]]
    assert texts == [f"{WORDS} case", "MARKER 已重新回访", "MARKER 已复核"]
    assert all(part["state"] == "sealed" or part["value"] for step in shown["steps"] for part in step["sealed"])
    assert county.post("unit_lead", f"{path}/answer", {"answer": "…"}).json()["code"] == "finding-closed"


def test_a_case_links_its_finding_only_for_those_who_may_see_it(county: County, found: dict[str, str]) -> None:
    number = county.number("pine, public")
    timeline = county.get("auditor", f"cases/{number}").json()["timeline"]
    assert not any(step["type"].startswith("finding-") for step in timeline)
    address = f"/{LOG}/findings/{found['case']}"
    told = {who: address in addresses(county, who, f"cases/{number}") for who in ("auditor", "unit_lead", "supervisor")}
    assert told == dict.fromkeys(told, True)
    told = {who: address in addresses(county, who, f"cases/{number}") for who in ("dispatcher", "cadre")}
    assert told == dict.fromkeys(told, False)
    assert f"/{LOG}/cases/{number}" in addresses(county, "unit_lead", f"findings/{found['case']}")
    assert seen(county, "auditor", f"?case={number}") == {found["case"]}


def test_desks_count_the_findings_that_wait(county: County, found: dict[str, str]) -> None:
    def waits(who: str) -> dict[str, int]:
        return {pile["name"]: pile["total"] for pile in county.get(who, "desk").json()["findings"]}

    assert waits("unit_lead") == {"findings_open": 1}
    assert waits("auditor") == {"findings_answered": 0, "findings_overdue": 0}
    assert waits("cadre") == {}
    assert f"/{LOG}/findings/{found['figure']}" in addresses(county, "unit_lead")
    assert f"/{LOG}/findings" in addresses(county, "auditor")
    assert f"/{LOG}/findings" not in addresses(county, "cadre")


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"evidence": [10_000_000]}, 422, "no-such-entry"),
        ({"projection": "requests_by_categry", "as_of": 1}, 404, "unknown-projection"),
        ({"projection": "requests_by_category", "as_of": 10_000_000}, 422, "not-so-long"),
        ({"projection": "requests_by_category", "as_of": 1, "where": {"towship": "pine"}}, 422, "unknown-filter"),
        ({"projection": "requests_by_category", "as_of": 1, "where": {"township": "pin"}}, 422, "unknown-value"),
        ({"kind": "rudeness"}, 400, "malformed"),
        ({"details": ""}, 422, "words-missing"),
        ({"unit": "county-office"}, 403, "own-unit"),
        ({"case": "530828-2020-000001"}, 404, "unknown-case"),
        ({"due_on": "2020-01-01"}, 422, "due-out-of-range"),
    ],
)
def test_an_impossible_finding_is_refused_and_nothing_is_stored(
    county: County, found: dict[str, str], wrong: dict[str, Any], status: int, code: str
) -> None:
    before = county.runtime.store.head(LOG).size
    body = {"kind": "other", "due_on": due(), "details": WORDS, **wrong}
    answer = county.post("auditor", "findings", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert county.runtime.store.head(LOG).size == before
    assert len(found) == 4


def test_the_list_of_findings_is_read_completely_in_pages(county: County, found: dict[str, str]) -> None:
    read, after = [], ""
    while True:
        page = county.get("auditor", f"findings?limit=3&after={after}").json()
        read += [row["finding"].partition("/")[2] for row in page["rows"]]
        if not (after := page["next"]):
            break
    assert read == list(reversed(found.values()))
    assert county.get("auditor", "findings?status=opn").json()["code"] == "unknown-value"
    assert county.get("auditor", "findings?after=nonsense").status_code == 400
    assert county.get("auditor", "findings/no-such").json()["code"] == "no-such-finding"
