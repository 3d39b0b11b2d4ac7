"""Checks whether a caller may act on a case, survey, finding or place.

Looked at by the writer, on the state and the roster on which the command itself is decided: nothing moves in between.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casework.application.access.refusals import refused
from casework.application.access.visibility import Visibility, outside
from casework.law.command import Command
from casework.law.context import HISTORY, Context, RosterView
from casework.law.kinds import KIND_OF, Kind, kind_of
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
        for stream, other in context.others.items():
            if stream != HISTORY:
                self._check_seen(kind_of(stream), other)
        kind = KIND_OF[command.name]
        if self._check_seen(kind, state, command.name) or not self.area:
            return
        if kind.seen and self.scope.is_everything:
            return  # a token for the county's own area sees all of it, and what is begun may lie nowhere else
        for place in kind.places(command, state, context):
            if not is_within(context.roster, place, self.area, context.today):
                raise refused(
                    "outside-your-area/token",
                    place=Text(place or "全县", place or "the county as a whole"),
                    area=self.area,
                )

    def _check_seen(self, kind: Kind, state: Any, command: str = "") -> bool:
        """Whether it is a thing of a kind that not everybody sees, and is there; refused where they do not see it."""
        if not kind.seen or state.rev < 0:
            return False
        sees = self.scope.may_act_on(state, command) if kind.seen == "case" else self.scope.sees_thing(kind.name, state)
        if not sees:
            raise outside(self.scope.who, kind.name, state)
        return True


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
