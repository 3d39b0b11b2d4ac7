"""Splits one township in two: preview, then declarations in order.

Nothing that happened is touched. The new township is declared, then each village that goes over gets it as its parent,
and each unit that goes with them comes to lie in it. A split that was stopped half-way is gone through with by asking
for it again: what is declared already is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from casework.application.roster import redraw
from casework.application.roster.redraw import Step
from casework.application.roster.refusals import refused
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.roster.directory import Directory


class Split(Struct, frozen=True, kw_only=True):
    """What taking a new township out of another takes, and what it finds.

    steps       declarations in their order, the new township's own first
    open_cases  open cases of the villages that go over: they stay with the township of then
    held_by     unit → open cases of those villages that it has in hand, and keeps until they are transferred
    left        units that lie in the township, have open cases of those villages, and do not go over
    """

    township: str
    new: str
    from_: str = msgspec.field(name="from")
    steps: list[Step]
    open_cases: int
    held_by: dict[str, int]
    left: list[str]


def plan(
    runtime: Runtime,
    log: str,
    township: str,
    new: str,
    label: str,
    from_: str,
    areas: Sequence[str],
    units: Sequence[str] = (),
) -> Split:
    """What it takes that AREAS, which lie in TOWNSHIP, form the township NEW from the day FROM_ on, with UNITS."""
    roster = runtime.county(log, fresh=True).roster
    redraw.check_township(roster, township, from_)
    said = dict(redraw.areas(roster, from_))
    steps: list[Step] = []
    if _is_new(roster, new, said[township].parent, label, from_):
        steps.append(redraw.area(new, said[township], from_, label=label, until="", successor=""))
    stay = {code for code, one in said.items() if one.parent == township} - set(areas)
    if not areas or not stay:
        raise refused("nothing-left", township=township)
    parents = {code: one.parent for code, one in said.items()}
    go = [code for code in dict.fromkeys(areas) if _goes(roster, code, parents.get(code, ""), township, new, from_)]
    steps += [redraw.area(code, said[code], from_, parent=new) for code in go]
    lying = dict(redraw.units(roster, from_))
    for code in dict.fromkeys(units):
        if code not in lying or lying[code].area not in (township, new):
            here = [one for one, unit in lying.items() if unit.area == township]
            raise unknown(refused, "unknown-unit", code, here, township=township)
        if lying[code].area == township:
            redraw.check_last_declared(roster, [f"unit/{code}"], from_)
            steps.append(redraw.unit(code, lying[code], from_, area=new))
    inside = sorted(set().union(*(roster.below(code, from_) for code in areas)))
    case = case_now.c
    where = (case.log == log, case.area.in_(inside), case.status.in_(OPEN_STATUSES))
    with reading(runtime.engine) as db:
        found = db.execute(select(case.unit, func.count()).where(*where).group_by(case.unit)).all()
    held = dict(found)
    return Split(
        township=township,
        new=new,
        from_=from_,
        steps=steps,
        open_cases=sum(held.values()),
        held_by={unit: number for unit, number in held.items() if unit},
        left=sorted(one for one in held if one in lying and lying[one].area == township and one not in units),
    )


def _is_new(roster: Directory, new: str, county: str, label: str, from_: str) -> bool:
    """Whether the township is still to be declared; one that is there under that name was, by the same split."""
    there = roster.area(new, from_)
    if there is None and not roster.timeline(f"area/{new}").said:
        return True
    if there is not None and (there.level, there.parent, there.label) == ("township", county, label):
        return False
    raise refused("code-taken", new=new)


def _goes(roster: Directory, code: str, parent: str, township: str, new: str, from_: str) -> bool:
    """Whether it still has to go over; Problem for what does not lie directly in the township."""
    if parent == new:
        return False
    if parent != township:
        here = [one for one, said in redraw.areas(roster, from_) if said.parent == township]
        raise unknown(refused, "unknown-area", code, here, township=township)
    redraw.check_last_declared(roster, [f"area/{code}"], from_)
    return True
