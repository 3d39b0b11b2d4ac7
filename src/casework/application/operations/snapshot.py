"""Reads one consistent state of a database while others write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, LargeBinary, Table, func, select, text

from casework.application.accounts.tables import account
from casework.application.operations.refusals import refused
from casework.application.operations.rows_as_lines import Lines, Measure, columns, encode, measured
from casework.application.runtime.problem import unknown
from casework.database.engine import reading
from casework.log.entry_row import as_bytes, not_as_hashed, wrong
from casework.log.errors import LogDamaged
from casework.log.schema import entry, log_head
from casework.log.store import Head
from casework.seal.tables import sealed_key

#: rows fetched at a time: few where a row may hold a picture, so that memory stays bounded
_ROWS, _LARGE_ROWS = 1_000, 16


class Source(Protocol):
    """Where logs can be copied from: a database, or a backup."""

    def logs(self) -> list[str]:
        """Every log there is."""
        ...

    def head(self, log: str) -> Head:
        """Where it stands."""
        ...

    def lines(self, log: str, table: Table, since: int = 0) -> Lines:
        """The rows of a table in the order of their key; entries from SINCE on."""
        ...

    def measure(self, log: str, table: Table) -> Measure | None:
        """What the lines of a table come to; of a derived table, None where this version has other columns."""
        ...


class Snapshot:
    """A database as one transaction sees it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open: set[Any] = set()

    def close(self) -> None:
        """Close cursors that were not read to their end."""
        for result in self._open:
            result.close()

    def logs(self) -> list[str]:
        return list(self._connection.scalars(select(log_head.c.log).order_by(log_head.c.log)))

    def head(self, log: str) -> Head:
        of = log_head.c
        row = self._connection.execute(
            select(of.size, of.at, of.recorded_on, of.number_year, of.number_count).where(of.log == log)
        ).one_or_none()
        return Head() if row is None else Head(*row)

    def wrapping_keys(self, log: str) -> list[str]:
        """The ids of the wrapping keys without which what is sealed cannot be read."""
        parts = select(sealed_key.c.kek).where(sealed_key.c.log == log)
        factors = select(account.c.totp_kek).where(account.c.log == log, account.c.totp_kek != "")
        return sorted(self._connection.scalars(parts.union(factors)))

    def count(self, log: str, table: Table) -> int:
        """How many rows a table has."""
        counted = select(func.count()).select_from(table).where(table.c.log == log)
        return self._connection.scalar(counted) or 0

    def lines(self, log: str, table: Table, since: int = 0) -> Lines:
        return self.entries(log, since) if table is entry else self._rows(log, table)

    def measure(self, log: str, table: Table) -> Measure | None:
        return measured(table, self.lines(log, table))

    def entries(self, log: str, since: int = 0, *, closely: bool = False) -> Lines:
        """The bytes of every entry, gapless and as its leaf hash says; closely: canonical, and as its columns say."""
        of = entry.c
        wanted = [entry] if closely else [of.seq, of.bytes, of.leaf_hash]
        place = since
        for row in self._stream(select(*wanted).where(of.log == log, of.seq >= since).order_by(of.seq), _ROWS):
            if row.seq != place:
                raise LogDamaged(*refused.sentences("log-damaged", log=log, place=place))
            if said := wrong(row) if closely else not_as_hashed(row):
                raise LogDamaged(*refused.sentences("log-damaged/entry", log=log, place=place, fault=said))
            yield as_bytes(row.bytes)
            place += 1

    def _rows(self, log: str, table: Table) -> Lines:
        wanted = columns(table)
        large = any(isinstance(column.type, LargeBinary) and column.name == "bytes" for column in wanted)
        query = select(*wanted).where(table.c.log == log).order_by(*table.primary_key.columns)
        for row in self._stream(query, _LARGE_ROWS if large else _ROWS):
            yield encode(tuple(row))

    def _stream(self, query: Any, rows: int) -> Iterator[Any]:
        result = self._connection.execute(query.execution_options(yield_per=rows))
        self._open.add(result)
        yield from result
        self._open.discard(result)


@contextmanager
def snapshot(engine: Engine) -> Iterator[Snapshot]:
    """One state of the database, however long the block takes; nobody waits for it."""
    with reading(engine) as connection:
        if engine.dialect.name == "postgresql":
            # it waits while the other side checks and rebuilds
            connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        taken = Snapshot(connection)
        try:
            yield taken
        finally:
            taken.close()


def chosen(there: Sequence[str], only: Sequence[str]) -> list[str]:
    """The logs that are meant: those named, or all there are."""
    for log in only:
        if log not in there:
            raise unknown(refused, "unknown-log", log, there)
    if not there:
        raise refused("no-log")
    return [log for log in there if not only or log in only]
