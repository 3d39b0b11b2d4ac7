"""A table's rows as JSON lines in key order, for backups and comparisons.

An entry's line is its bytes. Every other row is a list of its columns but `log`, which the place of the line says;
bytes are written in base64. Equal rows make equal lines on every database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import BigInteger, Column, Integer, LargeBinary, Table

import casework.projection.tables
import casework.seal.tables
from casework.application.accounts.tables import PASSING
from casework.application.outbox import table as outbox_table
from casework.change.tables import DERIVED
from casework.database.metadata import metadata
from casework.log.entry import leaf_hash
from casework.log.merkle_root import Root
from casework.log.schema import entry, log_head, stream_head

# Every room puts its tables on the same metadata when it is imported.
#: follows from the entries, or is said once for the whole log, or is not to come to life again elsewhere
_NOT_COPIED = {
    *DERIVED,
    *PASSING,
    log_head,
    stream_head,
    casework.projection.tables.projection_state,
    outbox_table.outbox_progress,  # what waits there may be sent from there: nothing is sent from two places
}

Lines = Iterator[bytes]
encode: Callable[[Any], bytes] = msgspec.json.Encoder().encode


def truth() -> list[Table]:
    """The tables that cannot follow from others, entries first: what a backup holds. A new table is one of them."""
    found = [table for table in metadata.tables.values() if table not in _NOT_COPIED]
    return [entry, *sorted((table for table in found if table is not entry), key=lambda table: table.name)]


def columns(table: Table) -> list[Column[Any]]:
    """What a line of it holds, in this order."""
    return [column for column in table.columns if column.name != "log"]


def reader(table: Table) -> Callable[[bytes], tuple[Any, ...]]:
    """Makes a row, without its log, of a line."""
    kinds = tuple(_kind(column) for column in columns(table))
    return msgspec.json.Decoder(tuple[*kinds]).decode  # type: ignore[valid-type]


class Measure(Struct, frozen=True):
    """What lines come to: how many, their bytes with line ends, SHA-256 of these in hex; of entries, their root too."""

    rows: int
    bytes: int
    sha256: str
    root: str = ""


class Meter:
    """Measures lines as they pass."""

    def __init__(self, table: Table) -> None:
        self.rows = self.bytes = 0
        self._sha256 = hashlib.sha256()
        self._root = Root() if table is entry else None

    def pass_(self, line: bytes) -> None:
        """One more line, without its end."""
        self.rows += 1
        self.bytes += len(line) + 1
        self._sha256.update(line + b"\n")
        if self._root is not None:
            self._root.add(leaf_hash(line))

    def passing(self, lines: Iterable[bytes]) -> Lines:
        """The same lines, measured."""
        for line in lines:
            self.pass_(line)
            yield line

    @property
    def measure(self) -> Measure:
        """What has passed so far."""
        root = self._root.digest().hex() if self._root is not None else ""
        return Measure(self.rows, self.bytes, self._sha256.hexdigest(), root)


def measured(table: Table, lines: Iterable[bytes]) -> Measure:
    """The measure of these lines."""
    meter = Meter(table)
    for line in lines:
        meter.pass_(line)
    return meter.measure


def _kind(column: Column[Any]) -> Any:
    kind: Any = str
    if isinstance(column.type, LargeBinary):
        kind = bytes
    elif isinstance(column.type, BigInteger | Integer):
        kind = int
    return kind | None if column.nullable else kind
