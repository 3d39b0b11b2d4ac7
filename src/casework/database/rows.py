"""Bulk insert into SQLite, many rows per statement.

`executemany` releases the GIL at every row, and under load reacquiring it takes longer than the insert. A statement of
many rows releases it once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection

#: rows per statement at most; smaller statements have a power of two, so that few texts are compiled
_MAX_ROWS = 64


#: an insert's beginning (`insert_into`), its rows, and what follows the values, such as ON CONFLICT
Insert = tuple[str, Sequence[tuple[Any, ...]], str]


def insert_into(table: str, columns: Iterable[str]) -> str:
    """The beginning of an insert: table and columns."""
    return f"INSERT INTO {table} ({', '.join(columns)})"


def add_rows(connection: Connection, inserts: Iterable[Insert]) -> None:
    """Insert the rows of several tables, in order."""
    for into, rows, then in inserts:
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
