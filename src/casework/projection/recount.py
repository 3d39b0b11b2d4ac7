"""Recount a tally from entry 0 and compare it with what is served."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from sqlalchemy import Engine, Table, select

from casework.database.engine import reading
from casework.projection.checkpoint import LIVE, checkpoint_in, tables_of, tally_of
from casework.projection.compile import Bounds
from casework.projection.packed import pack
from casework.projection.projection import Projection
from casework.projection.tally import Tally
from casework.projection.totals import count_window, totals


class Difference(Struct, frozen=True):
    """A row that is served otherwise than it counts: table, key, served, counted."""

    table: str
    key: tuple[Any, ...]
    served: tuple[Any, ...]
    counted: tuple[Any, ...]


def recount(engine: Engine, projection: Projection, log: str) -> list[Difference]:
    """Differences between what is served and what the change rows say up to the same size; none is what must be."""
    if not isinstance(projection.definition, Tally):
        return []
    tally = tally_of(projection)
    tables = tables_of(engine, projection)
    dims = len(tally.kept)
    with reading(engine) as db:
        now = checkpoint_in(db, projection.name, log, LIVE)
        if now is None:
            return []
        bounds = Bounds(log, 0, now.size)
        counted = count_window(db, tally, bounds)
        pairs: list[tuple[Table, int, list[tuple[Any, ...]]]] = [
            (tables.days, dims + 3, counted.plain),
            (tables.now, dims, totals(counted.plain, dims, dims + 3)),
        ]
        if tables.spread is not None and tables.spread_now is not None:
            pairs.append((tables.spread, dims + 5, counted.spread))
            pairs.append((tables.spread_now, dims + 1, pack(totals(counted.spread, dims, dims + 3, tail=2))))
        found: list[Difference] = []
        for table, keys, rows in pairs:
            columns = list(table.c)[2:]
            query = select(*columns).where(table.c.log == log, table.c.generation == now.generation)
            served = _by_key([tuple(row) for row in db.execute(query)], keys)
            right = _by_key(rows, keys)
            for key in sorted(served.keys() | right.keys()):
                zero = ("",) if "buckets" in table.c else (0,) * (len(columns) - keys)
                if served.get(key, zero) != right.get(key, zero):
                    found.append(Difference(table.name, key, served.get(key, zero), right.get(key, zero)))
        return found


def _by_key(rows: list[tuple[Any, ...]], keys: int) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    # sums come back as wide integers from some databases; what is packed is text
    return {row[:keys]: tuple(v if isinstance(v, str) else int(v) for v in row[keys:]) for row in rows}
