"""Checks whether a caller may act on a case, survey, finding or place.

Looked at by the writer, on the state and the roster on which the command itself is decided: nothing moves in between.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casework.application.access.refusals import refused
from casework.application.access.visibility import Visibility, outside, outside_finding, outside_survey
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context, RosterView
from casework.law.findings.commands import RecordFinding
from casework.law.findings.state import FindingState
from casework.law.kinds import KIND_OF, ROSTER_KINDS
from casework.law.surveys.state import SurveyState
from casework.text import Text


class ActionCheck(Struct, frozen=True):
    """What a caller may act on.

    scope  which cases they see
    area   area code that the token is for; '' is the whole county
    """

    scope: Visibility
    area: str

    def check(self, command: Command, state: Any, context: Context) -> None:
        """Refuse what lies elsewhere; STATE is that of the command's own stream."""
        # what the law says of another case that is named (merged into, followed, linked) would tell how it stands
        for other in context.others.values():
            self._check_survey(other)
            if isinstance(other, CaseState) and other.rev >= 0 and not self.scope.may_act_on(other):
                raise outside(self.scope.who, other)
        if isinstance(state, CaseState) and state.rev >= 0:
            if not self.scope.may_act_on(state, command.name):
                raise outside(self.scope.who, state)
            return
        if self._check_survey(state) or self._check_finding(state) or not self.area:
            return
        if isinstance(state, FindingState) and self.scope.is_everything:
            return  # a token for the county's own area sees all of it, and what is found may lie nowhere else
        for place in _places(command, state, context):
            if not is_within(context.roster, place, self.area, context.today):
                raise refused(
                    "outside-your-area/token",
                    place=Text(place or "全县", place or "the county as a whole"),
                    area=self.area,
                )

    def _check_survey(self, state: Any) -> bool:
        """Whether it is a survey that there is, which they then must see."""
        if not isinstance(state, SurveyState) or state.rev < 0:
            return False
        if not self.scope.sees_survey(state):
            raise outside_survey(self.scope.who, state)
        return True

    def _check_finding(self, state: Any) -> bool:
        """Whether it is a finding that there is, which they then must see."""
        if not isinstance(state, FindingState) or state.rev < 0:
            return False
        if not self.scope.sees_finding(state):
            raise outside_finding(self.scope.who)
        return True


def _places(command: Command, state: Any, context: Context) -> tuple[str, ...]:
    """The areas concerned; '' is the county as a whole, and what has no place lies nowhere else."""
    if KIND_OF[command.name].name == "county":
        return ("",)
    if KIND_OF[command.name].name in ROSTER_KINDS:
        return (_of_roster(command, context),)
    if isinstance(command, RecordFinding):
        return _of_finding(command, context)
    known = getattr(state, "area", "") or getattr(state, "township", "")
    asked = getattr(command, "area", "")
    return tuple(place for place in (known, asked) if place)


def _of_finding(command: RecordFinding, context: Context) -> tuple[str, ...]:
    """Where a new finding lies: with the unit that it concerns, or nowhere when it is about a case they see."""
    if command.case:
        return ()
    unit = context.roster.unit(command.unit, context.today) if command.unit else None
    return (unit.area if unit else "",)


def _of_roster(command: Any, context: Context) -> str:
    """Where what is declared lies: of a new area that which it is put into, of a cadre the home of the unit."""
    if command.name == "declare-area":
        return command.area if context.roster.area(command.area, context.today) else command.parent
    if area := getattr(command, "area", ""):
        return area
    unit = context.roster.unit(getattr(command, "unit", ""), context.today)
    return unit.area if unit else ""


def is_within(roster: RosterView, place: str, area: str, on: str) -> bool:
    """Whether PLACE is AREA or lies in it, as declared for that day; an unknown one is for the law to refuse."""
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
