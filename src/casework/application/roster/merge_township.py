"""Merges one township into another: preview, then declarations in order.

Nothing that happened is touched. Villages and units are declared anew from that day, and the township's own declaration
gets its last day and says what takes its place. It ends last of all, so that a merger that was stopped half-way is
gone through with by asking for it again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from casework.application.roster import redraw
from casework.application.roster.redraw import Step
from casework.application.roster.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.roster.directory import Directory
from casework.law.roster.events import CadreDeclared


class Merger(Struct, frozen=True, kw_only=True):
    """What merging one township into another takes, and what it finds.

    steps       declarations in their order, the township's own last
    open_cases  open cases of the township, which stay under its name of then and are seen by the other from that day
    handed_on   unit that ends → its open cases, which the unit that takes its place assigns anew
    """

    township: str
    into: str
    from_: str = msgspec.field(name="from")
    steps: list[Step]
    open_cases: int
    handed_on: dict[str, int]


def plan(
    runtime: Runtime, log: str, township: str, into: str, from_: str, units: Mapping[str, str] | None = None
) -> Merger:
    """What it takes to merge TOWNSHIP into INTO from the day FROM_ on; UNITS of it that go into others: old → new."""
    roster, units = runtime.county(log, fresh=True).roster, dict(units or {})
    _check(roster, township, into, from_, units)
    steps = [
        redraw.area(code, said, from_, parent=into)
        for code, said in redraw.areas(roster, from_)
        if said.parent == township
    ]
    ending: list[Step] = []
    for code, said in redraw.units(roster, from_):
        parent = units.get(said.parent, said.parent)
        area = into if said.area == township else said.area
        if code in units:
            ending.append(redraw.unit(code, said, said.from_, until=from_, successor=units[code]))
        elif (parent, area) != (said.parent, said.area):
            steps.append(redraw.unit(code, said, from_, parent=parent, area=area))
    if units:
        steps += [_cadre(cadre, said, from_, units) for cadre, said in _cadres(roster, from_, units)]
    for stream in roster.responsibilities(from_, area=township):
        ended = {"responsibility": stream, "from": from_, "reason": "redrawn"}
        steps.append(Step(command="end-responsibility", members=ended))
    (own,) = (said for code, said in redraw.areas(roster, from_) if code == township)
    last = redraw.area(township, own, own.from_, until=from_, successor=into)
    case = case_now.c
    with reading(runtime.engine) as db:
        where = (case.log == log, case.township == township, case.status.in_(OPEN_STATUSES))
        left = db.scalar(select(func.count()).where(*where)) or 0
        held = select(case.unit, func.count()).where(case.log == log, case.status.in_(OPEN_STATUSES))
        found = db.execute(held.where(case.unit.in_(list(units))).group_by(case.unit)).all()
    return Merger(
        township=township,
        into=into,
        from_=from_,
        steps=[*steps, *ending, last],
        open_cases=left,
        handed_on=dict(found),
    )


def _check(roster: Directory, township: str, into: str, from_: str, units: Mapping[str, str]) -> None:
    for code in (township, into):
        redraw.check_township(roster, code, from_)
    if township == into:
        raise refused("same-township")
    for old, new in units.items():
        if roster.unit(old, from_) is None or roster.unit(new, from_) is None or new in units:
            raise refused("unknown-unit/successor", old=old, new=new, start=from_, nearest=roster.nearest("unit", old))
    redraw.check_last_declared(roster, [f"area/{township}", *(f"unit/{old}" for old in units)], from_)


def _cadres(roster: Directory, on: str, units: Mapping[str, str]) -> list[tuple[str, CadreDeclared]]:
    return [
        (code, said)
        for code, said in roster.declared("cadre", on).items()
        if isinstance(said, CadreDeclared) and not {said.unit, *(held.unit for held in said.also)}.isdisjoint(units)
    ]


def _cadre(code: str, said: CadreDeclared, from_: str, units: Mapping[str, str]) -> Step:
    """The cadre with every post in the unit that took the place of its own; two that come together are one post."""
    posts: dict[str, dict[str, Any]] = {}
    own: dict[str, Any] = {"unit": said.unit, "post": said.post, "roles": said.roles}
    for held in (own, *map(msgspec.to_builtins, said.also)):
        unit = units.get(held["unit"], held["unit"])
        roles = held.get("roles", ("cadre",))
        if unit in posts:
            posts[unit]["roles"] = sorted({*posts[unit]["roles"], *roles})
        else:
            posts[unit] = {"unit": unit, "post": held.get("post", ""), "roles": list(roles)}
    main, *also = posts.values()
    members = {"cadre": code, **redraw.as_said(said), "from": from_, **main, "also": also}
    return Step(command="declare-cadre", members=members)
