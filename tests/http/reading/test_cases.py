"""Tests desk, lists, search and cases over HTTP for every role."""

import csv
import io

import pytest

from tests.application.test_scope import SEEN
from tests.http.county import MARKER
from tests.stories.terminal import LOG

LISTERS = [who for who in SEEN if who != "reporter"]


def names(county, rows):
    of = {stream: name for name, stream in county.cases.items()}
    return {of[row["stream"]] for row in rows}


@pytest.mark.parametrize("who", SEEN)
def test_each_role_opens_exactly_the_cases_it_may_see(county, who):
    listed, beyond = SEEN[who]
    opened = {
        name
        for name, stream in county.cases.items()
        if (found := county.get(who, f"cases/{stream.removeprefix('case/')}")).status_code == 200
        or found.json()["code"] != "outside-your-area"
    }

    assert opened == listed | beyond


@pytest.mark.parametrize("who", LISTERS)
def test_a_list_and_its_total_hold_exactly_the_visible_cases(county, who):
    found = county.get(who, "cases?limit=200&total=true").json()

    assert names(county, found["rows"]) == SEEN[who][0]
    assert found["total"] == len(SEEN[who][0])


@pytest.mark.parametrize("who", LISTERS)
@pytest.mark.parametrize("query", ["", "&queue=open", "&place=pine&status=in_progress"])
def test_counts_by_unit_add_up_to_the_list_of_each_role(county, who, query):
    counted = county.get(who, f"cases/count?by=unit{query}").json()

    assert counted["size"] == county.runtime.store.head(LOG).size
    for row in counted["rows"]:
        of_unit = county.get(who, f"cases?unit={row['unit']}{query}&total=true").json()
        assert row["cases"] == of_unit["total"] > 0
    assert sum(row["cases"] for row in counted["rows"]) == county.get(who, f"cases?total=true{query}").json()["total"]


def test_a_csv_list_has_labels_beside_codes_and_nothing_sealed(county):
    page = county.get("dispatcher", "cases?order=oldest").json()
    found = county.get("dispatcher", "cases?order=oldest&format=csv&limit=20000")
    told = list(csv.DictReader(io.StringIO(found.text.removeprefix("\ufeff"))))

    assert [row["number"] for row in told] == [row["number"] for row in page["rows"]]
    assert {row["township"]: row["township_label"] for row in told}["pine"] == county.runtime.county(LOG).roster.labels(
        "area"
    )["pine"]
    assert any(MARKER in row["summary"] for row in page["rows"])
    assert MARKER not in found.text
    assert found.headers["content-disposition"] == f'attachment; filename="cases-{LOG}-{page["size"]}.csv"'
    assert "casework-next" not in found.headers


def test_a_partial_csv_list_names_the_next_page_in_a_header(county):
    seen, after = [], ""
    while True:
        found = county.get("auditor", f"cases?format=csv&limit=3&after={after}")
        seen += [row["number"] for row in csv.DictReader(io.StringIO(found.text.removeprefix("\ufeff")))]
        if not (after := found.headers.get("casework-next", "")):
            break

    assert len(seen) == len(set(seen)) == county.get("auditor", "cases?total=true").json()["total"] > 3


@pytest.mark.parametrize("who", ["unit_lead", "cadre", "reporter", "village cadre"])
def test_a_list_with_mine_holds_only_ones_own_cases(county, who):
    own = {
        "unit_lead": {
            "pine, led by newt", "reed, led by pine's water", "reed, led by frog, newt helps",
            "pine, confidential, otter's",
        },
        "cadre": {"pine, led by newt", "reed, led by frog, newt helps"},
        "reporter": {"pine, brought by a reporter"},
        "village cadre": set(),
    }  # fmt: skip
    assert names(county, county.get(who, "cases?mine=true").json()["rows"]) == own[who]


def test_a_list_refused_to_a_reporter_points_to_mine(county):
    refused = county.get("reporter", "cases")

    assert (refused.status_code, refused.json()["code"]) == (403, "outside-your-area")
    assert "mine=true" in refused.json()["detail"]


