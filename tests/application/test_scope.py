"""Tests that page, list, count and command agree on visibility."""

from collections import Counter
from contextlib import suppress

import pytest

from casework.application.access.actor import Actor
from casework.application.access.visibility import visibility_of
from casework.application.cases.open_case import open_case
from casework.application.figures.answers import CountyQuestion
from casework.application.figures.ask import ask, list_cases
from casework.application.figures.upkeep import follow
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.settings import Settings
from tests.application import scopes
from tests.application.acting import acting
from tests.application.scopes import check_acts_on, check_sees, person
from tests.stories.terminal import LOG

OPEN = {
    "pine, just registered", "pine, second village", "pine, public", "reed, just registered",
    "county, no township", "pine, brought by a reporter", "pine, led by newt", "reed, led by pine's water",
    "reed, led by frog, newt helps",
}  # fmt: skip
ALL = OPEN | {"pine, confidential, otter's"}
PINE = {name for name in OPEN if name.startswith("pine")}
FIRST_VILLAGE = {"pine, just registered", "pine, led by newt"}
WATER = {"reed, led by pine's water"}

#: role → cases in its lists and counts, and further cases that it may open
SEEN = {
    "dispatcher": (PINE, set()),
    "unit_lead": (PINE | WATER | {"pine, confidential, otter's"}, {"reed, led by frog, newt helps"}),
    "cadre": (PINE | WATER, {"reed, led by frog, newt helps"}),
    "reviewer": (PINE, set()),
    "supervisor": (PINE | {"pine, confidential, otter's"}, set()),
    "county supervisor": (ALL, set()),
    "caller": (OPEN, set()),
    "auditor": (ALL, set()),
    "privacy_officer": (ALL, set()),
    "administrator": (ALL, set()),
    "village cadre": (FIRST_VILLAGE, set()),
    "reporter": (set(), {"pine, brought by a reporter"}),
}


@pytest.fixture(scope="module")
def runtime(tmp_path_factory):
    terminal = scopes.folder_of(tmp_path_factory.mktemp("scopes"))
    scopes.opened(terminal)
    runtime = open_runtime(Settings(folder=str(terminal.folder), language="en"))
    yield runtime
    runtime.close()


@pytest.fixture(scope="module")
def cases(runtime):
    cases = scopes.populated(acting(runtime, LOG))
    assert follow(runtime, LOG) == {}
    return cases


def names(cases, streams):
    of = {stream: name for name, stream in cases.items()}
    return {of[stream] for stream in streams}


@pytest.mark.parametrize("who", SEEN)
def test_each_role_opens_only_the_cases_it_may_see(runtime, cases, who):
    listed, beyond = SEEN[who]
    opened = set()
    for name, stream in cases.items():
        with suppress(Problem):
            check_sees(runtime, LOG, person(who), stream)
            opened.add(name)

    assert opened == listed | beyond


@pytest.mark.parametrize("who", [who for who in SEEN if who != "reporter"])
def test_a_list_holds_only_the_cases_that_the_role_may_see(runtime, cases, who):
    found = list_cases(runtime, LOG, "cases", CountyQuestion(limit=500), person(who))

    assert names(cases, [row["stream"] for row in found.rows]) == SEEN[who][0]
    assert found.total == len(SEEN[who][0])


@pytest.mark.parametrize("who", [who for who in SEEN if who not in {"reporter", "village cadre"}])
@pytest.mark.parametrize("column", ["township", "unit", "confidentiality"])
def test_a_count_equals_the_number_of_rows_of_its_list(runtime, cases, who, column):
    rows = list_cases(runtime, LOG, "cases", CountyQuestion(limit=500), person(who)).rows
    counted = ask(runtime, LOG, "requests_by_category", CountyQuestion(by=[column]), person(who)).rows

    assert {row[column]: row["requests"] for row in counted} == Counter(row[column] for row in rows)


@pytest.mark.parametrize(("since", "as_of"), [("", "TODAY"), ("2000-01-01", ""), ("", "SIZE")])
def test_a_question_about_the_past_keeps_the_visibility(runtime, cases, since, as_of):
    as_of = as_of.replace("SIZE", str(runtime.store.head(LOG).size)).replace("TODAY", runtime.county(LOG).today)
    (row,) = ask(
        runtime, LOG, "requests_by_category", CountyQuestion(by=[], since=since, as_of=as_of), person("cadre")
    ).rows

    assert row["requests"] == len(SEEN["cadre"][0])


@pytest.mark.parametrize("who", ["reporter", "village cadre"])
def test_a_figure_that_cannot_be_limited_to_the_asker_is_refused(runtime, cases, who):
    with pytest.raises(Problem) as why:
        ask(runtime, LOG, "requests_by_category", who=person(who))

    assert why.value.code == "outside-your-area"


