"""Tests a split of a township: old figures stay, new cases move."""

from collections.abc import Iterator
from typing import Any

import pytest

from casework.application.access.actor import OPERATOR, Actor
from casework.application.commands.handle import Via
from casework.application.desk.handover import handover
from casework.application.figures.answers import CountyQuestion
from casework.application.figures.ask import ask
from casework.application.roster import split_township as split
from casework.application.roster.redraw import go_through
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.change.rebuild import differences
from tests.stories.terminal import LOG
from tests.stories.two_townships import brought, by_township, do, every_figure, held_by, two_townships

ADMINISTRATOR = Actor(OPERATOR, "administrator")


@pytest.fixture(scope="module")
def runtime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runtime]:
    yield from two_townships(tmp_path_factory.mktemp("split"))


def test_a_township_split_keeps_old_figures_and_moves_new_cases(runtime: Runtime) -> None:
    day = runtime.county(LOG).today
    do(
        runtime,
        "declare-area",
        OPERATOR,
        "administrator",
        area="pine-2",
        label="松塔村",
        level="village",
        parent="pine",
    )
    going = brought(runtime, "pine-1a", "cadre/owl", unit="pine-office")
    brought(runtime, "pine-2", "cadre/owl", unit="pine-office")
    do(runtime, "acknowledge-case", "cadre/frog", "cadre", case=going)
    size = runtime.store.head(LOG).size
    before, held = every_figure(runtime, as_of=str(size)), held_by(runtime)
    wish = ("pine", "cone", "松塔镇", day, ["pine-1"], ["pine-water"])

    plan = split.plan(runtime, LOG, *wish)
    assert runtime.store.head(LOG).size == size, "a look changes nothing"
    assert (plan.open_cases, plan.held_by, plan.left) == (1, {"pine-office": 1}, ["pine-office"])
    assert [(step.command, step.members.get("unit") or step.members["area"]) for step in plan.steps] == [
        ("declare-area", "cone"), ("declare-area", "pine-1"), ("declare-unit", "pine-water"),
    ]  # fmt: skip

    # interrupted, and repeated
    first = plan.steps[0]
    do(runtime, first.command, OPERATOR, "administrator", **first.members)
    assert [step.members.get("area") for step in split.plan(runtime, LOG, *wish).steps] == ["pine-1", "cone"]
    assert len(go_through(runtime, LOG, ADMINISTRATOR, split.plan(runtime, LOG, *wish).steps, Via("cli"))) == 2
    assert split.plan(runtime, LOG, *wish).steps == []
    roster = runtime.county(LOG, fresh=True).roster
    assert [roster.township_of(area, day) for area in ("pine-1a", "pine-2")] == ["cone", "pine"]
    assert roster.township_of("pine-1a", "2020-06-01") == "pine"

    # history: figures and responsibilities are unchanged, and change rows follow from the entries
    assert every_figure(runtime, as_of=str(size)) == before
    assert every_figure(runtime) == before
    assert held_by(runtime) == held
    assert list(differences(runtime.engine, LOG)) == []
    assert by_township(runtime) == by_township(runtime, tree="then") == {"pine": 2}

    # a tally that keeps areas counts the village where it lies today; what comes now is the new township's
    (kept,) = [one.name for one in runtime.shelf if {"area", "township"} <= set(getattr(one.definition, "kept", ()))][
        :1
    ]
    assert {row["township"] for row in ask(runtime, LOG, kept, CountyQuestion(by=["township"], tree="today")).rows} >= {
        "cone"
    }
    brought(runtime, "pine-1b", "cadre/owl", unit="pine-water")
    assert by_township(runtime) == {"pine": 2, "cone": 1}
    assert handover(runtime, LOG, "cadre/frog").totals["leads"] == 1


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        ({"township": "pine-1"}, "not-a-township"),
        ({"new": "reed"}, "code-taken"),
        ({"areas": ["reed-1"]}, "unknown-area"),
        ({"areas": ["reed"]}, "unknown-area"),
        ({"areas": ["pine-2", "pine-3"]}, "nothing-left"),
        ({"areas": []}, "nothing-left"),
        ({"units": ["reed-office"]}, "unknown-unit"),
        ({"from_": "2019-01-01"}, "not-a-township"),
    ],
)
def test_an_impossible_township_split_is_refused_and_declares_nothing(
    runtime: Runtime, wish: dict[str, Any], code: str
) -> None:
    asked: dict[str, Any] = {"township": "pine", "new": "bark", "label": "树皮镇", "from_": "2999-01-01"}
    asked |= {"areas": ["pine-2"], "units": [], **wish}
    for village in ("pine-2", "pine-3"):
        do(
            runtime,
            "declare-area",
            OPERATOR,
            "administrator",
            area=village,
            label=village,
            level="village",
            parent="pine",
        )
    size = runtime.store.head(LOG).size

    with pytest.raises(Problem) as no:
        split.plan(runtime, LOG, **asked)

    assert no.value.code == code
    assert runtime.store.head(LOG).size == size
