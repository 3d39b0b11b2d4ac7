"""Clocks, instants in the log's format, and their county-local dates."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

#: matches an instant in the log's format
_WRITTEN = re.compile(r"[0-9-]{10}T[0-9:]{8}\.[0-9]{3}Z").fullmatch


class Clock(Protocol):
    """Tells the current instant as `YYYY-MM-DDTHH:MM:SS.mmmZ`."""

    def now(self) -> str: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> str:
        seconds, thousandths = divmod(time.time_ns() // 1_000_000, 1000)
        return f"{_second(seconds)}{thousandths:03}Z"


class SimulatedClock:
    """A clock that stands still until it is set or advanced, for demonstrations and tests."""

    def __init__(self, start: str) -> None:
        self._now = instant(start)

    def now(self) -> str:
        return self._now

    def set(self, now: str) -> None:
        """Set the clock to NOW, earlier or later."""
        self._now = instant(now)

    def advance(self, **by: float) -> str:
        """Advance by `days`, `hours`, `minutes`, `seconds`, as timedelta takes them, and return the new instant."""
        self._now = shifted(self._now, timedelta(**by))
        return self._now


def instant(text: str) -> str:
    """An RFC 3339 instant, in any offset, in the log's format; raises ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} states no offset from UTC: end it with Z, or with an offset such as +08:00")
    return written(moment)


def written(moment: datetime) -> str:
    """A moment in the log's format; raises ValueError beyond the calendar."""
    try:
        utc = moment.astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{moment} lies at the end of the calendar") from None
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03}Z"


def moment_of(instant: str) -> datetime:
    """An instant as datetime, for arithmetic."""
    return datetime.fromisoformat(instant)


def shifted(instant: str, by: timedelta) -> str:
    """An instant moved by BY."""
    return written(moment_of(instant) + by)


def local_date(instant: str, zone: str) -> str:
    """The date in ZONE (an IANA name) at that instant."""
    # dates change at full seconds, so one cached answer serves the whole second
    return _local_date(f"{instant[:19]}Z" if _WRITTEN(instant) else instant, zone)


@lru_cache(maxsize=4096)
def _local_date(instant: str, zone: str) -> str:
    try:
        return moment_of(instant).astimezone(ZoneInfo(zone)).date().isoformat()
    except OverflowError:
        raise ValueError(f"{instant} lies at the end of the calendar") from None


@lru_cache(maxsize=8)
def _second(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}."
