"""Tests a merger of townships: old figures stay, open cases go on."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.application.access.actor import OPERATOR, Actor, resolve
from casework.application.access.visibility import visibility_of
from casework.application.commands.handle import Via
from casework.application.desk.handover import handover
from casework.application.desk.reassign import preview, reassign
from casework.application.figures import upkeep as projections
from casework.application.figures.answers import CountyQuestion
from casework.application.figures.ask import ask
from casework.application.roster import merge_township as merge
from casework.application.roster.gaps import findings
from casework.application.roster.redraw import go_through
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.change.rebuild import differences
from casework.law.context import Refused
from casework.law.kinds import fold
from casework.log import codec
from casework.log.errors import VersionMoved
from tests.databases import LATER, place_on
from tests.stories.terminal import LOG
from tests.stories.two_townships import brought, by_township, declare, do, every_figure, held_by, two_townships


@pytest.fixture(scope="module", params=["sqlite", LATER])
def runtime(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    folder = tmp_path_factory.mktemp("merger")
    with place_on(request, folder) as url:
        yield from two_townships(folder, url)


def test_a_township_merger_keeps_old_figures_and_moves_open_cases(runtime: Runtime) -> None:
    mine = brought(runtime, "pine-1a", "cadre/owl")
    uncovered = brought(runtime, "pine-1b", "cadre/owl", unit="pine-water")
    brought(runtime, "reed-1a", "cadre/heron")
    do(runtime, "acknowledge-case", "cadre/frog", "cadre", case=mine)
    size = runtime.store.head(LOG).size
    before = every_figure(runtime, as_of=str(size))
    assert len(before) >= 7
    assert by_township(runtime) == {"pine": 2, "reed": 1}
    assert held_by(runtime) == {("cadre/frog", "pine-1a"): 1, ("cadre/crane", "reed-1"): 1}
    kinds = {(one.kind, one.what) for one in findings(runtime, LOG)}
    assert kinds == {("uncovered", "pine-1b"), ("without-lead", "pine-water")}

    plan = merge.plan(runtime, LOG, "pine", "reed", runtime.county(LOG).today, {"pine-office": "reed-office"})
    assert runtime.store.head(LOG).size == size, "a look changes nothing"
    assert (plan.open_cases, plan.handed_on) == (2, {"pine-office": 1})
    assert [step.members.get("unit") or step.members.get("area") for step in plan.steps[:2]] == ["pine-1", "pine-water"]
    assert plan.steps[-1].members | {"from": ""} == {
        "area": "pine", "label": "松果镇", "level": "township", "parent": "530828", "from": "",
        "until": runtime.county(LOG).today, "successor": "reed",
    }  # fmt: skip
    administrator = Actor(OPERATOR, "administrator")
    merged = go_through(runtime, LOG, administrator, plan.steps, Via("cli"))
    assert len(merged) == len(plan.steps)
    with pytest.raises(Problem, match="no township on"):
        merge.plan(runtime, LOG, "pine", "reed", runtime.county(LOG).today)

    # history: every figure of every question as it was, at the size of then and now
    assert every_figure(runtime, as_of=str(size)) == before
    assert every_figure(runtime) == before
    for name, rows in before.items():
        assert projections.rebuild(runtime, LOG, name) == runtime.store.head(LOG).size
        assert (
            ask(runtime, LOG, name, CountyQuestion(by=list(runtime.projection(name).definition.kept))).rows == rows
        ), name
    assert list(differences(runtime.engine, LOG)) == []

    # both trees: the same cases, under the names of then or those of today
    assert by_township(runtime, tree="then") == {"pine": 2, "reed": 1}
    assert by_township(runtime, tree="today") == {"reed": 3}
    assert by_township(runtime, tree="today", where={"township": "reed"}) == {"reed": 3}
    assert by_township(runtime, place="reed") == {"pine": 2, "reed": 1}
    units = ask(runtime, LOG, "timeliness_by_unit", CountyQuestion(by=["unit"], tree="today")).rows
    assert {row["unit"] for row in units} == {"pine-water", "reed-office"}
    assert {row["unit"] for row in ask(runtime, LOG, "timeliness_by_unit", CountyQuestion(by=["unit"])).rows} == {
        "pine-office", "pine-water", "reed-office",
    }  # fmt: skip
    for name in before:
        together = ask(runtime, LOG, name, CountyQuestion(by=[], tree="today")).rows
        assert together == ask(runtime, LOG, name, CountyQuestion(by=[])).rows, name

    # open cases go on: they are seen, listed and handed on
    heron = resolve(runtime.county(LOG, fresh=True), "cadre/heron", "unit_lead")
    assert ("township", ("pine", "reed")) in [
        pair for one in visibility_of(runtime.county(LOG), heron).among for pair in one.items()
    ]
    ended = {one.kind: one for one in findings(runtime, LOG)}
    assert (ended["township-ended"].what, ended["township-ended"].cases, ended["township-ended"].now) == (
        "pine", 2, "reed",
    )  # fmt: skip
    assert (ended["unit-ended"].what, ended["unit-ended"].cases) == ("pine-office", 1)
    look = preview(runtime, LOG, heron, "cadre/frog", "cadre/crane")
    assert ([row["stream"] for row in look.cases], look.stays) == ([mine], [])
    (outcome,) = reassign(
        runtime, LOG, heron, "cadre/frog", "cadre/crane", reason="merged", cases=[mine], command_id="hand-on"
    )
    assert outcome.answer is not None, outcome
    assert "unit-ended" not in {one.kind for one in findings(runtime, LOG)}
    assert handover(runtime, LOG, "cadre/frog").totals == {"leads": 0, "shares": 0, "duties": 1}
    assert handover(runtime, LOG, "cadre/crane").leads[0]["unit"] == "reed-office"
    assert every_figure(runtime, as_of=str(size)) == before

    # a form that was open when the code moved
    with pytest.raises(Refused, match="has taken its place") as no:
        do(runtime, "register-case", "cadre/heron", "dispatcher", area="pine", category="water", kind="difficulty")
    assert (no.value.code, no.value.nearest) == ("area-merged", ("reed",))
    assert do(
        runtime, "register-case", "cadre/heron", "dispatcher", area="pine-1b", category="water", kind="difficulty"
    )
    assert by_township(runtime) == {"pine": 2, "reed": 2}
    assert uncovered not in [row["stream"] for row in handover(runtime, LOG, "cadre/newt").leads]


def test_the_second_of_two_concurrent_roster_edits_is_refused(runtime: Runtime) -> None:
    unit = {"unit": "reed-office", "area": "reed", "label": "芦花乡人民政府"}
    rev = declare(runtime, "declare-unit", **unit).rev
    assert declare(runtime, "declare-unit", **unit, kind="office", expected=rev).rev == rev + 1
    with pytest.raises(VersionMoved) as no:
        declare(runtime, "declare-unit", **unit, kind="station", expected=rev)
    assert (no.value.expected, no.value.actual) == (rev, rev + 1)
    stands = runtime.county(LOG, fresh=True).roster.unit("reed-office", runtime.county(LOG).today)
    assert stands is not None
    assert stands.kind == "office"


def test_a_cadre_with_several_posts_in_a_role_must_name_the_unit(runtime: Runtime) -> None:
    also = [
        {"unit": "pine-water", "roles": ["cadre", "dispatcher"]},
        {"unit": "county-office", "roles": ["dispatcher"]},
    ]
    declare(runtime, "declare-cadre", cadre="cadre/crane", unit="reed-office", roles=["cadre"], also=also)

    assert resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre").unit == "reed-office"
    assert resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre", as_unit="pine-water").unit == "pine-water"
    with pytest.raises(Problem, match=r"dispatcher of pine-water, county-office: say for which unit") as no:
        resolve(runtime.county(LOG, fresh=True), "cadre/crane", "dispatcher")
    assert no.value.code == "which-post"
    with pytest.raises(Problem, match="say for which unit"):
        resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre", as_unit="county-office")
    case = do(
        runtime, "register-case", "cadre/crane", "dispatcher", as_unit="pine-water", area="pine-1a", category="water",
        kind="difficulty",
    )  # fmt: skip
    assert [entry.unit for entry in runtime.store.read_stream(LOG, case.stream)] == ["pine-water"]


def test_a_case_of_a_declared_collector_is_marked_opinion_collector(runtime: Runtime) -> None:
    declare(runtime, "declare-cadre", cadre="cadre/lark", roles=["reporter"], reporter="opinion_collector")
    answer = do(runtime, "register-case", "cadre/lark", "reporter", area="pine-1a", kind="difficulty", summary="x")
    projections.follow(runtime, LOG)

    (first,) = [fold([one]) for one in map(_read, runtime.store.read_stream(LOG, answer.stream))]
    assert (first.reporter, first.brought_by) == ("opinion_collector", "cadre/lark")


def _read(entry: Any) -> Any:
    return codec.recorded(entry)


def test_a_future_responsibility_is_not_counted_before_its_day(runtime: Runtime) -> None:
    ahead = "responsibility/00000000-0000-4000-8000-000000000077"
    declare(
        runtime, "assign-responsibility", responsibility=ahead, cadre="cadre/newt", area="pine-1b", from_="2999-01-01"
    )

    assert ("cadre/newt", "pine-1b") not in held_by(runtime)
    assert held_by(runtime, as_of="2999-01-01")["cadre/newt", "pine-1b"] == 1
    assert held_by(runtime, as_of="2019-12-31") == {}
