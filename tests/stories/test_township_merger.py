"""A township goes into another: no figure of before moves, both trees answer, and what was open goes on."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.application.access.actor import OPERATOR, Person, resolve, today
from casework.application.access.visibility import scope_of
from casework.application.desk.handover import handover
from casework.application.desk.reassign import preview, reassign
from casework.application.figures import upkeep as projections
from casework.application.figures.ask import ask
from casework.application.roster import merge_township as merge
from casework.application.roster.gaps import findings
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import House
from casework.change.rebuild import differences
from casework.law.context import Refused
from casework.log import codec
from casework.log.errors import VersionMoved
from tests.databases import place_on
from tests.stories.terminal import LOG
from tests.stories.two_townships import brought, by_township, declare, do, every_figure, held_by, two_townships


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("merger")
    with place_on(request, folder) as url:
        yield from two_townships(folder, url)


def test_a_merger_replayed_with_unchanged_history_and_explainable_counts(house: House) -> None:
    mine = brought(house, "pine-1a", "cadre/owl")
    uncovered = brought(house, "pine-1b", "cadre/owl", unit="pine-water")
    brought(house, "reed-1a", "cadre/heron")
    do(house, "acknowledge-case", "cadre/frog", "cadre", case=mine)
    size = house.store.head(LOG).size
    before = every_figure(house, as_of=str(size))
    assert len(before) >= 7
    assert by_township(house) == {"pine": 2, "reed": 1}
    assert held_by(house) == {("cadre/frog", "pine-1a"): 1, ("cadre/crane", "reed-1"): 1}
    kinds = {(one.kind, one.what) for one in findings(house, LOG)}
    assert kinds == {("uncovered", "pine-1b"), ("without-lead", "pine-water")}

    plan = merge.plan(house, LOG, "pine", "reed", today(house, LOG), {"pine-office": "reed-office"})
    assert house.store.head(LOG).size == size, "a look changes nothing"
    assert (plan.open_cases, plan.handed_on) == (2, {"pine-office": 1})
    assert [step.members.get("unit") or step.members.get("area") for step in plan.steps[:2]] == ["pine-1", "pine-water"]
    assert plan.steps[-1].members | {"from": ""} == {
        "area": "pine", "label": "松果镇", "level": "township", "parent": "530828", "from": "",
        "until": today(house, LOG), "successor": "reed",
    }  # fmt: skip
    administrator = Person(OPERATOR, "administrator")
    merged = merge.merge(
        house, LOG, administrator, "pine", "reed", today(house, LOG), {"pine-office": "reed-office"}, source="cli"
    )
    assert len(merged) == len(plan.steps)
    with pytest.raises(Problem, match="no township on"):
        merge.plan(house, LOG, "pine", "reed", today(house, LOG))

    # history: every figure of every question as it was, at the size of then and now
    assert every_figure(house, as_of=str(size)) == before
    assert every_figure(house) == before
    for name, rows in before.items():
        assert projections.rebuild(house, LOG, name) == house.store.head(LOG).size
        assert ask(house, LOG, name, by=list(house.projection(name).definition.kept)).rows == rows, name
    assert list(differences(house.engine, LOG)) == []

    # both trees: the same cases, under the names of then or those of today
    assert by_township(house, tree="then") == {"pine": 2, "reed": 1}
    assert by_township(house, tree="today") == {"reed": 3}
    assert by_township(house, tree="today", where={"township": "reed"}) == {"reed": 3}
    assert by_township(house, place="reed") == {"pine": 2, "reed": 1}
    units = ask(house, LOG, "timeliness_by_unit", by=["unit"], tree="today").rows
    assert {row["unit"] for row in units} == {"pine-water", "reed-office"}
    assert {row["unit"] for row in ask(house, LOG, "timeliness_by_unit", by=["unit"]).rows} == {
        "pine-office", "pine-water", "reed-office",
    }  # fmt: skip
    for name in before:
        together = ask(house, LOG, name, by=[], tree="today").rows
        assert together == ask(house, LOG, name, by=[]).rows, name

    # what was open goes on: it is seen, named, and handed on
    heron = resolve(house, LOG, "cadre/heron", "unit_lead")
    assert ("township", ("pine", "reed")) in [pair for one in scope_of(house, LOG, heron).among for pair in one.items()]
    ended = {one.kind: one for one in findings(house, LOG)}
    assert (ended["township-ended"].what, ended["township-ended"].cases, ended["township-ended"].now) == (
        "pine", 2, "reed",
    )  # fmt: skip
    assert (ended["unit-ended"].what, ended["unit-ended"].cases) == ("pine-office", 1)
    look = preview(house, LOG, heron, "cadre/frog", "cadre/crane")
    assert ([row["stream"] for row in look.cases], look.stays) == ([mine], [])
    (outcome,) = reassign(
        house, LOG, heron, "cadre/frog", "cadre/crane", reason="merged", cases=[mine], command_id="hand-on"
    )
    assert outcome.answer is not None, outcome
    assert "unit-ended" not in {one.kind for one in findings(house, LOG)}
    assert handover(house, LOG, "cadre/frog").totals == {"leads": 0, "shares": 0, "duties": 1}
    assert handover(house, LOG, "cadre/crane").leads[0]["unit"] == "reed-office"
    assert every_figure(house, as_of=str(size)) == before

    # a form that was open when the code moved
    with pytest.raises(Refused, match="has taken its place") as no:
        do(house, "register-case", "cadre/heron", "dispatcher", area="pine", category="water", kind="difficulty")
    assert (no.value.code, no.value.nearest) == ("area-merged", ("reed",))
    assert do(house, "register-case", "cadre/heron", "dispatcher", area="pine-1b", category="water", kind="difficulty")
    assert by_township(house) == {"pine": 2, "reed": 2}
    assert uncovered not in [row["stream"] for row in handover(house, LOG, "cadre/newt").leads]


def test_two_administrators_edit_one_unit_at_once(house: House) -> None:
    unit = {"unit": "reed-office", "area": "reed", "label": "芦花乡人民政府"}
    rev = declare(house, "declare-unit", **unit).rev
    assert declare(house, "declare-unit", **unit, kind="office", expected=rev).rev == rev + 1
    with pytest.raises(VersionMoved) as no:
        declare(house, "declare-unit", **unit, kind="station", expected=rev)
    assert (no.value.expected, no.value.actual) == (rev, rev + 1)
    stands = house.roster(LOG).unit("reed-office", today(house, LOG))
    assert stands is not None
    assert stands.kind == "office"


def test_a_cadre_with_two_posts_acts_for_the_one_that_has_the_role_or_says_for_which(house: House) -> None:
    also = [
        {"unit": "pine-water", "roles": ["cadre", "dispatcher"]},
        {"unit": "county-office", "roles": ["dispatcher"]},
    ]
    declare(house, "declare-cadre", cadre="cadre/crane", unit="reed-office", roles=["cadre"], also=also)

    assert resolve(house, LOG, "cadre/crane", "cadre").unit == "reed-office"
    assert resolve(house, LOG, "cadre/crane", "cadre", as_unit="pine-water").unit == "pine-water"
    with pytest.raises(Problem, match=r"dispatcher of pine-water, county-office: say for which unit") as no:
        resolve(house, LOG, "cadre/crane", "dispatcher")
    assert no.value.code == "which-post"
    with pytest.raises(Problem, match="say for which unit"):
        resolve(house, LOG, "cadre/crane", "cadre", as_unit="county-office")
    case = do(
        house, "register-case", "cadre/crane", "dispatcher", as_unit="pine-water", area="pine-1a", category="water",
        kind="difficulty",
    )  # fmt: skip
    assert [entry.unit for entry in house.store.read_stream(LOG, case.stream)] == ["pine-water"]


def test_who_is_declared_a_collector_reports_as_one(house: House) -> None:
    declare(house, "declare-cadre", cadre="cadre/lark", roles=["reporter"], reporter="opinion_collector")
    answer = do(house, "register-case", "cadre/lark", "reporter", area="pine-1a", kind="difficulty", summary="x")
    projections.follow(house, LOG)

    (first,) = [house.law.fold([one]) for one in map(_read, house.store.read_stream(LOG, answer.stream))]
    assert (first.reporter, first.brought_by) == ("opinion_collector", "cadre/lark")


def _read(entry: Any) -> Any:
    return codec.recorded(entry)


def test_what_holds_from_a_later_day_is_not_counted_before_it(house: House) -> None:
    ahead = "responsibility/00000000-0000-4000-8000-000000000077"
    declare(
        house, "assign-responsibility", responsibility=ahead, cadre="cadre/newt", area="pine-1b", from_="2099-01-01"
    )

    assert ("cadre/newt", "pine-1b") not in held_by(house)
    assert held_by(house, as_of="2099-01-01")["cadre/newt", "pine-1b"] == 1
    assert held_by(house, as_of="2019-12-31") == {}
