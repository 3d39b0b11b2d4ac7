"""Decodes stored entries of every version into the events of today.

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
from casework.log.entry import Entry, as_recorded
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
    return as_recorded(line, decode(line.data))


def recorded(entry: Entry) -> Recorded:
    """An entry as the law reads it."""
    return as_recorded(entry, event_of(entry.type, entry.data))


def _unknown(type: str) -> EntryUnknown:
    return EntryUnknown(*sentence("entry-unknown", type=type))
