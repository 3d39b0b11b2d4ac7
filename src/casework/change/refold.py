"""Fold entry bytes into change rows, window by window, in bounded memory.

States are cached up to a limit; a stream whose state was evicted is folded anew from its entries. So any window can be
the first, and rows do not depend on where windows begin.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, Engine, bindparam, select

from casework.change.rows import Rows
from casework.change.tables import CHANGES
from casework.database.engine import reading
from casework.law.event import Recorded
from casework.law.kinds import KINDS, Kind, fold
from casework.log.cache import STATES, States
from casework.log.codec import recorded_from_bytes
from casework.log.schema import entry, log_head

#: entries per window: what is written in one short transaction
WINDOW = 2048
#: streams asked for in one statement
_STREAMS = 400

_window = (
    select(entry.c.bytes)
    .where(entry.c.log == bindparam("log"), entry.c.seq >= bindparam("since"), entry.c.seq < bindparam("until"))
    .order_by(entry.c.seq)
)
_stream = (
    select(entry.c.bytes)
    .where(entry.c.log == bindparam("log"), entry.c.stream == bindparam("stream"), entry.c.rev <= bindparam("rev"))
    .order_by(entry.c.rev)
)
_streams = (
    select(entry.c.bytes)
    .where(
        entry.c.log == bindparam("log"),
        entry.c.stream.in_(bindparam("streams", expanding=True)),
        entry.c.seq < bindparam("until"),
    )
    .order_by(entry.c.stream, entry.c.rev)
)


class Window(Struct, frozen=True):
    """The rows of the entries with since ≤ seq < until."""

    since: int
    until: int
    rows: Rows


def kind_of(stream: str) -> Kind | None:
    """The kind of a stream that has change tables; None for one that has none."""
    name = stream.partition("/")[0]
    return KINDS[name] if name in CHANGES else None


def size_of(connection: Connection, log: str) -> int:
    """How many entries the log has; 0 when there is none."""
    return connection.scalar(select(log_head.c.size).where(log_head.c.log == log)) or 0


def windows(
    engine: Engine, log: str, *, since: int = 0, until: int | None = None, window: int = WINDOW, states: int = STATES
) -> Iterator[Window]:
    """Fold entries with since ≤ seq < until; the transaction that reads a window ends before it is yielded."""
    if until is None:
        with reading(engine) as connection:
            until = size_of(connection, log)
    cached = States(states)
    for start in range(since, until, window):
        end = min(start + window, until)
        with reading(engine) as connection:
            rows = _fold(connection, log, start, end, cached)
        yield Window(start, end, rows)
        cached.evict()


def _fold(connection: Connection, log: str, since: int, until: int, states: States) -> Rows:
    stored = connection.execute(_window, {"log": log, "since": since, "until": until}).scalars().all()
    entries = [recorded_from_bytes(one) for one in stored]
    if len(entries) != until - since:
        raise ValueError(
            f"log {log} should hold {until - since} entries from {since} on, but {len(entries)} are there: run verify"
        )
    _refill(connection, log, since, entries, states)
    rows = Rows(log)
    for recorded in entries:
        kind = kind_of(recorded.stream)
        if kind is None:
            continue
        before = states.get(recorded.stream)
        if before is None:
            before = kind.state()
        history = None
        if recorded.event.corrects:
            asked = {"log": log, "stream": recorded.stream, "rev": recorded.rev}
            history = [recorded_from_bytes(one) for one in connection.execute(_stream, asked).scalars().all()]
            after = fold(history)
        else:
            after = kind.evolve(before, recorded)
        rows.add(recorded, before, after, history)
        states.put(recorded.stream, after)
    return rows


def _refill(connection: Connection, log: str, since: int, entries: Sequence[Recorded], states: States) -> None:
    """Fold anew the streams of this window that began before it and whose state is not cached."""
    first: dict[str, int] = {}
    for recorded in entries:
        first.setdefault(recorded.stream, recorded.rev)
    # what begins in this window has nothing before it
    missing = sorted(name for name, rev in first.items() if rev and states.get(name) is None and kind_of(name))
    for start in range(0, len(missing), _STREAMS):
        asked = {"log": log, "streams": missing[start : start + _STREAMS], "until": since}
        history: list[Recorded] = []
        for one in connection.execute(_streams, asked).scalars().all():
            recorded = recorded_from_bytes(one)
            if history and history[-1].stream != recorded.stream:
                states.put(history[0].stream, fold(history))
                history = []
            history.append(recorded)
        if history:
            states.put(history[0].stream, fold(history))
