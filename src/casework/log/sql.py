"""Reads of the log from SQLite or PostgreSQL, in portable SQLAlchemy Core."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, bindparam, select
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from casework.log.entry import Entry, decode
from casework.log.schema import claim, entry, log_head
from casework.log.sql_append import SqlAppend
from casework.log.store import Append, Head

# SQLSTATEs of PostgreSQL: serialization failure, deadlock, lock not available, connection ended by the server.
_TRANSIENT = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03", "25P03"}

# Hot path, read for every command: built once, so that SQLAlchemy need not compile them again.
_HEAD = select(
    log_head.c.size, log_head.c.at, log_head.c.recorded_on, log_head.c.number_year, log_head.c.number_count
).where(log_head.c.log == bindparam("log"))
_HEAD_OF_SQLITE = "SELECT size, at, recorded_on, number_year, number_count FROM log_head WHERE log = ?"
_FIRST = select(entry.c.bytes).where(
    entry.c.log == bindparam("log"), entry.c.stream == bindparam("stream"), entry.c.rev == 0
)


class SqlStore:
    """The log in the database of one engine."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.append: Callable[[str], Append] = partial(SqlAppend, engine)
        self._sqlite = engine.dialect.name == "sqlite"

    def is_transient(self, error: Exception) -> bool:
        if isinstance(error, IntegrityError):  # another process opened the log at the same time, say: a retry shows it
            return True
        if not isinstance(error, DBAPIError):
            return False
        code = getattr(error.orig, "sqlstate", None)
        if code is not None:
            return code in _TRANSIENT or code.startswith("08")
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
        """The head read through the driver, six times as fast as through SQLAlchemy; None after an error of SQLite."""
        connection = self.engine.raw_connection()
        try:
            return connection.cursor().execute(_HEAD_OF_SQLITE, (log,)).fetchone()
        except sqlite3.Error:  # the caller reads again through SQLAlchemy, whose errors are translated for users
            return None
        finally:
            connection.close()

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

    def find(self, log: str, kind: str, key: str) -> str | None:
        of = claim.c
        with self.engine.connect() as connection:
            return connection.scalar(select(of.stream).where(of.log == log, of.kind == kind, of.key == key))

    def _entries(self, query: Select[Any]) -> list[Entry]:
        with self.engine.connect() as connection:
            return [decode(stored) for stored in connection.scalars(query)]


def _between(log: str, since: int, until: int | None, *also: ColumnElement[bool]) -> Select[Any]:
    of = entry.c
    query = select(of.bytes).where(of.log == log, of.seq >= since, *also).order_by(of.seq)
    return query if until is None else query.where(of.seq < until)
