"""Change table and lines of the roster: what holds, from which day to which.

A declaration may reach back or ahead of the day on which it is recorded, and a later one may take back what was to
hold. So a line is dated by the day on which something begins or ceases to hold, and an entry has one for every such
day that it brings (weight +1) or takes back (weight −1): none where it changes a name alone.
"""

from __future__ import annotations

from collections import Counter

from casework.change.columns import CONFIDENTIALITY, FOR_SCOPE, Lines, Tail, change_table
from casework.database.metadata import texts, wholes
from casework.law.event import Recorded
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    ResponsibilityAssigned,
    UnitDeclared,
)
from casework.law.roster.state import Declared, Timeline

#: facts of what holds, in the order of the columns of `roster_change`
ROSTER_FACTS: tuple[str, ...] = (
    "thing", "code", "level", "kind", "parent", "area", "township", "unit", "cadre", "post", "duty", "reporter",
    "confidentiality",
)  # fmt: skip
roster_change = change_table(
    "roster_change",
    texts(
        " ".join(ROSTER_FACTS),
        thing="area, unit, cadre, category or responsibility",
        code="code or id of the thing",
        level="level of an area or unit",
        kind="what a unit is: office, station, …; of a cadre's post: main or also (one held beside it)",
        parent="what it lies in or under",
        area="the area itself; of a unit its home, of a responsibility the place answered for",
        township="township of that area on the first day",
        unit="the unit itself; of a post its unit, of a responsibility the cadre's unit on its first day",
        cadre="whose post or responsibility",
        post="code of the post",
        duty="contract 包保, grid 网格员, co 协办 or link 挂联",
        reporter="as whom a cadre reports: courier, grid_worker, …",
        confidentiality=FOR_SCOPE,
    ),
    wholes(
        step="+1 holds from that day on, −1 no more",
        began="1 where it begins to hold",
        ended="1 where it ceases to",
    ),
    effective_on="day on which it begins or ceases to hold; it may lie ahead",
    comment="What holds of places, units, people and responsibilities, and from which day it no longer does.",
)
#: a day, +1 or −1, and the facts that begin or cease to hold on it
_Edge = tuple[str, int, tuple[str, ...]]


def roster_lines(r: Recorded, before: Timeline, after: Timeline) -> Lines:
    """The lines of one entry by day, what ceases before what begins."""
    was, now = _edges(r.stream, before), _edges(r.stream, after)
    lines: list[tuple[int, Tail]] = []
    for edge in sorted(was | now):
        moved = now[edge] - was[edge]
        day, step, facts = edge
        tail = (day, *facts, step, int(step > 0), int(step < 0))
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
