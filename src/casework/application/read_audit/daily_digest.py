"""Fixes each past day of the access ledger by an entry."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, func, select

from casework.application.access.actor import CLOCK, Actor
from casework.application.commands.handle import TIMER, handle, request_of
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, local_date, shifted
from casework.database.engine import reading
from casework.law.county.privacy_events import AccessDigested
from casework.log import codec
from casework.seal.reading_ledger import access_ledger

#: minutes after midnight from which a day is fixed: its last row is on the disk by then
GRACE = 5
#: days that one run fixes at most
MOST = 400
_CLOCK = SystemClock()
_row = access_ledger.c
_COLUMNS = tuple(column for column in access_ledger.columns if column.name != "log")
_encode = msgspec.json.Encoder().encode


class Day(Struct, frozen=True):
    """What a day comes to: rows, and the end of the hash chain over them."""

    day: str
    rows: int
    sha256: str


def measured(db: Connection, log: str, day: str) -> Day:
    """The day as its rows are now.

    The chain begins with SHA-256 of log and day; each link is SHA-256 of the one before and the row as a JSON list.
    """
    link = hashlib.sha256(f"casework/access/v1\n{log}\n{day}".encode()).digest()
    rows = 0
    for row in db.execute(select(*_COLUMNS).where(_row.log == log, _row.day == day).order_by(_row.id)):
        link = hashlib.sha256(link + _encode(list(row))).digest()
        rows += 1
    return Day(day, rows, link.hex())


def fix(runtime: Runtime, log: str) -> list[Day]:
    """Fix every day that is over and not fixed yet, each by an entry; two who do so write nothing twice."""
    county = runtime.county(log, fresh=True)
    over = local_date(shifted(_CLOCK.now(), -timedelta(minutes=GRACE)), county.zone)
    last = county.state.digested_on
    with reading(runtime.engine) as db:
        first = last or db.scalar(select(func.min(_row.day)).where(_row.log == log))
        if first is None:
            return []
        days = [measured(db, log, day) for day in _days(first, over, after=bool(last))]
    for one in days:
        id = f"clock/county/{log}/access-digest/0/{one.day}"
        handle(runtime, request_of(Actor(CLOCK, "clock"), TIMER, log, "digest-access", msgspec.structs.asdict(one), id))
    return days


def altered(runtime: Runtime, log: str, last: int | None = None) -> list[tuple[Day, Day]]:
    """Fixed days whose rows are others by now: as the entry says, and as they are. LAST looks at so many days only."""
    events = [codec.recorded(entry).event for entry in runtime.store.read_stream(log, f"county/{log}")]
    fixed = [Day(one.day, one.rows, one.sha256) for one in events if isinstance(one, AccessDigested)]
    with reading(runtime.engine) as db:
        found = [(one, measured(db, log, one.day)) for one in (fixed if last is None else fixed[-last:])]
    return [(said, now) for said, now in found if said != now]


def _days(first: str, end: str, *, after: bool) -> Iterator[str]:
    """Days from FIRST (or the one AFTER it) to before END."""
    day = date.fromisoformat(first) + timedelta(days=after)
    for _ in range(MOST):
        if day.isoformat() >= end:
            return
        yield day.isoformat()
        day += timedelta(days=1)