def test_distinct_cases_are_counted_within_the_visibility(runtime, cases):
    do = acting(runtime, LOG)
    for name in ("pine, led by newt", "reed, led by frog, newt helps"):
        do("log-action", "cadre/newt", "cadre", case=cases[name], action="visit")
    follow(runtime, LOG)
    where = {"cadre": ["cadre/newt"]}

    (mine,) = ask(runtime, LOG, "cadre_workload", CountyQuestion(where=where), person("cadre")).rows
    (all_,) = ask(runtime, LOG, "cadre_workload", CountyQuestion(where=where), person("auditor")).rows

    assert (mine["touched"], all_["touched"]) == (1, 2)


def test_a_case_that_came_into_sight_after_it_was_first_touched_is_counted(runtime, cases):
    do = acting(runtime, LOG)
    stream = do("register-case", "cadre/cuckoo", "caller", area="reed-1", category="water").stream
    do("accept-case", "cadre/heron", "dispatcher", case=stream)
    do("dispatch-case", "cadre/heron", "dispatcher", case=stream, unit="reed-water", lead="cadre/frog")
    do("acknowledge-case", "cadre/frog", "unit_lead", case=stream)
    do("log-action", "cadre/otter", "cadre", case=stream, action="visit")
    follow(runtime, LOG)
    where = {"cadre": ["cadre/otter"]}

    def touched(who):
        rows = ask(runtime, LOG, "cadre_workload", CountyQuestion(where=where), person(who)).rows
        return sum(row["touched"] for row in rows)

    assert (touched("cadre"), touched("auditor")) == (0, 1)
    do("request-transfer", "cadre/frog", "unit_lead", case=stream, to_unit="pine-water", reason="wrong_place")
    do("accept-transfer", "cadre/otter", "unit_lead", case=stream)
    do("log-action", "cadre/otter", "cadre", case=stream, action="visit")
    follow(runtime, LOG)
    assert (touched("cadre"), touched("auditor")) == (1, 1)


def test_a_token_for_an_area_narrows_what_its_bearer_sees(runtime, cases):
    village = list_cases(runtime, LOG, "cases", CountyQuestion(limit=500), person("county supervisor", "pine-1")).rows
    township = list_cases(runtime, LOG, "cases", CountyQuestion(limit=500), person("auditor", "reed")).rows
    nowhere = visibility_of(runtime.county(LOG), person("dispatcher", "reed"))

    assert names(cases, [row["stream"] for row in village]) == FIRST_VILLAGE | {"pine, confidential, otter's"}
    assert {row["township"] for row in township} == {"reed"}
    assert not any(nowhere.covers(check_sees(runtime, LOG, person("auditor"), cases[name])) for name in PINE)


@pytest.mark.parametrize(("who", "opened"), [("auditor", True), ("cadre", True), ("administrator", False)])
def test_operators_see_a_case_but_nothing_sealed(runtime, cases, who, opened):
    found = open_case(runtime, LOG, cases["pine, led by newt"], person(who))

    assert found.unsealed is opened
    assert ("MARKER" in repr(found)) is opened


def test_a_cadre_who_worked_on_a_case_may_still_record_past_acts(runtime, cases):
    stream = cases["pine, led by newt"]
    moved = Actor("cadre/newt", "cadre", "reed-water")
    stranger = Actor("cadre/toad", "cadre", "reed-water")

    check_acts_on(runtime, LOG, moved, stream)
    with pytest.raises(Problem, match="outside"):
        check_acts_on(runtime, LOG, stranger, stream)
    check_acts_on(runtime, LOG, stranger, "case/00000000-0000-4000-8000-000000000000")


def test_a_resident_sees_only_their_own_case(runtime, cases):
    do = acting(runtime, LOG)
    mine = do("register-case", "resident/00ff11ee", "resident", area="pine-1", resident="resident/00ff11ee").stream
    me = Actor("resident/00ff11ee", "resident")

    check_sees(runtime, LOG, me, mine)
    with pytest.raises(Problem, match="own cases only"):
        list_cases(runtime, LOG, "cases", who=me)
    with pytest.raises(Problem, match="outside"):
        check_sees(runtime, LOG, me, cases["pine, public"])


def test_a_unit_sees_a_case_that_is_offered_to_it(runtime):
    do = acting(runtime, LOG)
    stream = do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="water").stream
    do("accept-case", "cadre/owl", "dispatcher", case=stream)
    do("dispatch-case", "cadre/owl", "dispatcher", case=stream, unit="pine-water", lead="cadre/newt")
    do("acknowledge-case", "cadre/newt", "cadre", case=stream)
    frog = Actor("cadre/frog", "unit_lead", "reed-water")
    with pytest.raises(Problem, match="outside"):
        check_sees(runtime, LOG, frog, stream)

    do("request-transfer", "cadre/otter", "unit_lead", case=stream, to_unit="reed-water", reason="wrong_place")

    check_sees(runtime, LOG, frog, stream)
