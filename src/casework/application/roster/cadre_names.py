"""Reads the sealed names of cadres."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET

from casework.application.runtime.runtime import Runtime
from casework.database.engine import reading
from casework.log.entry import Entry
from casework.seal.sealing import Tombstone

_MEMBER = "person"

Person = Mapping[str, Any]


def names(runtime: Runtime, log: str, entries: Iterable[Entry]) -> dict[str, Person]:
    """Cadre → what was last sealed of the person among ENTRIES, where it can still be read."""
    last = {one.stream: one for one in entries if one.sealed is not UNSET and one.stream.startswith("cadre/")}
    with reading(runtime.engine) as db:
        opened = runtime.sealer.open(db, log, list(last.values()), only=_MEMBER)
    found = {cadre: opened.get(entry.seq, {}).get(_MEMBER) for cadre, entry in last.items()}
    return {cadre: person for cadre, person in found.items() if person and not isinstance(person, Tombstone)}


def to_seal(known: Person | None, given: Person) -> Person | None:
    """What is to be sealed where a row gives GIVEN of a person; None where all of it is known already.

    The law cannot compare a sealed name with the one before. What a row does not give stays as it was.
    """
    whole = {**(known or {}), **given}
    return None if whole == known else whole