PATHS = [
    "desk", "cases", "cases?format=csv", "cases/count?by=unit",
    "cases?mine=true", "cases/{case}", "cases/{case}/timeline", "projections/cases",
    "projections/requests_by_category", "projections/requests_by_category?format=csv", "entries",
]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("who", ["administrator", "reporter", "dispatcher"])
def test_no_answer_shows_sealed_text_to_a_role_that_may_not_read_it(county, who, path):
    hidden = county.number("reed, just registered")
    answered = county.get(who, path.format(case=hidden))

    if who == "dispatcher":  # reads sealed text of the own township only
        assert "MARKER reed" not in answered.text
        assert "MARKER county" not in answered.text
    elif who == "reporter":
        assert MARKER not in answered.text.replace("MARKER pine, brought by a reporter", "")
    else:
        assert MARKER not in answered.text


def test_a_list_shows_the_summary_to_a_dispatcher_who_may_read_it(county):
    rows = county.get("dispatcher", "cases?number=" + county.number("pine, led by newt")).json()["rows"]

    assert [row["summary"] for row in rows] == ["MARKER pine, led by newt"]


def test_paging_shows_every_row_once_while_rows_are_added(county):
    everything = {row["stream"] for row in county.get("auditor", "cases?limit=200").json()["rows"]}
    for order in ("newest", "oldest", "due"):
        seen, after = [], ""
        while True:
            page = county.get("auditor", f"cases?limit=3&order={order}&after={after}").json()
            seen += [row["stream"] for row in page["rows"]]
            county.do("register-case", "cadre/cuckoo", "caller", area="reed-1", category="road")
            after = page["next"]
            if not after or len(seen) > 100:
                break
        assert len(seen) == len(set(seen))
        assert everything <= set(seen)


@pytest.mark.parametrize("after", ["x", "bm9wZQ", "W10", "WyJhIiwiYiIsImMiXQ", "%F0%9F%8C%B8"])
def test_an_invalid_page_cursor_is_refused(county, after):
    refused = county.get("auditor", f"cases?after={after}")

    assert (refused.status_code, refused.json()["code"]) == (400, "no-such-page")


def test_a_page_cursor_of_another_list_is_refused(county):
    after = county.get("auditor", "cases?limit=1").json()["next"]

    assert county.get("auditor", f"cases?limit=1&after={after}").status_code == 200
    assert county.get("auditor", f"cases?limit=1&queue=open&after={after}").status_code == 400
    assert county.get("privacy_officer", f"cases?limit=1&after={after}").status_code == 400


@pytest.mark.parametrize(
    ("query", "code", "nearest"),
    [
        ("statu=open", "unknown-filter", "status"),
        ("status=regstered", "unknown-value", "registered"),
        ("unit=pine-watr", "unknown-value", "pine-water"),
        ("category=watr", "unknown-value", "water"),
        ("lead=cadre/net", "unknown-value", "cadre/newt"),
        ("township=芦花", "unknown-value", "reed"),
        ("place=pin-1", "unknown-area", "pine-1"),
        ("queue=to_acept", "unknown-queue", "to_accept"),
        ("round=one", "not-a-number", None),
        ("since=yesterday", "not-a-date", None),
        ("until=2026-02-30", "not-a-date", None),
    ],
)
def test_an_unknown_filter_or_value_is_refused_with_the_nearest(county, query, code, nearest):
    refused = county.get("auditor", f"cases?{query}")

    assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert nearest is None or nearest in refused.json()["nearest"]


def test_a_count_by_an_unknown_fact_is_refused_with_the_nearest(county):
    refused = county.get("auditor", "cases/count?by=townshp")

    assert (refused.status_code, refused.json()["code"]) == (422, "unknown-column")
    assert "township" in refused.json()["nearest"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("place=pine-1&category=water", {"pine, just registered", "pine, led by newt", "pine, confidential, otter's"}),
        ("unit=pine-water&unit=reed-water&place=reed", {"reed, led by pine's water", "reed, led by frog, newt helps"}),
        ("queue=to_sign&lead=cadre/newt", {"pine, led by newt"}),
        ("confidentiality=public", {"pine, public"}),
        ("until=2000-01-01", set()),
        ("queue=overdue", set()),
    ],
)
def test_a_filtered_list_holds_exactly_the_matching_cases(county, query, found):
    assert names(county, county.get("auditor", f"cases?{query}").json()["rows"]) == found


