"""One entry: an event with its envelope, as canonical JSON bytes that are stored once and never re-encoded."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType, field

#: tlog-tiles prefix entries with a uint16: nothing longer can ever be proven
MAX_ENTRY_BYTES = 65_535
_MAX_INTEGER = 2**53 - 1
_KEY = re.compile(r"[a-z][a-z0-9_]*\Z")


class EntryRefused(ValueError):
    """The entry cannot be stored as canonical bytes; says which member, and what is wrong with it."""


class Commitment(Struct, frozen=True, kw_only=True):
    """What the entry holds of a personal part: enough to prove it later, nothing to read (承诺).

    member — the event's member it stands for; kid — id of its key; alg — A256GCM;
    len — bytes of the ciphertext; sha256 — its digest, hex.
    """

    member: str
    kid: str
    alg: str
    len: int
    sha256: str


class Device(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The clocks of a device that worked away from the server: `captured` at the act, `sent` at sending (UTC)."""

    captured: str
    sent: str
    id: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """The envelope and the event's own facts; absent members are left out, never null."""

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
