"""Lists what open cases lose by a roster change: cadre, unit or place's cadre.

Both rosters, as it is and as it would be, are asked of today and of each later day on which the change takes effect; a
case counts where the first still has somebody and the second has nobody any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct
from sqlalchemy import select

from casework.application.access.actor import Actor
from casework.application.access.visibility import visibility_of
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.roster.directory import Directory

Kind = Literal["cadre", "unit", "responsible", "township", "category"]
#: days compared at most: the first ones, and the last
_DAYS = 24


class Loss(Struct, frozen=True):
    """Open cases that lose one thing.

    kind   cadre: who leads holds no post in the leading unit any more; unit: the leading unit is no more;
           responsible: who leads does not answer for the place any more; township: the place comes to another
           township; category: the category is no more
    code   what they lose
    on     first day on which that is so
    cases  their numbers
    """

    kind: Kind
    code: str
    on: str
    cases: list[str]


class Losses(Struct, frozen=True):
    """Every loss, the largest first; and how many different cases lose anything."""

    found: list[Loss] = []
    cases: int = 0


class _Case(Struct, frozen=True):
    number: str
    area: str
    unit: str
    lead: str
    category: str


def losses(runtime: Runtime, log: str, who: Actor, before: Directory, after: Directory, days: Iterable[str]) -> Losses:
    """What open cases that WHO sees lose between two rosters."""
    if before.edition == after.edition:
        return Losses()
    now = runtime.county(log).today
    later = sorted(day for day in set(days) if day > now)
    asked = [now, *later] if len(later) < _DAYS else [now, *later[: _DAYS - 2], later[-1]]
    first: dict[tuple[Kind, str], str] = {}
    losing: dict[tuple[Kind, str], list[str]] = {}
    cases = _open_cases(runtime, log, who)
    for case in cases:
        seen: set[tuple[Kind, str]] = set()
        for on in asked:
            for loss in _lost(case, before, after, on):
                if loss not in seen:
                    seen.add(loss)
                    losing.setdefault(loss, []).append(case.number)
                    first[loss] = min(on, first.get(loss, on))
    found = [Loss(*loss, first[loss], numbers) for loss, numbers in losing.items()]
    found.sort(key=lambda loss: (-len(loss.cases), loss.kind, loss.code))
    return Losses(found, len({number for loss in found for number in loss.cases}))


def _open_cases(runtime: Runtime, log: str, who: Actor) -> list[_Case]:
    of = case_now.c
    open_ = select(of.number, of.area, of.unit, of.lead, of.category).where(
        of.log == log, of.status.in_(OPEN_STATUSES), visibility_of(runtime.county(log), who).listed()
    )
    with reading(runtime.engine) as db:
        return [_Case(*row) for row in db.execute(open_.order_by(of.number))]


def _lost(case: _Case, before: Directory, after: Directory, on: str) -> Iterator[tuple[Kind, str]]:
    if case.unit and before.unit(case.unit, on) and not after.unit(case.unit, on):
        yield "unit", case.unit
    if case.lead and _serves(before, case, on):
        if not _serves(after, case, on):
            yield "cadre", case.lead
        elif _answers(before, case, on) and not _answers(after, case, on):
            yield "responsible", case.lead
    if case.area and (was := before.township_of(case.area, on)) and after.township_of(case.area, on) != was:
        yield "township", was
    if case.category and before.category(case.category, on) and not after.category(case.category, on):
        yield "category", case.category


def _serves(roster: Directory, case: _Case, on: str) -> bool:
    """Whether who leads is in post, in the unit that leads."""
    return any(post.unit == case.unit for post in roster.posts(case.lead, on))


def _answers(roster: Directory, case: _Case, on: str) -> bool:
    return bool(case.area) and case.lead in roster.responsible_for(case.area, on)
