"""Rebuild the change tables from entry bytes, or compare them.

A window replaces what stands in its place, in one short transaction: readers see old rows or new ones, never neither.
Appends write beyond the last window and are left alone. A rebuild that was stopped goes on with `since`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, delete, exists, func, select

from casework.change.columns import Tail
from casework.change.refold import WINDOW, Window, size_of, windows
from casework.change.rows import Rows, write
from casework.change.tables import SEQUENCED, case_now
from casework.database.engine import Progress, reading, writing
from casework.log.cache import STATES
from casework.log.schema import log_head, stream_head

#: keys asked for in one statement
_KEYS = 400


def rebuild(
    engine: Engine,
    log: str,
    *,
    since: int = 0,
    until: int | None = None,
    window: int = WINDOW,
    states: int = STATES,
    progress: Progress | None = None,
    see: Callable[[Window], None] | None = None,
) -> int:
    """Write the rows of all entries from SINCE to where the log stands now; returns that size.

    until  where the log will stand: of one that is being filled and has no head yet
    see    handed each window once it is written: who counts rows need not read them again
    """
    if until is None:
        with reading(engine) as connection:
            size = size_of(connection, log)
    else:
        size = until
    _drop_what_follows_from_nothing(engine, log)
    for one in windows(engine, log, since=since, until=size, window=window, states=states):
        with writing(engine) as connection:
            _standing(connection, log, one.rows)
            for table in SEQUENCED:
                within = (table.c.log == log, table.c.seq >= one.since, table.c.seq < one.until)
                connection.execute(delete(table).where(*within))
            write(connection, one.rows)
        if see is not None:
            see(one)
        if progress is not None:
            progress(one.until, size)
    return size


def _drop_what_follows_from_nothing(engine: Engine, log: str) -> None:
    with writing(engine) as connection:
        for table in SEQUENCED:
            connection.execute(delete(table).where(_beyond(table, log)))
    with reading(engine) as connection:
        streams = list(connection.scalars(select(case_now.c.stream).where(_astray(log))))
    for start in range(0, len(streams), _KEYS):
        with writing(engine) as connection:
            some = case_now.c.stream.in_(streams[start : start + _KEYS])
            connection.execute(delete(case_now).where(some, _astray(log)))


def _beyond(table: Table, log: str) -> ColumnElement[bool]:
    """Rows of entries that the log does not have (yet)."""
    end = func.coalesce(select(log_head.c.size).where(log_head.c.log == log).scalar_subquery(), 0)
    return and_(table.c.log == log, table.c.seq >= end)


def _astray(log: str) -> ColumnElement[bool]:
    """Latest rows at a revision that their stream does not stand at."""
    stands = exists().where(
        stream_head.c.log == case_now.c.log,
        stream_head.c.stream == case_now.c.stream,
        stream_head.c.rev == case_now.c.rev,
    )
    return and_(case_now.c.log == log, ~stands)


class Difference(Struct, frozen=True):
    """A row that is stored and not what follows from the log, or the other way round."""

    table: str
    key: Tail
    stored: Tail | None
    follows: Tail | None


def differences(
    engine: Engine, log: str, *, window: int = WINDOW, states: int = STATES, progress: Progress | None = None
) -> Iterator[Difference]:
    """Compare what is stored with what follows from the log; nothing is yielded where they are equal.

    Latest rows of cases that move while this runs are compared only as far as they have not moved.
    """
    with reading(engine) as connection:
        size = size_of(connection, log)
    for one in windows(engine, log, until=size, window=window, states=states):
        with reading(engine) as connection:
            for table, rows in one.rows.lines.items():
                within = and_(table.c.log == log, table.c.seq >= one.since, table.c.seq < one.until)
                stored = {tuple(row)[:3]: tuple(row) for row in connection.execute(select(table).where(within))}
                yield from _compared(table, stored, {row[:3]: row for row in rows})
            yield from _latest(connection, log, one.rows)
        if progress is not None:
            progress(one.until, size)
    with reading(engine) as connection:
        for table in SEQUENCED:
            stored = {
                tuple(row)[:3]: tuple(row) for row in connection.execute(select(table).where(_beyond(table, log)))
            }
            yield from _compared(table, stored, {})
        stored = {tuple(row)[:2]: tuple(row) for row in connection.execute(select(case_now).where(_astray(log)))}
        yield from _compared(case_now, stored, {})


def _latest(connection: Connection, log: str, rows: Rows) -> Iterator[Difference]:
    follows = {row[:2]: row for row in _standing(connection, log, rows).now().values()}
    streams = [key[1] for key in follows]
    stored: dict[Tail, Tail] = {}
    for start in range(0, len(streams), _KEYS):
        chosen = case_now.c.stream.in_(streams[start : start + _KEYS])
        found = connection.execute(select(case_now).where(case_now.c.log == log, chosen))
        stored |= {tuple(row)[:2]: tuple(row) for row in found}
    yield from _compared(case_now, stored, follows)


def _standing(connection: Connection, log: str, rows: Rows) -> Rows:
    """Only a case's last entry says what `case_now` holds: pass over the cases that have moved since."""
    streams = sorted(rows.latest)
    heads: dict[str, int] = {}
    for start in range(0, len(streams), _KEYS):
        chosen = stream_head.c.stream.in_(streams[start : start + _KEYS])
        found = connection.execute(
            select(stream_head.c.stream, stream_head.c.rev).where(stream_head.c.log == log, chosen)
        )
        heads |= {row.stream: row.rev for row in found}
    rows.latest = {stream: one for stream, one in rows.latest.items() if heads.get(stream) == one[0].rev}
    return rows


def _compared(table: Table, stored: dict[Tail, Tail], follows: dict[Tail, Tail]) -> Iterator[Difference]:
    for key in sorted(stored.keys() | follows.keys(), key=str):
        if stored.get(key) != follows.get(key):
            yield Difference(table.name, key, stored.get(key), follows.get(key))
