"""Adding rows to SQLite, many to a statement.

Python gives up its turn at every row that `executemany` adds, and where many callers wait for their turn, getting it
back takes longer than the row. A statement of many rows gives it up once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

#: rows in the longest statement; shorter ones have a power of two, so that few texts are ever compiled
_MOST = 64


def add_rows(connection: Connection, into: str, rows: Sequence[tuple[Any, ...]], then: str = "") -> None:
    """`INTO VALUES rows THEN`: INTO is `INSERT INTO table (columns)`, THEN what follows, such as ON CONFLICT."""
    done = 0
    while done < len(rows):
        size = min(_MOST, 1 << (len(rows) - done).bit_length() - 1)
        some = rows[done : done + size]
        connection.exec_driver_sql(_statement(into, len(some[0]), size, then), tuple(chain.from_iterable(some)))
        done += size


@lru_cache(maxsize=256)
def _statement(into: str, columns: int, rows: int, then: str) -> str:
    row = f"({', '.join('?' * columns)})"
    return f"{into} VALUES {', '.join([row] * rows)}{then}"