def test_the_desk_of_each_role_holds_its_waiting_cases(county):
    def piles(who):
        return {pile["name"]: pile for pile in county.get(who, "desk").json()["piles"]}

    assert names(county, piles("cadre")["to_sign"]["rows"]) == {"pine, led by newt", "reed, led by pine's water"}
    assert names(county, piles("cadre")["mine"]["rows"]) == {"pine, led by newt", "reed, led by frog, newt helps"}
    dispatcher = piles("dispatcher")
    assert names(county, dispatcher["to_accept"]["rows"]) == {
        "pine, just registered", "pine, second village", "pine, public", "pine, brought by a reporter",
    }  # fmt: skip
    assert dispatcher["to_accept"]["total"] == 4
    assert piles("auditor") == {}
    assert piles("reporter")["mine"]["total"] == 1


def test_a_person_is_found_by_a_phone_number_in_the_body_only(county, lines):
    phone = "13900001234"
    stream = county.do(
        "register-case", "cadre/cuckoo", "caller", area="pine-1", category="road",
        summary="A hole", person={"full_name": "nobody", "phone": phone},
    ).stream  # fmt: skip

    found = county.post("dispatcher", "cases/search", {"person": "+86 139-0000-1234", "total": True}).json()
    assert ([row["stream"] for row in found["rows"]], found["total"]) == ([stream], 1)
    assert county.post("dispatcher", "cases/search", {"summary": "a hole!"}).json()["rows"][0]["stream"] == stream
    assert county.post("village cadre", "cases/search", {"person": "139"}).json()["rows"] == []
    other = {who: county.post(who, "cases/search", {"person": phone}).json()["rows"] for who in ("reporter",)}
    assert other == {"reporter": []}
    assert phone.encode() not in lines.getvalue()
    assert county.get("dispatcher", f"cases?person={phone}").json()["code"] == "unknown-filter"
    county.cases["a hole"] = stream


def test_likely_duplicates_are_shown_and_nothing_is_stored(county):
    size = county.runtime.store.head(LOG).size
    asked = {"area": "pine-1", "category": "road", "summary": "a HOLE", "person": {"phone": "13900001234"}}

    hints = county.post("dispatcher", "cases/likely-duplicates", asked).json()
    assert hints["likely"][0]["case"]["stream"] == county.cases["a hole"]
    assert hints["likely"][0]["why"] == ["person", "words", "place"]
    nearby = county.post("dispatcher", "cases/likely-duplicates", {"area": "pine-1", "category": "water"}).json()
    assert {hint["why"][0] for hint in nearby["likely"]} == {"place"}
    assert county.cases["pine, just registered"] in {hint["case"]["stream"] for hint in nearby["likely"]}
    nothing = county.post("dispatcher", "cases/likely-duplicates", {}).json()
    assert nothing == {"likely": [], "elsewhere": 0, "looked": True}
    refused = county.post("dispatcher", "cases/likely-duplicates", {"persn": {}})
    assert (refused.status_code, refused.json()["code"]) == (400, "unknown-member")
    assert county.runtime.store.head(LOG).size == size


def test_a_likely_duplicate_elsewhere_is_counted_and_not_shown(county):
    county.do("register-case", "cadre/cuckoo", "caller", area="reed-1", person={"phone": "13911112222"})

    hints = county.post("dispatcher", "cases/likely-duplicates", {"person": {"phone": "13911112222"}}).json()
    assert hints == {"likely": [], "elsewhere": 1, "looked": True}


def test_a_case_shows_its_revision_and_the_possible_commands(county):
    found = county.get("dispatcher", f"cases/{county.number('pine, just registered')}")

    assert found.headers["etag"] == f'"{found.json()["rev"]}"'
    assert "accept-case" in found.json()["possible"]
    assert "approve-resolution" not in found.json()["possible"]
    assert found.headers["cache-control"] == "no-store"


def test_a_timeline_shows_the_facts_before_and_after_each_step(county):
    number = county.number("pine, led by newt")
    steps = county.get("cadre", f"cases/{number}/timeline").json()

    moved = {change["fact"]: (change["before"], change["after"]) for change in steps[-1]["changes"]}
    assert moved["status"] == ("accepted", "dispatched")
    until = county.get("cadre", f"cases/{number}/timeline?until={steps[0]['step']['seq'] + 1}").json()
    assert len(until) == 1
    assert county.get("village cadre", f"cases/{county.number('pine, public')}/timeline").status_code == 403
