"""Rows of a list of cases, with summaries for those who may read them.

Lists never show summaries of secret cases: they are read in the opened case, which the access ledger records.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from casework.application.access.visibility import Visibility
from casework.application.access.visibility_table import NAMED
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.log import schema
from casework.log.entry import decode
from casework.seal.sealing import Tombstone

#: columns of every list, in the order in which they are read
COLUMNS = (
    "number", "stream", "rev", "status", "outcome", "kind", "category", "topic", "township", "area", "unit", "lead",
    "urgency", "confidentiality", "due_on", "registered_on", "closed_on", "round", "parked", "supervised", "pending",
    "offered_to", "external_ref",
)  # fmt: skip
#: streams whose first entries are read by one statement
_SLICE = 500


def columns() -> Select[*tuple[Any, ...]]:
    """A SELECT of what a list shows."""
    return select(*(case_now.c[name] for name in COLUMNS))


def shown(
    runtime: Runtime, db: Connection, log: str, rows: Iterable[Row[Any]], scope: Visibility, *, open_sealed: bool = True
) -> list[dict[str, Any]]:
    """The rows as a list shows them: with `summary`, where the reader may have it and it still stands."""
    told: list[dict[str, Any]] = [dict(zip(COLUMNS, row, strict=False)) for row in rows]
    if not open_sealed:
        return told
    opened = [row["stream"] for row in told if row["confidentiality"] not in NAMED] if scope.unseals else []
    summaries = _summaries(runtime, db, log, opened)
    return [{**row, "summary": summaries.get(row["stream"], "")} for row in told]


def _summaries(runtime: Runtime, db: Connection, log: str, streams: Sequence[str]) -> dict[str, str]:
    """Stream → the summary given at its registration."""
    of = schema.entry.c
    found: dict[str, str] = {}
    for start in range(0, len(streams), _SLICE):
        first = select(of.bytes).where(of.log == log, of.stream.in_(streams[start : start + _SLICE]), of.rev == 0)
        entries = [decode(stored) for stored in db.scalars(first)]
        parts = runtime.sealer.open(db, log, entries, only="summary")
        for entry in entries:
            said = parts.get(entry.seq, {}).get("summary")
            if said is not None and not isinstance(said, Tombstone):
                found[entry.stream] = said
    return found
