"""Decodes stored entries into events, whatever version wrote them.

An event that changes its meaning gets a new name; the old name stays here forever, with a function that lifts its data
to today's event.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Raw, Struct

from casework.law.event import Event, Recorded
from casework.law.kinds import EVENTS
from casework.log.entry import Entry
from casework.log.errors import EntryUnknown
from casework.log.refusals import sentence


class _Decoders(dict[str, Callable[[Raw | bytes], Event]]):
    """Decoder by event name, made on first use: most runs of the program meet few kinds of event."""

    def __missing__(self, name: str) -> Callable[[Raw | bytes], Event]:
        made = self[name] = msgspec.json.Decoder(EVENTS[name]).decode
        return made


_decoders = _Decoders()


class _Line(Struct, gc=False):
    """The members of an entry that the law and the fold read."""

    seq: int
    stream: str
    rev: int
    type: str
    at: str
    recorded_on: str
    actor: str
    role: str
    data: Raw
    occurred: str = ""
    occurred_on: str = ""
    unit: str = ""
    for_: str = msgspec.field(name="for", default="")


_line = msgspec.json.Decoder(_Line).decode


def event_of(type: str, data: Raw | bytes | dict[str, Any]) -> Event:
    """The event stored as DATA under the name TYPE; raises EntryUnknown."""
    try:
        if isinstance(data, dict):
            return msgspec.convert(data, EVENTS[type])
        return _decoders[type](data)
    except KeyError:
        raise _unknown(type) from None


def recorded_from_bytes(stored: bytes) -> Recorded:
    """A stored entry as the law reads it, in two passes over the bytes: the hot path of rebuilds."""
    line = _line(stored)
    try:
        decode = _decoders[line.type]
    except KeyError:
        raise _unknown(line.type) from None
    return _recorded(line, decode(line.data), line.for_, line.unit, line.occurred, line.occurred_on)


def recorded(entry: Entry, event: Event | None = None) -> Recorded:
    """An entry as the law reads it; EVENT, where the caller has it, saves the decoding."""
    return _recorded(
        entry,
        event_of(entry.type, entry.data) if event is None else event,
        entry.for_ or "",
        entry.unit or "",
        entry.occurred or "",
        entry.occurred_on or "",
    )


def _recorded(line: _Line | Entry, event: Event, for_: str, unit: str, occurred: str, occurred_on: str) -> Recorded:
    """Without a claimed time, an entry occurred when it was recorded."""
    if not occurred_on:
        occurred, occurred_on = line.at, line.recorded_on
    return Recorded(
        seq=line.seq,
        stream=line.stream,
        rev=line.rev,
        at=line.at,
        recorded_on=line.recorded_on,
        occurred=occurred,
        occurred_on=occurred_on,
        actor=line.actor,
        role=line.role,
        unit=unit,
        counts_for=for_ or line.actor,
        event=event,
    )


def _unknown(type: str) -> EntryUnknown:
    return EntryUnknown(*sentence("entry-unknown", type=type))
