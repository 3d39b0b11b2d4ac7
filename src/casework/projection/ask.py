"""Answer a tally: now, over a range, or as of a past day or size."""

from __future__ import annotations

import datetime as dt
from time import monotonic, sleep

from msgspec.structs import replace
from sqlalchemy import Engine

from casework.database.engine import reading
from casework.projection.catch_up import catch_up
from casework.projection.checkpoint import LIVE, checkpoint_in, head, tables_of
from casework.projection.projection import Projection
from casework.projection.question import AXES, DATES, Answer, NotAnswerable, NotInScope, Question
from casework.projection.reader import Reader
from casework.projection.tally import Tally

_ANYTHING = Question()


def ask(engine: Engine, projection: Projection, log: str, question: Question = _ANYTHING) -> Answer:
    """The answer, as of how far the projection has counted.

    Raises NotAnswerable; NotInScope where the tally does not keep what `visible` goes by.
    """
    tally = projection.definition
    if not isinstance(tally, Tally):
        raise NotAnswerable(
            f"{projection.name} 是清单：请按清单查询", f"{projection.name} is a list: ask it with `listing`"
        )
    checked = _checked(projection.name, tally, question)
    end = monotonic() + question.wait
    while question.at_least is not None:
        reached = catch_up(engine, projection, log)
        if reached.size >= question.at_least or reached.failed_at is not None or monotonic() >= end:
            break
        sleep(0.01)
    with reading(engine) as db:
        now = checkpoint_in(db, projection.name, log, LIVE)
        if now is not None and now.version != tally.version:
            now = None
        ends = head(db, log)
        size = checked.as_of if isinstance(checked.as_of, int) else now.size if now else ends
        if size > ends:
            raise NotAnswerable(
                f"账上只有 {ends} 条，还没有 {size} 条：请改小", f"the log has {ends} entries, not yet {size}"
            )
        rows = Reader(db, tally, tables_of(engine, projection), log, checked, now, size).rows()
    return Answer(
        name=projection.name,
        log=log,
        columns=[*(checked.by or ()), *tally.shown],
        measures=list(tally.shown),
        rows=rows,
        size=size,
        lag=ends - size,
        failed_at=now.failed_at if now else None,
        error=now.error if now else "",
        exact=question.exact,
        axis=question.axis,
        since=checked.since,
        until=checked.until,
        as_of=str(question.as_of or ""),
    )


def _checked(name: str, tally: Tally, question: Question) -> Question:
    """The question with its columns named, its values in tuples, and `as_of` a size or nothing."""
    if question.axis not in AXES:
        raise NotAnswerable(
            f"没有时间轴 {question.axis}：请用 occurred（发生时间）或 recorded（记录时间）",
            f"there is no axis {question.axis!r}: occurred or recorded",
        )
    columns = list(tally.dims if question.by is None else question.by)
    known = (*tally.kept, *DATES)
    for column in columns:
        if column not in known:
            raise NotAnswerable(
                f"{name} 不含 {column}：有 {'、'.join(known)}",
                f"{name} keeps no {column!r}; it keeps {', '.join(known)}",
            )
    for column in question.where:
        if column in DATES:
            raise NotAnswerable(
                f"{column} 不能作筛选条件：请用起止日期", f"{column} is no filter: say since which day and until which"
            )
        if column not in tally.kept:
            raise NotAnswerable(
                f"{name} 不含 {column}：有 {'、'.join(tally.kept)}",
                f"{name} keeps no {column!r}; it keeps {', '.join(tally.kept)}",
            )
    for column in {column for condition in question.visible or () for column in condition}:
        if column not in tally.kept:
            raise NotInScope(
                f"{name} 不含 {column}：不能只统计其中一部分",
                f"{name} keeps no {column!r}: it cannot be counted for a part of it alone",
            )
    for date in (question.since, question.until):
        if date:
            _day_after(date)
    as_of, until = question.as_of, question.until
    if isinstance(as_of, int):
        if as_of < 0:
            raise NotAnswerable(f"账目没有 {as_of} 条这种大小：请写 0 或更大的数", f"a log has no size {as_of}")
    elif as_of:
        if until:
            raise NotAnswerable(
                "截止日期和回看日期只能写一个：请去掉其中一个", "say either until which day, or as of which day"
            )
        as_of, until = "", _day_after(as_of)
    return replace(
        question,
        by=columns,
        where={c: (v,) if isinstance(v, str) else tuple(v) for c, v in question.where.items()},
        visible=None if question.visible is None or {} in question.visible else question.visible,
        until=until,
        as_of=as_of,
    )


def _day_after(day: str) -> str:
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()
    except ValueError:
        raise NotAnswerable(
            f"{day!r} 不是日期：请按“2026-03-01”的格式填写", f"{day!r} is no date (YYYY-MM-DD)"
        ) from None
