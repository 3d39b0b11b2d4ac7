"""The columns beside an entry's bytes: as they follow from the bytes, and whether a stored row has them so."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET

from casework.log import codec
from casework.log.entry import Entry, canonical, decode, leaf_hash
from casework.log.errors import LogError


def row_of(stored: bytes, entry: Entry | None = None) -> tuple[Any, ...]:
    """The row of the table `entry` that belongs to these bytes; ENTRY saves the decoding where it is at hand."""
    entry = decode(stored) if entry is None else entry
    return (
        entry.log, entry.seq, entry.stream, entry.rev, entry.type, entry.at, entry.recorded_on,
        entry.recorded_on if entry.occurred_on is UNSET else entry.occurred_on,
        entry.actor, entry.actor if entry.for_ is UNSET else entry.for_, entry.command, stored, leaf_hash(stored),
    )  # fmt: skip


def wrong(row: Any) -> str:
    """What is wrong with a stored row of `entry`; '' when nothing."""
    stored = as_bytes(row.bytes)
    if leaf_hash(stored) != as_bytes(row.leaf_hash):
        return "its bytes do not have its leaf hash"
    try:
        if canonical(msgspec.json.decode(stored)) != stored:
            return "its bytes are not canonical"
        codec.recorded_from_bytes(stored)
    except (LogError, msgspec.MsgspecError, ValueError) as why:
        return f"it cannot be read ({type(why).__name__})"
    truth = row_of(stored)
    differing = [name for name, value, found in zip(row._fields, truth, row, strict=True) if found != value]
    return f"column {differing[0]} differs from its bytes" if differing else ""


def as_bytes(value: Any) -> bytes:
    """What is stored as bytes: SQLite gives back whatever type somebody wrote by hand."""
    return value.encode() if isinstance(value, str) else bytes(value)
