"""Parses and computes instants, local dates and due times; nothing else in the law does."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from casework.law.cases.refusals import refused
from casework.law.context import Refused

_LAST_MILLISECOND = time(23, 59, 59, 999_000)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def instant(text: str) -> datetime:
    """The instant that `YYYY-MM-DDTHH:MM:SS.mmmZ` names; refused when there is none."""
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        parsed = None
    if parsed is None or parsed.tzinfo is None:
        raise refused("not-an-instant", text=text)
    try:
        return parsed.astimezone(UTC)
    except OverflowError:
        raise _beyond(text) from None


def _beyond(text: str) -> Refused:
    return refused("beyond-the-calendar", text=text)


def day(text: str) -> date:
    """The date that `YYYY-MM-DD` names; refused when there is none."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    raise refused("not-a-date", text=text)


def written(moment: datetime) -> str:
    """An instant as it is stored."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def shown(at: str, time_zone: str) -> str:
    """A stored instant as a clock on the county's wall shows it, to the second; a date stays one."""
    try:
        return f"{instant(at).astimezone(_zone(time_zone)):%Y-%m-%d %H:%M:%S}" if len(at) > len("2026-03-01") else at
    except OverflowError:
        return at


def seconds_between(start: str, end: str) -> int:
    """Whole seconds from one stored instant to another; negative when the end lies first."""
    gap = datetime.fromisoformat(end) - datetime.fromisoformat(start)
    return gap.days * 86_400 + gap.seconds


def shifted(at: str, seconds: int) -> str:
    """A stored instant, that many seconds later."""
    try:
        return written(instant(at) + timedelta(seconds=seconds))
    except OverflowError:
        raise _beyond(at) from None


def hours_after(at: str, hours: int) -> str:
    """A stored instant, that many hours later."""
    return shifted(at, hours * 3600)


def days_after(on: str, days: int) -> str:
    """A local date, that many calendar days later."""
    try:
        return (day(on) + timedelta(days=days)).isoformat()
    except OverflowError:
        raise _beyond(on) from None


def local_date(at: str, time_zone: str) -> str:
    """The county-local date of an instant."""
    try:
        return instant(at).astimezone(_zone(time_zone)).date().isoformat()
    except OverflowError:
        raise _beyond(at) from None


def end_of_day(on: str, time_zone: str) -> str:
    """The last millisecond of a local date, as an instant."""
    try:
        return written(datetime.combine(day(on), _LAST_MILLISECOND, _zone(time_zone)))
    except OverflowError:
        raise _beyond(on) from None


def due_of(due: str, due_on: str, time_zone: str) -> tuple[str, str]:
    """A stated due time as (instant, local date): the instant as given, a date up to its last moment."""
    if due:
        return written(instant(due)), local_date(due, time_zone)
    if due_on:
        return end_of_day(due_on, time_zone), due_on
    return "", ""


def due_after(on: str, days: int, time_zone: str) -> tuple[str, str]:
    """The due time that many calendar days after a local date; 0 days set none."""
    return due_of("", days_after(on, days), time_zone) if days > 0 else ("", "")


def timeliness(due: str, due_on: str, at: str, on: str) -> str:
    """Whether something done at (`at`, `on`) was in time: by instant where both are known, else by local date."""
    if not due and not due_on:
        return "no_due"
    late = at > due if due and at else on > due_on
    return "late" if late else "on_time"
