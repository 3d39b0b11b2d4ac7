"""Count a window of entries and add the counts to the kept tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from msgspec import Struct
from sqlalchemy import URL, Connection, CursorResult, Dialect, Select, Table, select

from casework.projection.compile import Bounds, counts, spreads, within
from casework.projection.packed import merged, pack
from casework.projection.source import Source
from casework.projection.tables import TallyTables
from casework.projection.tally import Tally

Row = tuple[Any, ...]


class Counted(Struct, frozen=True):
    """What a window of entries adds."""

    plain: list[Row]
    spread: list[Row]


def count_window(db: Connection, tally: Tally, bounds: Bounds) -> Counted:
    """What the entries within bounds add: the compiled SELECTs, run by the database."""
    if not any(_is_touched(db, source, bounds) for source in tally.sources):
        return Counted([], [])  # before a long SELECT is even written
    found: list[list[Row]] = []
    for ask in (counts, spreads):
        statement = _statement(ask, tally, db.dialect.name)
        found.append([tuple(row) for row in statement.run(db, bounds)] if statement is not None else [])
    return Counted(*found)


def _is_touched(db: Connection, source: Source, bounds: Bounds) -> bool:
    """Whether there is a change row within bounds."""
    c = source.table.c
    rows = select(c.seq).where(c.log == bounds.log, c.seq >= bounds.since, c.seq < bounds.until)
    return db.scalar(rows.limit(1)) is not None


class _Statement(NamedTuple):
    """A SELECT with its bounds open, as the driver takes it.

    values  what else stands in it, by name
    places  names in the order in which the driver wants them; None where it takes them by name
    """

    text: str
    values: dict[str, Any]
    places: tuple[str, ...] | None

    def run(self, db: Connection, bounds: Bounds) -> CursorResult[Any]:
        values = self.values | bounds._asdict()
        return db.exec_driver_sql(self.text, values if self.places is None else tuple(values[n] for n in self.places))


@lru_cache(maxsize=512)
def _statement(ask: Callable[[Tally], Select[Any] | None], tally: Tally, dialect: str) -> _Statement | None:
    """What is asked of a tally, written out once for every database of its kind: that takes longer than the answer."""
    query = within(ask(tally), Bounds("", 0, 0))  # places to be filled when it is run
    if query is None:
        return None
    written = query.compile(dialect=_dialect(dialect)).construct_expanded_state()
    places = tuple(written.positiontup) if written.positiontup is not None else None
    return _Statement(written.statement, dict(written.parameters), places)


@cache
def _dialect(name: str) -> Dialect:
    """The dialect of a database, imported when it is first used: PostgreSQL's takes 0.1 s."""
    return URL.create("postgresql+psycopg" if name == "postgresql" else name).get_dialect()()


def add(db: Connection, tables: TallyTables, log: str, generation: int, counted: Counted) -> None:
    """Add what was counted to the days, and to the running totals."""
    for part in parts(tables, counted, size=None):
        for table, rows in part:
            upsert(db, table, log, generation, rows)


def parts(tables: TallyTables, counted: Counted, size: int | None = 4_000) -> Iterator[list[tuple[Table, list[Row]]]]:
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
    words = _dialect(dialect).identifier_preparer
    name = words.format_table(table)
    columns = ", ".join(words.quote(column.name) for column in table.c)
    marks = ", ".join(["%s" if postgres else "?"] * len(table.c))
    keys = ", ".join(words.quote(column.name) for column in table.primary_key)
    values = [words.quote(column.name) for column in table.c if not column.primary_key]
    # the table goes by a short name, since on PostgreSQL its own has a schema
    packed = "buckets" in table.c  # what is packed was merged before
    sums = ", ".join(f"{value} = {'' if packed else f'kept.{value} + '}excluded.{value}" for value in values)
    return f"INSERT INTO {name} AS kept ({columns}) VALUES ({marks}) ON CONFLICT ({keys}) DO UPDATE SET {sums}"  # noqa: S608
