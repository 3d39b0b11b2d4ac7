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
from casework.projection.refusals import sentence
from casework.projection.tally import Tally
from casework.text import listed

_ANYTHING = Question()


def ask(engine: Engine, projection: Projection, log: str, question: Question = _ANYTHING) -> Answer:
    """The answer, as of how far the projection has counted.

    Raises NotAnswerable; NotInScope where the tally does not keep what `visible` goes by.
    """
    tally = projection.definition
    if not isinstance(tally, Tally):
        raise NotAnswerable(*sentence("a-list", projection=projection.name))
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
            raise NotAnswerable(*sentence("not-so-long", entries=ends, size=size))
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
        raise NotAnswerable(*sentence("unknown-axis", axis=question.axis))
    columns = list(tally.dims if question.by is None else question.by)
    known = (*tally.kept, *DATES)
    for column in columns:
        if column not in known:
            raise NotAnswerable(*sentence("unknown-dimension", name=name, column=column, known=listed(known)))
    for column in question.where:
        if column in DATES:
            raise NotAnswerable(*sentence("day-as-filter", column=column))
        if column not in tally.kept:
            raise NotAnswerable(*sentence("unknown-filter", name=name, column=column, kept=listed(tally.kept)))
    for column in {column for condition in question.visible or () for column in condition}:
        if column not in tally.kept:
            raise NotInScope(*sentence("not-in-scope", name=name, column=column))
    for date in (question.since, question.until):
        if date:
            _parsed(date)
    as_of, until = question.as_of, question.until
    if isinstance(as_of, int):
        if as_of < 0:
            raise NotAnswerable(*sentence("negative-size", as_of=as_of))
    elif as_of:
        if until:
            raise NotAnswerable(*sentence("two-days"))
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
        return (_parsed(day) + dt.timedelta(days=1)).isoformat()
    except OverflowError:  # the calendar ends with 9999
        raise NotAnswerable(*sentence("not-a-date", day=day)) from None


def _parsed(day: str) -> dt.date:
    try:
        return dt.date.fromisoformat(day)
    except ValueError:
        raise NotAnswerable(*sentence("not-a-date", day=day)) from None
