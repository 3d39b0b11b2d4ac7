"""Finds cases past the county's retention rules, and erases what is confirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec import UNSET, Struct
from msgspec.structs import replace
from sqlalchemy import Connection, func, select

from casework.application.access.actor import CLOCK, Actor
from casework.application.access.visibility import check_whole
from casework.application.commands.handle import Via
from casework.application.privacy.erase import erase, reach_of_case
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.county.privacy_events import LegalHoldPlaced, RetentionRule
from casework.log.schema import entry
from casework.seal.erasure import slices
from casework.seal.tables import sealed_key

_case = case_now.c
#: cases of one run, so that it does not block the log for long
MOST = 500
_ENDED = ("closed", "rejected", "withdrawn", "archived")


class Due(Struct, frozen=True, kw_only=True):
    """A case whose time is over: since when, and the hold that keeps it nonetheless, if any."""

    stream: str
    number: str
    category: str
    level: str
    ended_on: str
    due_on: str
    hold: str = ""
    held_until: str = ""


class Ran(Struct, frozen=True, kw_only=True):
    """What a run did: cases whose sealed parts it erased, and those that a hold kept."""

    erased: list[str]
    held: list[str]
    keys: int


def due(runtime: Runtime, log: str, who: Actor | None = None) -> list[Due]:
    """Cases whose time is over and in which something is sealed still, the longest over first."""
    county = runtime.county(log, fresh=True)
    if who is not None:
        check_whole(county, who, "privacy.find")
    day, rules = county.today, county.state.retention
    if not rules:
        return []
    holds = [one for one in county.state.holds if day < one.until]
    with reading(runtime.engine) as db:
        found = [_held(one, holds) for one in _over(db, log, rules, day)]
        kept = [one for one in found if _has_sealed(runtime, db, log, one.stream)]
    return sorted(kept, key=lambda one: (one.due_on, one.number))


def run(runtime: Runtime, log: str, *, operator: str = "", most: int = MOST) -> Ran:
    """Erase what is over, as the clock: one entry for each case; what is on hold stays. Run again, it does nothing."""
    over = due(runtime, log)
    erased: list[str] = []
    keys = 0
    for one in [one for one in over if not one.hold][:most]:
        reach = reach_of_case(runtime, log, one.stream)
        if not reach.kids:
            continue
        id = f"clock/{one.stream}/retention/{len(reach.kids)}/{one.due_on}"
        erase(runtime, log, reach, actor=CLOCK, basis="retention_over", via=Via("timer", operator), command_id=id)
        erased.append(one.number)
        keys += len(reach.kids)
    return Ran(erased=erased, held=[one.number for one in over if one.hold], keys=keys)


def rule_for(rules: Sequence[RetentionRule], category: str, level: str) -> RetentionRule | None:
    """The rule that says most about such a case: of category and level, of the category, of the level, of all."""
    by: Mapping[tuple[str, str], RetentionRule] = {(rule.category, rule.level): rule for rule in rules}
    for about in ((category, level), (category, ""), ("", level), ("", "")):
        if about in by:
            return by[about]
    return None


def _over(db: Connection, log: str, rules: Sequence[RetentionRule], day: str) -> Iterator[Due]:
    shortest = min(rule.days for rule in rules)
    ended = _day_after(day, -shortest)
    query = select(
        _case.stream, _case.number, _case.category, _case.confidentiality, _case.status, _case.closed_on
    ).where(_case.log == log, _case.status.in_(_ENDED), _case.registered_on <= ended)
    for row in db.execute(query).all():
        rule = rule_for(rules, row.category, row.confidentiality)
        if rule is None or (rule.counted_from == "archived" and row.status != "archived"):
            continue
        on = _ended_on(db, log, row.stream) if rule.counted_from == "archived" or not row.closed_on else row.closed_on
        due_on = _day_after(on, rule.days)
        if due_on <= day:
            yield Due(
                stream=row.stream,
                number=row.number,
                category=row.category,
                level=row.confidentiality,
                ended_on=on,
                due_on=due_on,
            )


def _ended_on(db: Connection, log: str, stream: str) -> str:
    """The day on which a case was archived, or else rejected or withdrawn, as recorded."""
    ends = ("case-archived.v1", "case-rejected.v1", "case-withdrawn.v1", "case-closed.v1")
    of = entry.c
    last = select(func.max(of.recorded_on)).where(of.log == log, of.stream == stream, of.type.in_(ends))
    whole = select(func.max(of.recorded_on)).where(of.log == log, of.stream == stream)
    return db.scalar(last) or db.scalar(whole) or "9999-01-01"


def _has_sealed(runtime: Runtime, db: Connection, log: str, stream: str) -> bool:
    entries = runtime.store.read_stream(log, stream)
    kids = [part.kid for one in entries if one.sealed is not UNSET for part in one.sealed]
    of = sealed_key.c
    return any(db.scalar(select(of.kid).where(of.log == log, of.kid.in_(some)).limit(1)) for some in slices(kids))


def _held(one: Due, holds: Sequence[LegalHoldPlaced]) -> Due:
    hold = max((hold for hold in holds if one.stream in hold.streams), key=lambda hold: hold.until, default=None)
    if hold is None:
        return one
    return replace(one, hold=hold.hold, held_until=hold.until)


def _day_after(day: str, days: int) -> str:
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return "9999-12-31" if days > 0 else "0001-01-01"
