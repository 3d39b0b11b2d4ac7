"""Reads times and dates as people write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from casework.application.runtime.refusals import refused
from casework.clock import written

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")


def moment(text: str, time_zone: str) -> tuple[str, str]:
    """(instant, '') for a date with a time, ('', date) for a date alone; local times are the county's."""
    text = text.strip()
    if not text:
        return "", ""
    try:
        given = datetime.fromisoformat(text)
        if not 1900 <= given.year < 9999:  # at the ends of the calendar there is no time in UTC
            raise ValueError
    except ValueError:
        raise refused("not-a-time", text=text) from None
    if _DATE.match(text):
        return "", text
    if given.tzinfo is None:
        given = given.replace(tzinfo=ZoneInfo(time_zone))
    return written(given), ""


def day(text: str) -> str:
    """A date, written YYYY-MM-DD."""
    try:
        if _DATE.match(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    raise refused("not-a-date", text=text)
