"""Tokens for three visitors of the demo, each with an address to look at."""

from __future__ import annotations

from msgspec import Struct

from casework.application.accounts import tokens
from casework.application.figures.ask import list_cases
from casework.application.runtime.runtime import Runtime
from casework.demo.county.load import LOG
from casework.projection.ask import ask
from casework.projection.question import Question

_SUPERVISOR, _AUDITOR = "cadre/owl-21", "cadre/lark-01"
#: validity of a visitor's token in days
_DAYS = 30


class Visitor(Struct, frozen=True):
    """A token, what it is for (zh, en), and the address (path and query) to open with it."""

    zh: str
    en: str
    token: str
    path: str


def visitors(runtime: Runtime, *, made_by: str) -> list[Visitor]:
    """Three visitors, each with a new token."""

    def token(actor: str, role: str) -> str:
        return tokens.create(runtime, LOG, actor, role, made_by=made_by, days=_DAYS).token

    cadre, case = _busiest(runtime), _came_back(runtime)
    return [
        Visitor(f"干部 {cadre} 的待办：", f"the desk of {cadre}, a cadre:", token(cadre, "cadre"), f"/api/{LOG}/desk"),
        Visitor(
            f"督办领导 {_SUPERVISOR} 看全县数字：",
            f"the county's figures, for {_SUPERVISOR}, a supervisor:",
            token(_SUPERVISOR, "supervisor"),
            f"/api/{LOG}/projections/livelihood_figures?by=township",
        ),
        Visitor(
            f"审计员 {_AUDITOR} 回放办件 {case}：",
            f"case {case} step by step, for {_AUDITOR}, an auditor:",
            token(_AUDITOR, "auditor"),
            f"/api/{LOG}/cases/{case}/timeline",
        ),
    ]


def _busiest(runtime: Runtime) -> str:
    """The cadre of a township who holds most cases."""
    county = runtime.county(LOG, fresh=True)
    roster, on = county.roster, county.today
    rows = ask(runtime.engine, runtime.projection("cadre_workload"), LOG, Question(by=["cadre"])).rows
    for row in sorted(rows, key=lambda row: -row["held"]):
        cadre = roster.cadre(row["cadre"], on)
        unit = roster.unit(cadre.unit, on) if cadre else None
        if cadre and unit and unit.level == "township" and "cadre" in cadre.roles:
            return cadre.id
    raise LookupError("no cadre holds a case")


def _came_back(runtime: Runtime) -> str:
    """The number of a case that was reopened and solved again."""
    found = list_cases(runtime, LOG, "cases", Question(where={"round": "2", "outcome": "solved"}, limit=1))
    return str(found.rows[0]["number"])
