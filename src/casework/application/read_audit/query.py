"""Queries the access ledger by case, reader or day."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, or_, select, tuple_

from casework.application.access.actor import Actor
from casework.application.access.permissions import check_may
from casework.application.access.visibility import visibility_of
from casework.application.cases.find_case import find_case
from casework.application.read_audit.refusals import refused
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.runtime import Runtime
from casework.application.runtime.time_input import day as day_of
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.seal.reading_ledger import access_ledger

MOST = 500
_row = access_ledger.c
#: readings, each with the number of its case
_READINGS = select(access_ledger, case_now.c.number).outerjoin(
    case_now, and_(case_now.c.log == _row.log, case_now.c.stream == _row.stream)
)


class Access(Struct, frozen=True, kw_only=True):
    """One reading, and the number of the case where it was of one."""

    at: str
    actor: str
    role: str
    unit: str
    what: str
    stream: str
    number: str
    shown: int
    source: str
    operator: str
    reason: str
    request: str


class AccessPage(Struct, frozen=True, kw_only=True):
    """Readings, the latest first; `next` is the cursor of the page after this one, '' at the end."""

    log: str
    rows: list[Access]
    next: str = ""


def accesses(
    runtime: Runtime,
    log: str,
    who: Actor,
    *,
    case: str = "",
    actor: str = "",
    day: str = "",
    limit: int = 100,
    after: str = "",
) -> AccessPage:
    """Readings of what is sealed, for auditors and privacy officers; of an area's own, those of its cases alone."""
    check_may(who.role, "access-ledger.read")
    if not 1 <= limit <= MOST:
        raise refused("page-length", most=MOST)
    stream = find_case(runtime, log, case) if case else ""
    asked = [who.actor, who.role, who.area, stream, actor, day]
    start = place(asked, after, [str, str])
    scope = visibility_of(runtime.county(log), who)
    conditions: list[ColumnElement[bool]] = [_row.log == log]
    conditions += [_row.stream == stream] if stream else []
    conditions += [_row.actor == actor] if actor else []
    conditions += [_row.day == day_of(day)] if day else []
    if not scope.is_everything:
        conditions.append(and_(case_now.c.stream.is_not(None), or_(scope.listed())))
    if start is not None:
        conditions.append(tuple_(_row.day, _row.id) < tuple_(*start))
    with reading(runtime.engine) as db:
        query = _READINGS.where(*conditions)
        found = db.execute(query.order_by(_row.day.desc(), _row.id.desc()).limit(limit + 1)).mappings().all()
    last = [found[limit - 1]["day"], found[limit - 1]["id"]] if len(found) > limit else None
    return AccessPage(log=log, rows=[_access(row) for row in found[:limit]], next=cursor(asked, last))


def readers_of(runtime: Runtime, log: str, streams: list[str]) -> list[Access]:
    """Every reading of these cases, the earliest first: what a person is told who asks who read their data."""
    with reading(runtime.engine) as db:
        rows = db.execute(_READINGS.where(_row.log == log, _row.stream.in_(streams)).order_by(_row.day, _row.id))
        return [_access(row) for row in rows.mappings()]


def _access(row: Any) -> Access:
    members: dict[str, Any] = {name: row[name] for name in Access.__struct_fields__}
    members["number"] = row["number"] or ""
    return Access(**members)
