"""What one stream of the roster declared, and which declaration holds on a day."""

from __future__ import annotations

from bisect import bisect_right

from msgspec import Struct

from casework.law.event import Recorded
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    ResponsibilityAssigned,
    ResponsibilityEnded,
    UnitDeclared,
)

Declared = AreaDeclared | UnitDeclared | CadreDeclared | CategoryDeclared | ResponsibilityAssigned
Told = Declared | ResponsibilityEnded


class Said(Struct, frozen=True, gc=False):
    """One declaration, with the revision that recorded it."""

    from_: str
    rev: int
    event: Told


class Timeline(Struct, frozen=True, kw_only=True):
    """Every declaration of a stream, by the day from which it holds; of one day's, the later recorded last.

    The order in which declarations arrive changes nothing, except that the later recorded of two for the same day wins.
    """

    rev: int = -1
    said: tuple[Said, ...] = ()

    def told(self, on: str) -> Said | None:
        """The last declaration that took effect on or before a day, whether or not it has run out since."""
        at = bisect_right(self.said, on, key=_from)
        return self.said[at - 1] if at else None

    def holding(self, on: str) -> tuple[int, Declared] | None:
        """What holds on a day, and the revision that said so; None before the first, after an end or a last day."""
        said = self.told(on)
        if said is None or isinstance(said.event, ResponsibilityEnded):
            return None
        return None if said.event.until and said.event.until <= on else (said.rev, said.event)


def evolve(state: Timeline, recorded: Recorded) -> Timeline:
    """The timeline with one more entry; entries that declare nothing only move the revision."""
    event = recorded.event
    if not isinstance(event, Told):
        return Timeline(rev=recorded.rev, said=state.said)
    at = bisect_right(state.said, event.from_, key=_from)
    said = Said(event.from_, recorded.rev, event)
    return Timeline(rev=recorded.rev, said=(*state.said[:at], said, *state.said[at:]))


def _from(said: Said) -> str:
    return said.from_
