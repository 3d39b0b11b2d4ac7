"""Change lines of the roster: what holds, from which day to which.

A declaration may reach back or ahead of the day on which it is recorded, and a later one may take back what was to
hold. So a line is dated by the day on which something begins or ceases to hold, and an entry has one for every such
day that it brings (weight +1) or takes back (weight −1): none where it changes a name alone.
"""

from __future__ import annotations

from collections import Counter

from casework.change.activity_lines import CONFIDENTIALITY
from casework.change.case_lines import Tail
from casework.law.event import Recorded
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    ResponsibilityAssigned,
    UnitDeclared,
)
from casework.law.roster.state import Declared, Timeline

#: kinds of stream that these lines are about
THINGS = ("area", "unit", "cadre", "category", "responsibility")
#: facts of what holds, in the order of the columns of `roster_change`
ROSTER_FACTS: tuple[str, ...] = (
    "thing", "code", "level", "kind", "parent", "area", "township", "unit", "cadre", "post", "duty", "reporter",
    "confidentiality",
)  # fmt: skip
#: a day, +1 or −1, and the facts that begin or cease to hold on it
_Edge = tuple[str, int, tuple[str, ...]]


def roster_tails(r: Recorded, before: Timeline, after: Timeline) -> list[tuple[int, Tail]]:
    """The lines of `roster_change` of one entry, each with its weight: by day, what ceases before what begins."""
    was, now = _edges(r.stream, before), _edges(r.stream, after)
    start = (r.seq, r.stream, r.rev, r.event.name, r.actor, r.role, r.unit, r.counts_for, r.occurred_on)
    lines: list[tuple[int, Tail]] = []
    for edge in sorted(was | now):
        moved = now[edge] - was[edge]
        day, step, facts = edge
        tail = (*start, day, *facts, step, int(step > 0), int(step < 0))
        lines += [(1 if moved > 0 else -1, tail)] * abs(moved)
    return lines


def _edges(stream: str, timeline: Timeline) -> Counter[_Edge]:
    """Every day on which something of a stream begins or ceases to hold; what goes on unchanged has none."""
    found: Counter[_Edge] = Counter()
    for place, said in enumerate(timeline.said):
        next_ = timeline.said[place + 1].from_ if place + 1 < len(timeline.said) else ""
        if next_ == said.from_ or not isinstance(said.event, Declared):
            continue  # said anew for the same day, or an end
        end = min((day for day in (said.event.until, next_) if day), default="")
        for facts in _facts(stream, said.event):
            found[said.from_, 1, facts] += 1
            if end:
                found[end, -1, facts] += 1
    for day, step, facts in list(found):
        both = min(found[day, 1, facts], found[day, -1, facts])
        if step > 0 and both:
            found[day, 1, facts] -= both
            found[day, -1, facts] -= both
    return +found


def _facts(stream: str, event: Declared) -> list[tuple[str, ...]]:
    """The facts of what a declaration says: one tuple, or one for each post of a cadre."""
    thing, _, code = stream.partition("/")
    kinds: list[dict[str, str]]
    match event:
        case AreaDeclared():
            kinds = [{"level": event.level, "parent": event.parent, "area": code, "township": event.township}]
        case UnitDeclared():
            kinds = [
                {
                    "level": event.level,
                    "kind": event.kind,
                    "parent": event.parent,
                    "area": event.area,
                    "township": event.township,
                    "unit": code,
                }
            ]
        case CadreDeclared():
            held = [(event.unit, event.post), *((post.unit, post.post) for post in event.also)]
            whose = {"cadre": stream, "township": event.township, "reporter": event.reporter}
            kinds = [
                {**whose, "unit": unit, "post": post, "kind": "main" if place == 0 else "also"}
                for place, (unit, post) in enumerate(held)
            ]
        case CategoryDeclared():
            kinds = [{"parent": event.parent}]
        case ResponsibilityAssigned():
            kinds = [
                {
                    "area": event.area,
                    "township": event.township,
                    "unit": event.unit,
                    "cadre": event.cadre,
                    "duty": event.duty,
                }
            ]
    known = {"thing": thing, "code": code, "confidentiality": CONFIDENTIALITY}
    return [tuple({**known, **facts}.get(name, "") for name in ROSTER_FACTS) for facts in kinds]
