"""Tests counts, entries and files over HTTP within the caller's visibility."""

import csv
import io

import pytest
from sqlalchemy import update

from casework.application.figures.upkeep import rebuild
from casework.exchange.csv_rows import guarded, written
from casework.projection.checkpoint import tables_of
from tests.application.test_scope import SEEN
from tests.stories.terminal import LOG

COUNTED = [who for who in SEEN if who not in {"reporter", "village cadre"}]


@pytest.mark.parametrize("who", COUNTED)
@pytest.mark.parametrize("by", ["township", "unit", "confidentiality", "category"])
def test_a_projection_counts_exactly_the_cases_of_the_askers_list(county, who, by):
    counted = county.get(who, f"projections/requests_by_category?by={by}").json()["rows"]
    listed = county.get(who, "cases?limit=200&total=true").json()

    assert sum(row["requests"] for row in counted) == listed["total"]
    for row in counted:
        assert row["requests"] == sum(one[by] == row[by] for one in listed["rows"])


@pytest.mark.parametrize(("who", "code"), [("reporter", "not-your-role"), ("village cadre", "outside-your-area")])
def test_a_count_is_refused_to_a_reporter_and_a_village_cadre(county, who, code):
    refused = county.get(who, "projections/requests_by_category")

    assert (refused.status_code, refused.json()["code"]) == (403, code)


def test_the_list_of_projections_names_queues_measures_and_position(county):
    shelf = {one["name"]: one for one in county.get("cadre", "projections").json()}

    assert shelf["cases"]["kind"] == "list"
    assert "to_dispatch" in shelf["cases"]["queues"]
    assert shelf["requests_by_category"]["measures"][0] == "requests"
    assert shelf["requests_by_category"]["counted"] == county.runtime.store.head(LOG).size


def rows(county, query, who="auditor"):
    return county.get(who, f"projections/requests_by_category?{query}").json()["rows"]


def test_counts_roll_up_to_township_and_county(county):
    towns = {row["township"]: row["requests"] for row in rows(county, "rollup=township&by=township")}
    (whole,) = rows(county, "rollup=county&by=township")

    assert towns == {"": 1, "pine": 6, "reed": 3}
    assert whole["requests"] == sum(towns.values())
    assert [row["requests"] for row in rows(county, "by=&place=reed")] == [3]
    assert [row["requests"] for row in rows(county, "by=&place=530828")] == [10]


def test_counts_can_be_asked_for_the_past_and_filtered(county):
    size = county.runtime.store.head(LOG).size
    assert rows(county, f"by=&as_of={size}") == rows(county, "by=")
    assert rows(county, "by=&as_of=2000-01-01") == []
    assert rows(county, "by=&axis=recorded&since=2000-01-01")[0]["requests"] == 10
    assert rows(county, "by=&township=pine&township=reed")[0]["requests"] == 9
    assert county.get("auditor", f"projections/requests_by_category?at_least={size}").json()["size"] == size


@pytest.mark.parametrize(
    ("query", "status", "code", "nearest"),
    [
        ("townshp=pine", 422, "unknown-filter", "township"),
        ("township=pin", 422, "unknown-value", "pine"),
        ("by=categry", 422, "unknown-column", "category"),
        ("place=pine-1", 422, "not-answerable", None),
        ("as_of=soon", 422, "not-a-time", None),
        ("as_of=2999-01-01", 422, "day-ahead", None),
        ("as_of=9999-12-31", 422, "day-ahead", None),
        ("as_of=2026-13-45", 422, "not-a-date", None),
        ("since=2026-02-30", 422, "not-answerable", None),
        ("at_least=999999", 422, "not-so-long", None),
        ("queue=open", 422, "not-answerable", None),
        ("axis=read", 400, "malformed", None),
        ("rollup=province", 400, "malformed", None),
    ],
)
def test_a_question_that_the_projection_cannot_answer_is_refused(county, query, status, code, nearest):
    refused = county.get("auditor", f"projections/requests_by_category?{query}")

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert nearest is None or nearest in refused.json()["nearest"]


@pytest.mark.parametrize("column", ["day", "month", "year"])
def test_every_day_of_the_calendar_bounds_a_range_in_any_projection(county, column):
    names = [one["name"] for one in county.get("auditor", "projections").json() if one["kind"] == "count"]
    assert len(names) > 8
    for name in names:
        asked = f"projections/{name}?by={column}"
        whole = county.get("auditor", asked).json()["rows"]
        assert county.get("auditor", f"{asked}&since=0001-01-01&until=9999-12-31").json()["rows"] == whole
        assert county.get("auditor", f"{asked}&until=0001-01-01").json()["rows"] == []
        assert county.get("auditor", f"{asked}&since=9999-12-31").json()["rows"] == []


