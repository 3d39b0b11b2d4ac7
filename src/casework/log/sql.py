"""The log in SQLite or PostgreSQL: its reads, in the portable words of SQLAlchemy Core."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, bindparam, or_, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from casework.log.entry import Entry, decode
from casework.log.errors import LogDamaged
from casework.log.schema import claim, entry, log_head, stream_head
from casework.log.sql_append import SqlAppend
from casework.log.store import Append, Head

# Of PostgreSQL: serialization failure, deadlock, lock not available, and whatever ends a connection.
_PASSING = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "25P03"}

# Asked for with every command: statements of constant text, built once.
_HEAD = select(
    log_head.c.size, log_head.c.at, log_head.c.recorded_on, log_head.c.number_year, log_head.c.number_count
).where(log_head.c.log == bindparam("log"))
_HEAD_OF_SQLITE = "SELECT size, at, recorded_on, number_year, number_count FROM log_head WHERE log = ?"
_FIRST = select(entry.c.bytes).where(
    entry.c.log == bindparam("log"), entry.c.stream == bindparam("stream"), entry.c.rev == 0
)


class SqlStore:
    """The log behind an engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._sqlite = engine.dialect.name == "sqlite"

    def append(self, log: str) -> Append:
        return SqlAppend(self.engine, log)

    def is_passing(self, error: Exception) -> bool:
        if isinstance(error, IntegrityError):  # somebody opened the log at the same time, say; the next look tells
            return True
        if not isinstance(error, DBAPIError):
            return False
        code = getattr(error.orig, "sqlstate", None)
        if code is not None:
            return code in _PASSING or code.startswith("08")
        return error.connection_invalidated or isinstance(error, OperationalError)

    def logs(self) -> list[str]:
        with self.engine.connect() as connection:
            return list(connection.scalars(select(log_head.c.log).order_by(log_head.c.log)))

    def head(self, log: str) -> Head:
        row = self._head_of_sqlite(log) if self._sqlite else None
        if row is None:
            with self.engine.connect() as connection:
                row = connection.execute(_HEAD, {"log": log}).one_or_none()
        return Head() if row is None else Head(*row)

    def _head_of_sqlite(self, log: str) -> Any:
        """The same read past SQLAlchemy's transaction, which takes six times as long; None where that must do it."""
        connection = self.engine.raw_connection()
        try:
            return connection.cursor().execute(_HEAD_OF_SQLITE, (log,)).fetchone()  # type: ignore[attr-defined]
        except sqlite3.Error:  # SQLAlchemy says it in the words that the doors know
            return None
        finally:
            connection.close()

    def rev(self, log: str, stream: str) -> int:
        of = stream_head.c
        rev = self._first(select(of.rev).where(of.log == log, of.stream == stream))
        return -1 if rev is None else rev

    def read_stream(self, log: str, stream: str, *, until_seq: int | None = None) -> list[Entry]:
        of = entry.c
        query = select(of.bytes).where(of.log == log, of.stream == stream).order_by(of.rev)
        return self._entries(query if until_seq is None else query.where(of.seq < until_seq))

    def first(self, log: str, stream: str) -> Entry | None:
        with self.engine.connect() as connection:
            stored = connection.scalar(_FIRST, {"log": log, "stream": stream})
        return None if stored is None else decode(stored)

    def read(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[Entry]:
        return [decode(stored) for stored in self.raw(log, since=since, until=until, limit=limit)]

    def raw(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[bytes]:
        query = _between(log, since, until).limit(limit)
        with self.engine.connect() as connection:
            return list(connection.scalars(query))

    def by_type(self, log: str, types: str | Sequence[str], *, since: int = 0, until: int | None = None) -> list[Entry]:
        types = [types] if isinstance(types, str) else list(types)
        return self._entries(_between(log, since, until, entry.c.type.in_(types)))

    def by_actor(self, log: str, actor: str, *, since: int = 0, until: int | None = None) -> list[Entry]:
        return self._entries(_between(log, since, until, or_(entry.c.actor == actor, entry.c.counts_for == actor)))

    def window(self, log: str, from_at: str, to_at: str) -> list[Entry]:
        """Instants never decrease along the log, so both ends are found by halving: no index is needed for them."""
        return self._entries(_between(log, self._place(log, from_at), self._place(log, to_at)))

    def find(self, log: str, kind: str, key: str) -> str | None:
        of = claim.c
        return self._first(select(of.stream).where(of.log == log, of.kind == kind, of.key == key))

    def _place(self, log: str, at: str) -> int:
        """The first entry recorded at that instant or later."""
        low, high = 0, self.head(log).size
        with self.engine.connect() as connection:
            while low < high:
                middle = (low + high) // 2
                found = connection.scalar(select(entry.c.at).where(entry.c.log == log, entry.c.seq == middle))
                if found is None:
                    raise LogDamaged(
                        f"县账 {log} 缺第 {middle} 条，而账头记为 {high} 条：请先核对（casework doctor --full）",
                        f"log {log!r} has no entry {middle}, though its head says {high}: verify it",
                    )
                if found < at:
                    low = middle + 1
                else:
                    high = middle
        return low

    def _entries(self, query: Select[Any]) -> list[Entry]:
        with self.engine.connect() as connection:
            return [decode(stored) for stored in connection.scalars(query)]

    def _first(self, query: Select[Any]) -> Any:
        with self.engine.connect() as connection:
            return connection.scalar(query)


def _between(log: str, since: int, until: int | None, *also: ColumnElement[bool]) -> Select[Any]:
    of = entry.c
    query = select(of.bytes).where(of.log == log, of.seq >= since, *also).order_by(of.seq)
    return query if until is None else query.where(of.seq < until)
