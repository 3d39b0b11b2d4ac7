"""Ask a projection: which columns to count by, which rows, from when to when, as of when."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from typing import Any

from casework.application.house import House
from casework.application.problem import Problem
from casework.projection import run

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
AXES = ("occurred", "recorded")


def ask(
    house: House,
    log: str,
    name: str,
    *,
    by: Sequence[str] | None = None,
    where: Mapping[str, str] | None = None,
    since: str = "",
    until: str = "",
    axis: str = "occurred",
    as_of: str = "",
    at_least: int | None = None,
) -> Any:
    """The answer of a projection; `at_least` waits, bounded, until it has counted that many entries."""
    projection = house.projection(name)
    for date in (since, until):
        if date and not _DATE.match(date):
            raise Problem("not-a-date", f"{date} 不是日期（YYYY-MM-DD）", f"{date} is no date (YYYY-MM-DD)")
    if at_least is not None:
        _wait(house, log, projection, at_least)
    return run.ask(
        house.engine,
        projection,
        log,
        by=list(by) if by is not None else None,
        where=dict(where or {}) or None,
        since=since or None,
        until=until or None,
        axis=axis,
        as_of=look_back(as_of),
        at_least=at_least,
    )


def look_back(text: str) -> str | int | None:
    """`--as-of`: a date, or a size of the log (the number of its entries)."""
    if not text:
        return None
    if _DATE.match(text):
        return text
    if text.isdecimal():
        return int(text)
    raise Problem(
        "not-a-time",
        f"{text} 既不是日期（YYYY-MM-DD）也不是条数",
        f"{text} is neither a date (YYYY-MM-DD) nor a number of entries",
    )


def _wait(house: House, log: str, projection: Any, at_least: int) -> None:
    """Give the projection its time to catch up; whoever keeps it live, this process or another."""
    size = house.store.head(log).size
    if at_least > size:
        raise Problem(
            "not-so-long",
            f"账上只有 {size} 条，还没有 {at_least} 条",
            f"the log has {size} entries, not yet {at_least}",
        )
    end = monotonic() + house.settings.reading.wait_ms / 1000
    while run.state(house.engine, projection, log).size < at_least and monotonic() < end:
        run.catch_up(house.engine, projection, log)
        sleep(0.01)
