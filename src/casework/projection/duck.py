"""DuckDB as the engine of mass work: the same compiled SELECT over the same change rows, many at a time.

Optional (extra `analytics`): where it is absent the database does the counting.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import BigInteger, Engine, Integer, Table, Text, cast, func, select

from casework.change.tables import DERIVED
from casework.database.engine import reading
from casework.projection.compile import Bounds, columns_read, counts, literal_sql, spreads, within
from casework.projection.tally import Tally
from casework.projection.totals import Counted

_ROWS = 20_000
_TABLES: dict[str, Table] = {table.name: table for table in DERIVED}


def available() -> bool:
    """Whether DuckDB is installed."""
    return find_spec("duckdb") is not None


def counter(engine: Engine, tallies: Sequence[Tally] = ()) -> Callable[[Sequence[Tally], Bounds], list[Counted]] | None:
    """What `rebuild` and `recount` take as `mass`; None where DuckDB is absent.

    tallies  those that will be asked for one after the other: they are counted together, over one feed
    """
    if not available():
        return None
    counted: dict[tuple[Tally, Bounds], Counted] = {}

    def count(asked: Sequence[Tally], bounds: Bounds) -> list[Counted]:
        if missing := [tally for tally in asked if (tally, bounds) not in counted]:
            ahead = [tally for tally in tallies if tally not in missing and (tally, bounds) not in counted]
            together = [*missing, *ahead]
            found = count_many(engine, together, bounds)
            counted.update({(tally, bounds): one for tally, one in zip(together, found, strict=True)})
        return [counted.pop((tally, bounds)) for tally in asked]

    return count


def count_many(engine: Engine, tallies: Sequence[Tally], bounds: Bounds) -> list[Counted]:
    """Count several tallies over one feed of the change rows within bounds."""
    import duckdb  # noqa: PLC0415 - optional

    wanted: dict[str, set[str]] = {}
    for tally in tallies:
        for name, columns in columns_read(tally).items():
            wanted.setdefault(name, set()).update(columns)
    with tempfile.TemporaryDirectory(prefix="casework-") as folder:
        # bounded memory: what does not fit goes to the temporary folder
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": "128MB",
            "temp_directory": folder,
            "threads": "2",
        }
        with duckdb.connect(":memory:", config=config) as duck:
            for name, columns in wanted.items():
                _feed(engine, duck, _TABLES[name], sorted(columns), bounds, Path(folder))
            return [_count(duck, tally, bounds) for tally in tallies]


def _count(duck: Any, tally: Tally, bounds: Bounds) -> Counted:
    found: list[list[tuple[Any, ...]]] = []
    for query in (within(counts(tally), bounds), within(spreads(tally), bounds)):
        found.append(duck.execute(literal_sql(query)).fetchall() if query is not None else [])
    return Counted(*[[_whole(row) for row in rows] for rows in found])


def _whole(row: tuple[Any, ...]) -> tuple[Any, ...]:
    # sums come back as wide integers or decimals
    return tuple(value if isinstance(value, str) else int(value) for value in row)


def _feed(engine: Engine, duck: Any, table: Table, columns: list[str], bounds: Bounds, folder: Path) -> None:
    """The needed columns of one change table, by way of a file: what DuckDB reads fastest without another library."""
    path = folder / f"{table.name}.csv"
    # NULL (unchanged) has a mark of its own: an empty text is a value
    shown = [func.coalesce(cast(table.c[c], Text), _NULL) if table.c[c].nullable else table.c[c] for c in columns]
    query = select(*shown).where(table.c.log == bounds.log, table.c.seq >= bounds.since, table.c.seq < bounds.until)
    with path.open("w", encoding="utf-8", newline="") as target, reading(engine) as db:
        rows = csv.writer(target)
        if db.dialect.name == "sqlite":
            # past SQLAlchemy's rows: from the driver's cursor into the file without a step of Python per row
            text = str(query.compile(dialect=db.dialect, compile_kwargs={"literal_binds": True}))
            rows.writerows(db.connection.driver_connection.cursor().execute(text))  # type: ignore[union-attr]
        else:
            found = db.execution_options(yield_per=_ROWS).execute(query)
            for batch in found.partitions(_ROWS):
                rows.writerows(batch)
    kinds = {c: "BIGINT" if isinstance(table.c[c].type, BigInteger | Integer) else "VARCHAR" for c in columns}
    duck.execute(
        f"CREATE TABLE {table.name} AS SELECT * FROM read_csv(?, header=false, columns=?, nullstr=?, quote='\"', "  # noqa: S608
        "escape='\"', auto_detect=false, delim=',')",
        [str(path), kinds, _NULL],
    )
    path.unlink()


_NULL = "\\N"
