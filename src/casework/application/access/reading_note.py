"""Opens sealed parts for a reader and writes the reading into the access ledger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec.structs import asdict

from casework.application.access.actor import Actor
from casework.application.runtime.runtime import County, Runtime
from casework.log.entry import Entry
from casework.seal.reading_ledger import Reading


def note(runtime: Runtime, county: County, who: Actor, what: str, *streams: str, shown: int = 1) -> None:
    """Write down that WHO is about to read: a row for each case, or one for a page on which SHOWN things stand."""
    person = {"actor": who.actor, "role": who.role, "unit": who.unit, **asdict(who.visit)}
    made = [Reading(log=county.log, what=what, stream=stream, shown=shown, **person) for stream in streams or ("",)]
    runtime.access.write(made, county.zone)


def open_noted(
    runtime: Runtime, county: County, who: Actor, what: str, entries: Iterable[Entry], *streams: str
) -> dict[int, dict[str, Any]]:
    """The sealed parts of these entries, as `unsealed` gives them, once it is noted that WHO reads them."""
    parts = unsealed(runtime, county.log, entries)
    if parts:
        note(runtime, county, who, what, *streams, shown=1 if streams else len(parts))
    return parts


def unsealed(runtime: Runtime, log: str, entries: Iterable[Entry]) -> dict[int, dict[str, Any]]:
    """The sealed parts of these entries: seq → member → value or tombstone. The caller notes the reading itself."""
    with runtime.engine.connect() as db:
        return runtime.sealer.open(db, log, list(entries))
