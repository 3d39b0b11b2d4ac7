"""Lists gaps of the roster: places without a cadre, work of absent cadres."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import func, select

from casework.application.access.actor import Actor
from casework.application.access.visibility import Visibility, visibility_of
from casework.application.roster.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.context import ROLES
from casework.law.roster.directory import Directory
from casework.text import term

#: kind → its words in both languages
KINDS: dict[str, tuple[str, str]] = {
    "uncovered": ("无人包保的村民小组", "village group that nobody answers for"),
    "unit-ended": ("单位已撤并，仍有未办结的办件", "unit that is no more, with open cases"),
    "township-ended": ("乡镇已撤并，仍有未办结的办件", "township that is no more, with open cases"),
    "lead-left": ("主办干部已不在主办单位，仍有未办结的办件", "lead who has left the unit, with open cases"),
    "without-lead": ("已派单而没有主办干部", "sent to a unit, and nobody leads"),
    "duty-left": ("包保干部已不在任", "duty of somebody who has left"),
    "duty-nowhere": ("包保的区域已撤并", "duty for a place that is no more"),
}


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to see to.

    kind   one of KINDS
    what   code of the place, unit, cadre or responsibility
    label  its name; '' where it has none
    unit   of a lead who has left: the unit that leads
    cases  open cases concerned; 0 where none are
    now    what has taken its place; '' where nothing has
    """

    kind: str
    zh: str
    en: str
    what: str
    label: str = ""
    unit: str = ""
    cases: int = 0
    now: str = ""


def findings(runtime: Runtime, log: str, who: Actor | None = None, on: str = "") -> list[Finding]:
    """What is left open on a day (today), of what WHO sees; the machine's operator, who is nobody, sees everything."""
    county = runtime.county(log, fresh=True)
    roster, day = county.roster, on or county.today
    if who is None:
        scope = Visibility(Actor("system/operator", "administrator"), ({},))
    else:
        scope = visibility_of(county, who)
        if not scope.among:
            raise refused("outside-your-area", actor=who.actor, role=term(ROLES, who.role))
    towns = _towns(scope)
    found = [*_places(roster, day, towns), *_work(runtime, log, roster, day, scope), *_duties(roster, day, towns)]
    return sorted(found, key=lambda one: ([*KINDS].index(one.kind), one.what, one.unit))


def _towns(scope: Visibility) -> frozenset[str] | None:
    """The townships whose places are seen; None for all."""
    if scope.is_everything:
        return None
    return frozenset(code for condition in scope.among for code in condition.get("township", ()))


def _finding(kind: str, what: str, roster: Directory, thing: str = "", **more: str | int) -> Finding:
    zh, en = KINDS[kind]
    label = roster.labels(thing).get(what, "") if thing else ""
    return Finding(kind=kind, zh=zh, en=en, what=what, label=label, **more)  # type: ignore[arg-type]


def _places(roster: Directory, day: str, towns: frozenset[str] | None) -> Iterator[Finding]:
    for code in roster.codes("area", day):
        place = roster.area(code, day)
        if place is None or place.level != "group" or roster.answering(code, day) is not None:
            continue
        if towns is None or roster.township_of(code, day) in towns:
            zh, en = KINDS["uncovered"]
            yield Finding(kind="uncovered", zh=zh, en=en, what=code, label=place.label)


def _work(runtime: Runtime, log: str, roster: Directory, day: str, scope: Visibility) -> Iterator[Finding]:
    case = case_now.c
    whose = (case.township, case.unit, case.lead)
    with reading(runtime.engine) as db:
        where = (case.log == log, case.status.in_(OPEN_STATUSES), scope.listed())
        rows = db.execute(select(*whose, func.count()).where(*where).group_by(*whose)).all()
    townships: dict[str, int] = {}
    units: dict[str, int] = {}
    leads: dict[tuple[str, str], int] = {}
    for township, unit, lead, number in rows:
        if township and roster.area(township, day) is None:
            townships[township] = townships.get(township, 0) + number
        if unit and roster.unit(unit, day) is None:
            units[unit] = units.get(unit, 0) + number
        if not unit:
            continue
        post = roster.cadre(lead, day) if lead else None
        if not lead or post is None or (roster.successor("unit", unit, day) or unit) not in post.units:
            leads[lead, unit] = leads.get((lead, unit), 0) + number
    for code, number in townships.items():
        now = roster.successor("area", code, day)
        yield _finding("township-ended", code, roster, "area", cases=number, now=now)
    for code, number in units.items():
        yield _finding("unit-ended", code, roster, "unit", cases=number, now=roster.successor("unit", code, day))
    for (lead, unit), number in leads.items():
        if lead:
            yield _finding("lead-left", lead, roster, unit=unit, cases=number)
        else:
            yield _finding("without-lead", unit, roster, "unit", cases=number)


def _duties(roster: Directory, day: str, towns: frozenset[str] | None) -> Iterator[Finding]:
    for id, said in roster.responsibilities(day).items():
        if towns is not None and said.township not in towns:
            continue
        if roster.cadre(said.cadre, day) is None:
            yield _finding("duty-left", id, roster)
        elif roster.area(said.area, day) is None:
            yield _finding("duty-nowhere", id, roster, now=roster.successor("area", said.area, day))
