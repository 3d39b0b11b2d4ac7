"""Who sees what: one rule, the same for a case page, a list, a count and a command."""

from collections import Counter
from contextlib import suppress

import pytest

from casework.application.access.actor import Person
from casework.application.access.visibility import check_acts_on, check_sees, scope_of
from casework.application.cases.open_case import open_case
from casework.application.figures.ask import ask, list_cases
from casework.application.figures.upkeep import follow
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_house
from casework.settings import Settings
from tests.application import scopes
from tests.application.acting import acting
from tests.application.scopes import person
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

#: who → what their lists and counts hold, and what they may open beyond it
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
def house(tmp_path_factory):
    terminal = scopes.folder_of(tmp_path_factory.mktemp("scopes"))
    scopes.opened(terminal)
    house = open_house(Settings(folder=str(terminal.folder), language="en"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def cases(house):
    cases = scopes.populated(acting(house, LOG))
    assert follow(house, LOG) == {}
    return cases


def names(cases, streams):
    of = {stream: name for name, stream in cases.items()}
    return {of[stream] for stream in streams}


@pytest.mark.parametrize("who", SEEN)
def test_what_each_may_open(house, cases, who):
    listed, beyond = SEEN[who]
    opened = set()
    for name, stream in cases.items():
        with suppress(Problem):
            check_sees(house, LOG, person(who), stream)
            opened.add(name)

    assert opened == listed | beyond


@pytest.mark.parametrize("who", [who for who in SEEN if who != "reporter"])
def test_a_list_holds_what_each_may_see(house, cases, who):
    found = list_cases(house, LOG, "cases", who=person(who), limit=500)

    assert names(cases, [row["stream"] for row in found.rows]) == SEEN[who][0]
    assert found.total == len(SEEN[who][0])


@pytest.mark.parametrize("who", [who for who in SEEN if who not in {"reporter", "village cadre"}])
@pytest.mark.parametrize("column", ["township", "unit", "confidentiality"])
def test_a_count_is_as_many_rows_as_its_list(house, cases, who, column):
    rows = list_cases(house, LOG, "cases", who=person(who), limit=500).rows
    counted = ask(house, LOG, "requests_by_category", by=[column], who=person(who)).rows

    assert {row[column]: row["requests"] for row in counted} == Counter(row[column] for row in rows)


@pytest.mark.parametrize(("since", "as_of"), [("", "2999-01-01"), ("2000-01-01", ""), ("", "SIZE")])
def test_looking_back_keeps_the_scope(house, cases, since, as_of):
    as_of = as_of.replace("SIZE", str(house.store.head(LOG).size))
    (row,) = ask(house, LOG, "requests_by_category", by=[], who=person("cadre"), since=since, as_of=as_of).rows

    assert row["requests"] == len(SEEN["cadre"][0])


@pytest.mark.parametrize("who", ["reporter", "village cadre"])
def test_what_cannot_be_counted_for_them_alone_is_refused(house, cases, who):
    with pytest.raises(Problem) as why:
        ask(house, LOG, "requests_by_category", who=person(who))

    assert why.value.code == "outside-your-area"


def test_different_cases_are_counted_within_the_scope(house, cases):
    do = acting(house, LOG)
    for name in ("pine, led by newt", "reed, led by frog, newt helps"):
        do("log-action", "cadre/newt", "cadre", case=cases[name], action="visit")
    follow(house, LOG)
    where = {"cadre": ["cadre/newt"]}

    (mine,) = ask(house, LOG, "cadre_workload", where=where, who=person("cadre")).rows
    (all_,) = ask(house, LOG, "cadre_workload", where=where, who=person("auditor")).rows

    assert (mine["touched"], all_["touched"]) == (1, 2)


def test_a_case_that_came_into_sight_after_it_was_first_touched_is_counted(house, cases):
    do = acting(house, LOG)
    stream = do("register-case", "cadre/cuckoo", "caller", area="reed-1", category="water").stream
    do("accept-case", "cadre/heron", "dispatcher", case=stream)
    do("dispatch-case", "cadre/heron", "dispatcher", case=stream, unit="reed-water", lead="cadre/frog")
    do("acknowledge-case", "cadre/frog", "unit_lead", case=stream)
    do("log-action", "cadre/otter", "cadre", case=stream, action="visit")
    follow(house, LOG)
    where = {"cadre": ["cadre/otter"]}

    def touched(who):
        rows = ask(house, LOG, "cadre_workload", where=where, who=person(who)).rows
        return sum(row["touched"] for row in rows)

    assert (touched("cadre"), touched("auditor")) == (0, 1)
    do("request-transfer", "cadre/frog", "unit_lead", case=stream, to_unit="pine-water", reason="wrong_place")
    do("accept-transfer", "cadre/otter", "unit_lead", case=stream)
    do("log-action", "cadre/otter", "cadre", case=stream, action="visit")
    follow(house, LOG)
    assert (touched("cadre"), touched("auditor")) == (1, 1)


def test_a_token_for_an_area_narrows_what_its_bearer_sees(house, cases):
    village = list_cases(house, LOG, "cases", who=person("county supervisor", "pine-1"), limit=500).rows
    township = list_cases(house, LOG, "cases", who=person("auditor", "reed"), limit=500).rows
    nowhere = scope_of(house, LOG, person("dispatcher", "reed"))

    assert names(cases, [row["stream"] for row in village]) == FIRST_VILLAGE | {"pine, confidential, otter's"}
    assert {row["township"] for row in township} == {"reed"}
    assert not any(nowhere.covers(check_sees(house, LOG, person("auditor"), cases[name])) for name in PINE)


@pytest.mark.parametrize(("who", "opened"), [("auditor", True), ("cadre", True), ("administrator", False)])
def test_keepers_of_the_machine_see_the_case_and_nothing_sealed(house, cases, who, opened):
    found = open_case(house, LOG, cases["pine, led by newt"], person(who))

    assert found.unsealed is opened
    assert ("MARKER" in repr(found)) is opened


def test_who_worked_on_a_case_may_still_enter_what_was_done_then(house, cases):
    stream = cases["pine, led by newt"]
    moved = Person("cadre/newt", "cadre", "reed-water")
    stranger = Person("cadre/toad", "cadre", "reed-water")

    check_acts_on(house, LOG, moved, stream)
    with pytest.raises(Problem, match="outside"):
        check_acts_on(house, LOG, stranger, stream)
    check_acts_on(house, LOG, stranger, "case/00000000-0000-4000-8000-000000000000")


def test_a_resident_sees_the_one_case_that_is_theirs(house, cases):
    do = acting(house, LOG)
    mine = do("register-case", "resident/00ff11ee", "resident", area="pine-1", resident="resident/00ff11ee").stream
    me = Person("resident/00ff11ee", "resident")

    check_sees(house, LOG, me, mine)
    with pytest.raises(Problem, match="own cases only"):
        list_cases(house, LOG, "cases", who=me)
    with pytest.raises(Problem, match="outside"):
        check_sees(house, LOG, me, cases["pine, public"])


def test_a_unit_sees_what_is_offered_to_it(house):
    do = acting(house, LOG)
    stream = do("register-case", "cadre/cuckoo", "caller", area="pine-1", category="water").stream
    do("accept-case", "cadre/owl", "dispatcher", case=stream)
    do("dispatch-case", "cadre/owl", "dispatcher", case=stream, unit="pine-water", lead="cadre/newt")
    do("acknowledge-case", "cadre/newt", "cadre", case=stream)
    frog = Person("cadre/frog", "unit_lead", "reed-water")
    with pytest.raises(Problem, match="outside"):
        check_sees(house, LOG, frog, stream)

    do("request-transfer", "cadre/otter", "unit_lead", case=stream, to_unit="reed-water", reason="wrong_place")

    check_sees(house, LOG, frog, stream)
