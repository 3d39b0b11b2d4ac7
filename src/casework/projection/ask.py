"""Answer a question: now from running totals, over a range, as of a day on either axis, or as of an exact size."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from time import monotonic, sleep
from typing import Any

from msgspec import Struct
from sqlalchemy import Engine

from casework.database.engine import reading
from casework.projection.catch_up import catch_up
from casework.projection.checkpoint import LIVE, head, kept, state_in
from casework.projection.projection import Projection
from casework.projection.reader import DATES, Question, Reader, Scope, share_name
from casework.projection.tally import Tally
from casework.text import Spoken


class NotAnswerable(Spoken, ValueError):
    """The question does not fit the projection; says what does."""


class NotInScope(NotAnswerable):
    """The counts cannot be narrowed to what the reader may see."""


class Answer(Struct, kw_only=True):
    """What a projection says.

    columns    dimensions in the order of the rows, then measures
    rows       dimensions and measures by name, sorted by dimensions
    size       entries of the log that it counts
    lag        entries that the log has beyond that
    failed_at  entry at which the projection stopped, None while it runs
    exact      whether quantiles are exact (else at most 1 % off)
    """

    name: str
    log: str
    columns: list[str]
    measures: list[str]
    rows: list[dict[str, Any]]
    size: int
    lag: int
    failed_at: int | None = None
    error: str = ""
    exact: bool = False
    axis: str = "occurred"
    since: str = ""
    until: str = ""
    as_of: str = ""


def ask(
    engine: Engine,
    projection: Projection,
    log: str,
    *,
    by: Sequence[str] | None = None,
    where: Mapping[str, str | Sequence[str]] | None = None,
    since: str | None = None,
    until: str | None = None,
    axis: str = "occurred",
    as_of: str | int | None = None,
    at_least: int | None = None,
    wait: float = 5.0,
    exact: bool = False,
    scope: Scope | None = None,
) -> Answer:
    """Answer a tally.

    by            columns to group by: dimensions, columns of scope, day, month, year (default: the dimensions)
    where         column → value or values
    since, until  local dates, half-open: acts within them; stocks as they stood at the end of the day before `until`;
                  by day, month or year, stocks as they stood at the end of each
    axis          occurred (when it happened) or recorded (when we knew)
    as_of         a local date: as it stood at the end of that day; or a size: what the first so many entries say
    at_least      wait, at most `wait` seconds, until so many entries are counted; the answer says its lag either way
    exact         quantiles from the change rows themselves instead of buckets
    scope         conditions (column → values), one of which holds for whatever the reader may see

    Raises NotAnswerable; NotInScope where the tally does not keep what the scope goes by.
    """
    tally = projection.definition
    if not isinstance(tally, Tally):
        raise NotAnswerable(
            f"{projection.name} 是清单：请按清单查询", f"{projection.name} is a list: ask it with `listing`"
        )
    question = _checked(projection.name, tally, by, where, since, until, axis, as_of, scope)
    end = monotonic() + wait
    while at_least is not None:
        reached = catch_up(engine, projection, log)
        if reached.size >= at_least or reached.failed_at is not None or monotonic() >= end:
            break
        sleep(0.01)
    with reading(engine) as db:
        now = state_in(db, projection.name, log, LIVE)
        if now is not None and now.version != tally.version:
            now = None
        size = question.size if question.size is not None else (now.size if now else head(db, log))
        if size > head(db, log):
            raise NotAnswerable(
                f"账上只有 {head(db, log)} 条，还没有 {size} 条：请改小",
                f"the log has {head(db, log)} entries, not yet {size}",
            )
        reader = Reader(db, tally, kept(engine, projection), log, question, now, size)
        rows = reader.rows(exact)
        lag = head(db, log) - size
    columns = [*question.by, *_shown(tally)]
    return Answer(
        name=projection.name,
        log=log,
        columns=columns,
        measures=_shown(tally),
        rows=rows,
        size=size,
        lag=lag,
        failed_at=now.failed_at if now else None,
        error=now.error if now else "",
        exact=exact,
        axis=axis,
        since=question.since,
        until=question.until,
        as_of=str(as_of or ""),
    )


def _shown(tally: Tally) -> list[str]:
    spread = [f"{name}_{part}" for name in tally.spread for part in ("n", *(share_name(q) for q in tally.quantiles))]
    return [*tally.plain, *spread, *tally.rates]


def _checked(
    name: str,
    tally: Tally,
    by: Sequence[str] | None,
    where: Mapping[str, str | Sequence[str]] | None,
    since: str | None,
    until: str | None,
    axis: str,
    as_of: str | int | None,
    scope: Scope | None,
) -> Question:
    if axis not in ("occurred", "recorded"):
        raise NotAnswerable(
            f"没有时间轴 {axis}：请用 occurred（发生时间）或 recorded（记录时间）",
            f"there is no axis {axis!r}: occurred or recorded",
        )
    columns = [*tally.dims] if by is None else list(by)
    known = (*tally.kept, *DATES)
    for column in columns:
        if column not in known:
            raise NotAnswerable(
                f"{name} 不含 {column}：有 {'、'.join(known)}",
                f"{name} keeps no {column!r}; it keeps {', '.join(known)}",
            )
    for column in where or {}:
        if column in DATES:
            raise NotAnswerable(
                f"{column} 不能作筛选条件：请用起止日期", f"{column} is no filter: say since which day and until which"
            )
        if column not in tally.kept:
            raise NotAnswerable(
                f"{name} 不含 {column}：有 {'、'.join(tally.kept)}",
                f"{name} keeps no {column!r}; it keeps {', '.join(tally.kept)}",
            )
    given = {c: (v,) if isinstance(v, str) else tuple(v) for c, v in (where or {}).items()}
    for column in {column for condition in scope or () for column in condition}:
        if column not in tally.kept:
            raise NotInScope(
                f"{name} 不含 {column}：不能只统计其中一部分",
                f"{name} keeps no {column!r}: it cannot be counted for a part of it alone",
            )
    for date in (since, until):
        if date:
            _day_after(date)
    size: int | None = None
    if isinstance(as_of, int):
        if as_of < 0:
            raise NotAnswerable(f"账目没有 {as_of} 条这种大小：请写 0 或更大的数", f"a log has no size {as_of}")
        size = as_of
    elif as_of:
        if until:
            raise NotAnswerable(
                "截止日期和回看日期只能写一个：请去掉其中一个", "say either until which day, or as of which day"
            )
        until = _day_after(as_of)
    dated = bool(since or until) or any(c in DATES for c in columns)
    return Question(
        by=columns,
        where=given,
        scope=None if scope is None or {} in scope else tuple(scope),
        since=since or "",
        until=until or "",
        axis=axis,
        size=size,
        dated=dated,
    )


def _day_after(day: str) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except ValueError:
        raise NotAnswerable(
            f"{day!r} 不是日期：请按“2026-03-01”的格式填写", f"{day!r} is no date (YYYY-MM-DD)"
        ) from None
