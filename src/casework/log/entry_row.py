"""Index columns of an entry: derived from its bytes, and checked against them."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from casework.log import codec
from casework.log.entry import Entry, canonical, decode, leaf_hash
from casework.log.errors import LogError
from casework.text import Text


def row_of(stored: bytes, entry: Entry | None = None) -> tuple[Any, ...]:
    """The row of the table `entry` for these bytes; ENTRY, where the caller has it, saves the decoding."""
    entry = decode(stored) if entry is None else entry
    return (
        entry.log, entry.seq, entry.stream, entry.rev, entry.type, entry.at, entry.recorded_on,
        entry.recorded_on if entry.occurred_on is UNSET else entry.occurred_on,
        entry.actor, entry.actor if entry.for_ is UNSET else entry.for_, entry.command, stored, leaf_hash(stored),
    )  # fmt: skip


def not_as_hashed(row: Any) -> Text | None:
    """The fault of a stored row of `entry` whose bytes do not have its leaf hash; None without one."""
    if leaf_hash(as_bytes(row.bytes)) == as_bytes(row.leaf_hash):
        return None
    return Text("字节与其叶散列不符", "its bytes do not have its leaf hash")


def wrong(row: Any) -> Text | None:
    """The fault of a stored row of `entry`, in bytes, hash or columns; None without one."""
    if said := not_as_hashed(row):
        return said
    stored = as_bytes(row.bytes)
    try:
        if canonical(msgspec.json.decode(stored)) != stored:
            return Text("字节不是规范形式", "its bytes are not canonical")
        codec.recorded_from_bytes(stored)
    except (LogError, msgspec.MsgspecError, ValueError) as why:
        return Text(f"无法读出（{type(why).__name__}）", f"it cannot be read ({type(why).__name__})")
    truth = row_of(stored)
    differing = [name for name, value, found in zip(row._fields, truth, row, strict=True) if found != value]
    if not differing:
        return None
    return Text(f"列 {differing[0]} 与其字节不符", f"column {differing[0]} differs from its bytes")


def as_bytes(value: Any) -> bytes:
    """VALUE as bytes: SQLite returns text where text was written by hand."""
    return value.encode() if isinstance(value, str) else bytes(value)
