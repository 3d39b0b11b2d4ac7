"""Bulk insert into SQLite, many rows per statement.

`executemany` releases the GIL at every row; under load, getting it back takes longer than the row. A statement of many
rows releases it once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

#: rows in the longest statement; shorter ones have a power of two, so that few texts are compiled
_MAX_ROWS = 64


def add_rows(connection: Connection, into: str, rows: Sequence[tuple[Any, ...]], then: str = "") -> None:
    """Run `INTO VALUES rows THEN`: INTO is `INSERT INTO table (columns)`, THEN a clause such as ON CONFLICT."""
    done = 0
    while done < len(rows):
        size = min(_MAX_ROWS, 1 << (len(rows) - done).bit_length() - 1)
        some = rows[done : done + size]
        connection.exec_driver_sql(_statement(into, len(some[0]), size, then), tuple(chain.from_iterable(some)))
        done += size


@lru_cache(maxsize=256)
def _statement(into: str, columns: int, rows: int, then: str) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"{into} VALUES {', '.join([row] * rows)}{then}"
