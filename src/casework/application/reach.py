"""Where a caller may act: in the area of the token and below it, and wherever the own unit has a part in the case.

Looked at by the writer, on the state and the roster on which the command itself is decided: nothing moves in between.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casework.application.problem import Problem
from casework.case.activity_state import ActivityState
from casework.case.commands import COUNTY_COMMANDS, Command
from casework.case.context import Context, RosterView
from casework.case.state import CaseState
from casework.roster.commands import COMMANDS as ROSTER_COMMANDS

#: they ask for themselves: whether a case is theirs is for the law to say
ANYWHERE = frozenset({"resident"})


class Reach(Struct, frozen=True):
    """What a token lets its caller act on.

    area   area code; '' is the whole county
    actor  `cadre/<id>` or `resident/<id>`
    unit   the actor's unit; '' without
    """

    area: str
    actor: str
    unit: str

    def check(self, command: Command, state: Any, context: Context) -> None:
        """Refuse what lies elsewhere; STATE is that of the command's own stream."""
        if not self.area or context.role in ANYWHERE:
            return
        if isinstance(state, CaseState) and self._has_part(state):
            return
        for place in self._places(command, state, context):
            if not is_within(context.roster, place, self.area, context.today):
                raise Problem(
                    "outside-area",
                    f"{place or '全县'} 不在令牌的范围 {self.area} 之内，本单位也未承办此事",
                    f"{place or 'the county as a whole'} lies outside {self.area}, which the token is for,"
                    " and your unit has no part in it",
                )

    def _has_part(self, state: CaseState) -> bool:
        """Whether the actor or the unit has the case, had it, shares it, or is asked to take it."""
        units = {state.unit, *(one.unit for one in state.co_handlers), *(one.unit for one in state.tenures)}
        people = {state.lead, *(one.cadre for one in state.co_handlers), *(one.lead for one in state.tenures)}
        if state.pending is not None:
            units.add(state.pending.to_unit)
        return self.actor in people or (bool(self.unit) and self.unit in units)

    def _places(self, command: Command, state: Any, context: Context) -> tuple[str, ...]:
        """The areas concerned; '' is the county as a whole."""
        if command.name in COUNTY_COMMANDS:
            return ("",)
        if command.name in ROSTER_COMMANDS:
            return (_of_roster(command, context),)
        if isinstance(state, CaseState | ActivityState):
            known = state.area or state.township
            asked = getattr(command, "area", "") if state.rev < 0 else ""
            # what has no place lies nowhere else
            return tuple(place for place in (known, asked) if place)
        return ()


def is_within(roster: RosterView, place: str, area: str, on: str) -> bool:
    """Whether PLACE is AREA or lies in it, as declared for that day; an unknown one is for the law to refuse."""
    if not place:
        return not area
    seen: set[str] = set()
    at = place
    while at and at not in seen:
        if at == area:
            return True
        seen.add(at)
        declared = roster.area(at, on)
        if declared is None:
            return at == place
        at = declared.parent
    return False


def _of_roster(command: Command, context: Context) -> str:
    """Where what is declared lies: of a new area that which it is put into, of a cadre the home of the unit."""
    if command.name == "declare-area":
        known = context.roster.area(command.area, context.today)  # type: ignore[attr-defined]
        return command.area if known else command.parent  # type: ignore[attr-defined]
    if area := getattr(command, "area", ""):
        return area
    if code := getattr(command, "unit", ""):
        unit = context.roster.unit(code, context.today)
        return unit.area if unit else ""
    return ""