def test_the_last_day_of_the_calendar_is_refused_as_a_day_to_look_back_to(county):
    refused = county.get("auditor", "projections/responsibilities?as_of=9999-12-31")

    assert (refused.status_code, refused.json()["code"]) == (422, "not-answerable")


def test_an_unknown_projection_is_refused_with_the_nearest(county):
    refused = county.get("auditor", "projections/requests_by_categry")

    assert (refused.status_code, refused.json()["nearest"][0]) == (404, "requests_by_category")


def test_a_register_is_read_completely_in_pages(county):
    seen, after = [], ""
    while True:
        page = county.get("auditor", f"projections/cases?limit=4&after={after}").json()
        seen += [row["stream"] for row in page["rows"]]
        after = page["next"]
        if not after:
            break
    assert sorted(seen) == sorted(county.cases.values())
    assert page["total"] == len(seen)
    assert county.get("auditor", "projections/cases?after=nonsense").status_code == 400
    assert county.get("auditor", "projections/cases?by=township").status_code == 422


def test_a_label_that_looks_like_a_formula_is_quoted_in_csv(county):
    county.do(
        "declare-category", "system/operator", "administrator", category="odd", label="=HYPERLINK(1)",
        **{"from": "2020-01-01"},
    )  # fmt: skip
    county.do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="odd")
    size = county.runtime.store.head(LOG).size
    found = county.get("auditor", f"projections/requests_by_category?by=category&format=csv&at_least={size}")

    assert found.headers["content-type"].startswith("text/csv")
    assert found.headers["content-disposition"].startswith("attachment")
    told = list(csv.DictReader(io.StringIO(found.text.removeprefix("\ufeff"))))
    assert {row["category"]: row["category_label"] for row in told}["odd"] == "'=HYPERLINK(1)"
    assert {row["category"]: row["requests"] for row in told}["water"] == "10"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_a_csv_cell_that_looks_like_a_formula_gets_a_quote(cell):
    assert guarded(cell) == f"'{cell}"


def test_csv_keeps_numbers_and_writes_a_rate_in_three_columns():
    rate = {"rate": None, "numerator": 0, "denominator": 0}
    text = written(["a", "r"], [{"a": -3, "r": rate}, {"a": "x", "r": {"rate": 0.5, "numerator": 1, "denominator": 2}}])

    assert text.decode() == "\ufeffa,r,r_numerator,r_denominator\r\n-3,,0,0\r\nx,0.5,1,2\r\n"


def test_an_auditor_reads_all_entries_byte_for_byte_in_pages(county):
    stored = county.runtime.store.raw(LOG, since=0, limit=10_000)
    read, path = [], "entries?limit=7"
    while True:
        page = county.get("auditor", path)
        read += page.content.splitlines()
        if "link" not in page.headers:
            break
        path = "entries" + page.headers["link"].partition("<")[2].partition(">")[0]
    assert read == stored
    assert page.headers["casework-size"] == str(len(stored))


@pytest.mark.parametrize("who", [who for who in SEEN if who not in {"auditor", "privacy_officer"}])
def test_reading_entries_is_refused_to_every_other_role(county, who):
    assert county.get(who, "entries").status_code == 403


@pytest.mark.parametrize("query", ["since=999999", "since=5&until=3", "until=999999"])
def test_an_impossible_range_of_entries_is_refused(county, query):
    assert county.get("auditor", f"entries?{query}").json()["code"] == "no-such-range"


def test_a_recount_by_an_auditor_shows_the_differing_figures(county):
    address = "projections/requests_by_category/recount"
    size = county.runtime.store.head(LOG).size
    county.get("auditor", f"projections/requests_by_category?at_least={size}")
    good = county.get("auditor", address).json()
    counts = county.runtime.projection("requests_by_category")
    now = tables_of(county.runtime.engine, counts).now
    with county.runtime.engine.begin() as db:
        db.execute(update(now).where(now.c.category == "water").values(requests=now.c.requests + 1))
    try:
        bad = county.get("auditor", address).json()
    finally:
        rebuild(county.runtime, LOG, "requests_by_category")

    assert (good["equal"], good["differing"], good["differences"], good["size"]) == (True, 0, [], size)
    assert not bad["equal"]
    assert bad["differing"] == len(bad["differences"]) > 0
    assert {one["served"][0] - one["counted"][0] for one in bad["differences"]} == {1}
    assert county.get("auditor", address).json()["equal"]


@pytest.mark.parametrize("who", [who for who in SEEN if who not in {"auditor", "privacy_officer"}])
def test_a_recount_is_refused_to_every_other_role(county, who):
    assert county.get(who, "projections/requests_by_category/recount").status_code == 403


def test_a_recount_of_a_register_is_refused(county):
    refused = county.get("auditor", "projections/cases/recount")

    assert (refused.status_code, refused.json()["code"]) == (422, "not-answerable")
