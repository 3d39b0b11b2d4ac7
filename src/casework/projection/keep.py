"""Count a window of entries, and add what was counted to the tables kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Select, Table
from sqlalchemy.dialects import postgresql, sqlite

from casework.projection.compile import Bounds, counts, spreads
from casework.projection.packed import merged, pack
from casework.projection.tables import Kept
from casework.projection.tally import Tally

Row = tuple[Any, ...]


class Counted(Struct, frozen=True):
    """What a window of entries adds."""

    plain: list[Row]
    spread: list[Row]


def count_window(db: Connection, tally: Tally, bounds: Bounds) -> Counted:
    """What the entries within bounds add: the compiled SELECTs, run by the database."""
    found: list[list[Row]] = []
    for query in (counts(tally), spreads(tally)):
        found.append([tuple(row) for row in db.execute(query, bounds._asdict())] if query is not None else [])
    return Counted(*found)


def _fetched(db: Connection, query: Select[Any]) -> list[Row]:
    if db.dialect.name != "sqlite":
        return [tuple(row) for row in db.execute(query)]
    # past SQLAlchemy's rows: the driver's own are tuples already
    cursor = db.execute(query).cursor
    return cursor.fetchall()  # type: ignore[union-attr]


def add(db: Connection, tables: Kept, log: str, generation: int, counted: Counted) -> None:
    """Add what was counted to the days, and to the running totals."""
    for part in parts(tables, counted, size=None):
        for table, rows in part:
            upsert(db, table, log, generation, rows)


def parts(tables: Kept, counted: Counted, size: int | None = 4_000) -> Iterator[list[tuple[Table, list[Row]]]]:
    """What goes into which table, cut into parts of at most `size` rows of one table (None: all in one)."""
    dims = len(tables.tally.kept)
    whole = [(tables.days, sorted(counted.plain)), (tables.now, totals(counted.plain, dims, dims + 3))]
    if tables.spread is not None and tables.spread_now is not None:
        whole.append((tables.spread, sorted(counted.spread)))
        whole.append((tables.spread_now, pack(totals(counted.spread, dims, dims + 3, tail=2))))
    if size is None:
        yield whole
        return
    for table, rows in whole:
        for start in range(0, len(rows), size):
            yield [(table, rows[start : start + size])]


def totals(rows: Iterable[Row], dims: int, first: int, tail: int = 0) -> list[Row]:
    """Summed over days and slices: keys are the dimensions, and `tail` columns after the dates."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        key = (*row[:dims], *row[first : first + tail])
        values = row[first + tail :]
        known = sums.get(key)
        if known is None:
            sums[key] = list(values)
        else:
            for place, value in enumerate(values):
                known[place] += value
    return sorted((*key, *values) for key, values in sums.items())


def upsert(db: Connection, table: Table, log: str, generation: int, rows: Sequence[Row]) -> None:
    """Add rows of sums to a table; sorted by key, so that two writers never wait for each other in a circle."""
    if "buckets" in table.c:
        rows = merged(db, table, log, generation, rows)
    if rows:
        # by position and past SQLAlchemy's parameters, which cost more than the database's work
        db.exec_driver_sql(_adding(table, db.dialect.name), [(log, generation, *row) for row in rows])


@lru_cache(maxsize=256)
def _adding(table: Table, dialect: str) -> str:
    """The INSERT that adds to what stands."""
    postgres = dialect == "postgresql"
    words = (postgresql.dialect() if postgres else sqlite.dialect()).identifier_preparer
    name = words.format_table(table)
    columns = ", ".join(words.quote(column.name) for column in table.c)
    marks = ", ".join(["%s" if postgres else "?"] * len(table.c))
    keys = ", ".join(words.quote(column.name) for column in table.primary_key)
    values = [words.quote(column.name) for column in table.c if not column.primary_key]
    # the table goes by a short name, since on PostgreSQL its own has a schema
    packed = "buckets" in table.c  # what is packed was merged before
    sums = ", ".join(f"{value} = {'' if packed else f'kept.{value} + '}excluded.{value}" for value in values)
    return f"INSERT INTO {name} AS kept ({columns}) VALUES ({marks}) ON CONFLICT ({keys}) DO UPDATE SET {sums}"  # noqa: S608
