"""Entries and their canonical JSON bytes, stored once and never re-encoded.

An entry is an event with its envelope. Canonical is the subset of RFC 8785 on which simple encoders agree: keys
`[a-z][a-z0-9_]*` in order, strings in NFC, integers within ±(2^53−1), true and false; no floats, no null, at most
65,535 bytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

from casework.law.event import Event, Recorded
from casework.log.errors import EntryRefused, EntryTooLarge
from casework.log.refusals import sentence
from casework.text import Text

#: tlog-tiles (https://c2sp.org/tlog-tiles) prefix entries with a uint16: a longer one can never be proven
MAX_ENTRY_BYTES = 65_535
_MAX_INTEGER = 2**53 - 1
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")
# Possible faults in encoded data: a null, a float, a long integer, a malformed key. A match may lie inside a string, so
# it only triggers the full check; data without a match is canonical. The first pattern is for the usual case: flat data
# without lists, whose keys are members of a struct.
_SUSPICIOUS_IN_FLAT = re.compile(rb'":(?:null|-?[0-9]+[.eE]|-?[0-9]{16})')
_SUSPICIOUS = re.compile(rb'(?:":|\[|,)(?:null|-?[0-9]+[.eE]|-?[0-9]{16})|[{,]"(?![a-z][a-z0-9_]*")(?:[^"\\]|\\.)*":')


class Commitment(Struct, frozen=True, kw_only=True):
    """The entry's proof of a sealed part, without anything to read (承诺).

    member — the event's member it stands for; kid — id of its key; alg — A256GCM;
    len — bytes of the ciphertext; sha256 — its digest, hex.
    """

    member: str
    kid: str
    alg: str
    len: int
    sha256: str


class Device(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The clock of a device used offline: `captured` at the act, `sent` at sending (UTC)."""

    captured: str
    sent: str
    id: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """The envelope and the event's data; absent members are left out, never null."""

    v: int = 1
    log: str
    seq: int
    stream: str
    rev: int
    type: str
    at: str
    recorded_on: str
    occurred: str | UnsetType = UNSET
    occurred_on: str | UnsetType = UNSET
    device: Device | UnsetType = UNSET
    actor: str
    role: str
    unit: str | UnsetType = UNSET
    for_: str | UnsetType = field(name="for", default=UNSET)
    command: str
    source: str
    operator: str | UnsetType = UNSET
    data: msgspec.Raw | dict[str, Any]
    sealed: tuple[Commitment, ...] | UnsetType = UNSET
    salt: str


_sorted = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(Entry).decode


def canonical(value: Any) -> bytes:
    """VALUE (dicts, lists, strings, integers, booleans) as canonical bytes; raises EntryRefused, EntryTooLarge."""
    _check("", value)
    encoded = _sorted(value)
    if len(encoded) > MAX_ENTRY_BYTES:
        raise EntryTooLarge(len(encoded), MAX_ENTRY_BYTES)
    return encoded


def encode_data(event: Any) -> msgspec.Raw:
    """An event's data for an entry; `encode` checks it together with the envelope."""
    return msgspec.Raw(_encoded(event))


def encode(entry: Entry) -> bytes:
    """The entry's canonical bytes; encoded data must come from `encode_data`. Raises EntryRefused, EntryTooLarge."""
    encoded = _encoded(entry)
    if len(encoded) > MAX_ENTRY_BYTES:
        raise EntryTooLarge(len(encoded), MAX_ENTRY_BYTES)
    composed = encoded.isascii() or unicodedata.is_normalized("NFC", encoded.decode())
    data = entry.data
    if not composed or b":null" in encoded or not isinstance(data, msgspec.Raw) or _is_suspicious(bytes(data)):
        _check("", msgspec.json.decode(encoded))
    return encoded


def decode(stored: bytes) -> Entry:
    """The entry in these bytes; members that a newer version added are ignored."""
    return _decode(stored)


def as_recorded(line: Any, event: Event) -> Recorded:
    """An entry, or the members of one that the law reads; without a claimed time, it occurred when it was recorded."""
    claimed = line.occurred_on
    return Recorded(
        seq=line.seq,
        stream=line.stream,
        rev=line.rev,
        at=line.at,
        recorded_on=line.recorded_on,
        occurred=(line.occurred or "") if claimed else line.at,
        occurred_on=claimed or line.recorded_on,
        actor=line.actor,
        role=line.role,
        unit=line.unit or "",
        counts_for=line.for_ or line.actor,
        event=event,
    )


def leaf_hash(stored: bytes) -> bytes:
    """The entry's leaf hash in the Merkle tree of RFC 6962."""
    return hashlib.sha256(b"\x00" + stored).digest()


def _encoded(value: Any) -> bytes:
    try:
        return _sorted(value)
    except UnicodeEncodeError as error:
        _check("", msgspec.to_builtins(value))
        raise EntryRefused(*sentence("text-half-character", reason=error.reason)) from None


def _is_suspicious(data: bytes) -> bool:
    flat = b"[" not in data and data.count(b"{") == 1
    return (_SUSPICIOUS_IN_FLAT if flat else _SUSPICIOUS).search(data) is not None


def _check(where: str, value: Any) -> None:
    """Raise EntryRefused for the first member of VALUE without a canonical form; WHERE is its path."""
    match value:
        case bool():
            return
        case str():
            _check_text(where, value)
        case int():
            if abs(value) > _MAX_INTEGER:
                raise EntryRefused(
                    *sentence("number-too-large", where=Text(where or "内容", where or "value"), value=value)
                )
        case dict():
            for key, member in value.items():
                if not isinstance(key, str) or not _KEY.match(key):
                    raise EntryRefused(*sentence("member-name", where=Text(where or "内容", where or "value"), key=key))
                _check(f"{where}.{key}" if where else key, member)
        case list() | tuple():
            for place, member in enumerate(value):
                _check(f"{where}[{place}]", member)
        case None:
            raise EntryRefused(*sentence("null", where=Text(where or "内容", where or "value")))
        case float():
            raise EntryRefused(*sentence("fraction", where=Text(where or "内容", where or "value"), value=value))
        case _:
            raise EntryRefused(
                *sentence("not-storable", where=Text(where or "内容", where or "value"), kind=type(value).__name__)
            )


def _check_text(where: str, text: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise EntryRefused(*sentence("half-character", where=Text(where or "内容", where or "value")))
    if not unicodedata.is_normalized("NFC", text):
        raise EntryRefused(*sentence("not-normal-form", where=Text(where or "内容", where or "value"), text=text[:40]))
