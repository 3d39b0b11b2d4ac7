"""Reads what became of an erasure asked for before.

It is known again by its command id, or by the cases that are named. By telephone or identity number it is not, and
cannot be: to know the number again its keyed token would have to outlive the person's data, and the holder of the key
could then try numbers until one fits. For the same reason the answer of then is read from its entry, which names keys
and nobody: what each key opened, and whose it was, went with the keys.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, Struct

from casework.application.runtime.runtime import Runtime
from casework.law.county.events import PersonalDataErased
from casework.log import codec
from casework.log.entry import Entry
from casework.log.submission import Answer


class Before(Struct, frozen=True, kw_only=True):
    """What was destroyed then, and the entry that says so; the last of several.

    keys  how many keys: of the whole erasure, or of the cases that are named
    kept  keys of others' texts that were looked at and left
    """

    keys: int
    kept: frozenset[str]
    answer: Answer


def by_command(runtime: Runtime, log: str, actor: str, command_id: str) -> Before | None:
    """What ACTOR's erasure of that command id did; None where there was none."""
    if not command_id:
        return None
    # more keys than one entry has room for are several, numbered after the first
    ids = re.compile(f"{re.escape(command_id)}(/[1-9][0-9]*)?")
    mine = [
        (entry, event)
        for entry, event in _erasures(runtime, log)
        if entry.actor == actor and ids.fullmatch(entry.command)
    ]
    return _before(mine, {kid for _, event in mine for kid in event.kids})


def by_cases(runtime: Runtime, log: str, streams: Sequence[str]) -> Before | None:
    """What the erasures did that destroyed keys of these cases; None where none did."""
    sealed = {
        part.kid
        for stream in streams
        for entry in runtime.store.read_stream(log, stream)
        if entry.sealed is not UNSET
        for part in entry.sealed
    }
    mine = [(entry, event) for entry, event in _erasures(runtime, log) if not sealed.isdisjoint(event.kids)]
    return _before(mine, {kid for _, event in mine for kid in event.kids if kid in sealed})


def _before(mine: Sequence[tuple[Entry, PersonalDataErased]], keys: set[str]) -> Before | None:
    if not mine:
        return None
    last = mine[-1][0]
    return Before(
        keys=len(keys),
        kept=frozenset(kid for _, event in mine for kid in event.kept),
        answer=Answer(
            log=last.log,
            command=last.command,
            stream=last.stream,
            rev=last.rev,
            seq=last.seq,
            events=(last.type,),
            size=last.seq + 1,
            at=last.at,
            repeated=True,
        ),
    )


def _erasures(runtime: Runtime, log: str) -> list[tuple[Entry, PersonalDataErased]]:
    found: list[tuple[Entry, PersonalDataErased]] = []
    for entry in runtime.store.read_stream(log, f"county/{log}"):
        if entry.type == PersonalDataErased.name:
            event: Any = codec.recorded(entry).event
            found.append((entry, event))
    return found
