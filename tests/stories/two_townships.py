"""A small county of two townships whose tree of places changes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from casework.application.access.actor import OPERATOR
from casework.application.commands.handle import Request, handle
from casework.application.figures import upkeep as projections
from casework.application.figures.answers import CountyQuestion
from casework.application.figures.ask import ask
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.projection.tally import Tally
from tests.operators.county import settings_for
from tests.stories.terminal import LOG, Terminal

ROSTER = {
    "areas.csv": """area,label,level,parent
530828,云雀县,county,
pine,松果镇,township,530828
pine-1,松针村,village,pine
pine-1a,松针村一组,group,pine-1
pine-1b,松针村二组,group,pine-1
reed,芦花乡,township,530828
reed-1,苇叶村,village,reed
reed-1a,苇叶村一组,group,reed-1
""",
    "units.csv": """unit,label,parent,area,level
county-office,县政府办,,530828,county
pine-office,松果镇政府,,pine,township
pine-water,松果镇水管站,pine-office,pine,township
reed-office,芦花乡政府,,reed,township
""",
    "cadres.csv": """cadre,name,unit,roles
owl,甲,pine-office,dispatcher;cadre;unit_lead
frog,乙,pine-office,cadre
newt,丙,pine-water,cadre
heron,丁,reed-office,dispatcher;cadre;unit_lead
crane,戊,reed-office,cadre
eagle,己,county-office,supervisor
""",
    "categories.csv": """category,label,topics,due_days
water,饮水,supply,15
""",
    "responsibilities.csv": """cadre,area,duty
frog,pine-1a,contract
crane,reed-1,grid
""",
}


def two_townships(folder: Path, url: str = "") -> Iterator[Runtime]:
    """The county in FOLDER, open; its database there as well, or the empty one at URL."""
    url = url or f"sqlite:///{folder / 'casework.db'}"
    roster = folder / "roster"
    roster.mkdir()
    for name, rows in ROSTER.items():
        (roster / name).write_text(rows, "utf-8")
    terminal = Terminal(folder, url)
    terminal("init", LOG, "--county", "云雀县")
    terminal("roster", "load", str(roster), "--since", "2020-01-01")
    runtime = open_runtime(settings_for(folder, url))
    yield runtime
    runtime.close()


def do(runtime: Runtime, command: str, actor: str, role: str, **members: Any) -> Any:
    more = {name: members.pop(name) for name in ("as_unit", "expected") if name in members}
    return handle(
        runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="cli", **more)
    )


def declare(runtime: Runtime, command: str, **members: Any) -> Any:
    if "from_" in members:
        members["from"] = members.pop("from_")
    return do(runtime, command, OPERATOR, "administrator", **members)


def brought(runtime: Runtime, area: str, dispatcher: str, **dispatch: Any) -> str:
    """A case registered, accepted and dispatched; its stream."""
    case = do(
        runtime, "register-case", dispatcher, "dispatcher", area=area, category="water", kind="difficulty", summary="x"
    ).stream
    do(runtime, "accept-case", dispatcher, "dispatcher", case=case, category="water")
    do(runtime, "dispatch-case", dispatcher, "dispatcher", case=case, **dispatch)
    return case


def every_figure(runtime: Runtime, **asked: Any) -> dict[str, Any]:
    """The rows of every tally, by all of its dimensions."""
    projections.follow(runtime, LOG)
    return {
        one.name: ask(runtime, LOG, one.name, CountyQuestion(by=list(one.definition.kept), **asked)).rows
        for one in runtime.shelf
        if isinstance(one.definition, Tally) and not any(source.ahead for source in one.definition.sources)
    }


def by_township(runtime: Runtime, measure: str = "open", **asked: Any) -> dict[str, int]:
    projections.follow(runtime, LOG)
    rows = ask(runtime, LOG, "resolved_by_township", CountyQuestion(by=["township"], **asked)).rows
    return {row["township"]: row[measure] for row in rows if row[measure]}


def held_by(runtime: Runtime, **asked: Any) -> dict[tuple[str, str], int]:
    projections.follow(runtime, LOG)
    rows = ask(runtime, LOG, "responsibilities", CountyQuestion(by=["cadre", "area"], **asked)).rows
    return {(row["cadre"], row["area"]): row["responsible"] for row in rows if row["responsible"]}
