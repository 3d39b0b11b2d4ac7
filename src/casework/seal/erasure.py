"""Erases personal data by destroying the keys that it was sealed under.

Deleted are key, blob, tokens and links, and the HMACs of the commands that carried the parts. Entries, commitments,
proofs and all counts stay. The entry `personal-data-erased.v1` is written in the same transaction, by `hook`. Databases
keep deleted bytes for a while (free pages, write-ahead logs, backups); these bytes are ciphertext and wrapped keys,
unreadable without the wrapping key. After a restore, `replay` repeats every erasure of the log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, cast

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Engine, delete, select, update

from casework.law.county.events import PersonalDataErased
from casework.law.event import Recorded
from casework.log import schema
from casework.seal import tokens
from casework.seal.tables import BY_KID, keyed_token, sealed_blob, subject_key

SLICE = 500


class Concern(Struct, frozen=True):
    """Keys of the parts that concern a person.

    own     keys of parts that concern this person alone
    shared  key → the other persons that its part mentions; a privacy officer decides on each
    """

    own: tuple[str, ...]
    shared: dict[str, tuple[str, ...]]


class Destroyed(Struct, frozen=True):
    """How many rows of each kind were destroyed; zeros when there was nothing left."""

    keys: int = 0
    blobs: int = 0
    tokens: int = 0
    commands: int = 0


class Stored(Protocol):
    """The part of an appended entry that the hook needs."""

    @property
    def recorded(self) -> Recorded: ...


class _Erasure(Struct):
    class Data(Struct):
        kids: tuple[str, ...]

    data: Data


_read = msgspec.json.Decoder(_Erasure).decode


def concern(connection: Connection, log: str, subjects: Iterable[str]) -> Concern:
    """The keys that concern these subjects, taken as one person: theirs alone, and those shared with others."""
    person = frozenset(subjects)
    of = subject_key.c
    kids = sorted(
        {
            kid
            for some in slices(sorted(person))
            for kid in connection.scalars(select(of.kid).where(of.log == log, of.subject.in_(some)))
        }
    )
    others: dict[str, list[str]] = {}
    for some in slices(kids):
        mentioned = select(of.kid, of.subject).where(of.log == log, of.kid.in_(some)).order_by(of.kid, of.subject)
        for kid, subject in connection.execute(mentioned):
            if subject not in person:
                others.setdefault(kid, []).append(subject)
    return Concern(
        own=tuple(kid for kid in kids if kid not in others),
        shared={kid: tuple(named) for kid, named in others.items()},
    )


def linked(connection: Connection, log: str, subject: str) -> tuple[str, ...]:
    """Other pseudonyms with the same phone or identity number.

    A family may share a phone, so an officer must check whether they are the same person.
    """
    named, same, whom = subject_key.alias("named"), keyed_token.alias("same"), subject_key.alias("whom")
    token = keyed_token.alias("token")
    candidates = (
        select(whom.c.subject)
        .select_from(named)
        .join(token, (token.c.log == named.c.log) & (token.c.kid == named.c.kid))
        .join(same, (same.c.log == token.c.log) & (same.c.kind == token.c.kind) & (same.c.token == token.c.token))
        .join(whom, (whom.c.log == same.c.log) & (whom.c.kid == same.c.kid))
        .where(named.c.log == log, named.c.subject == subject, token.c.kind == tokens.PERSON)
        .where(whom.c.subject != subject)
        .distinct()
        .order_by(whom.c.subject)
    )
    return tuple(connection.scalars(candidates))


def streams_of_keys(connection: Connection, log: str, kids: Iterable[str]) -> tuple[str, ...]:
    """The streams of the entries that committed to what these keys open."""
    entry, found = schema.entry.c, set[str]()
    for some in slices(sorted(set(kids))):
        commands = select(sealed_blob.c.command).where(sealed_blob.c.log == log, sealed_blob.c.kid.in_(some))
        found.update(connection.scalars(select(entry.stream).where(entry.log == log, entry.command.in_(commands))))
    return tuple(sorted(found))


def destroy(connection: Connection, log: str, kids: Iterable[str]) -> Destroyed:
    """Delete these keys with their blobs, tokens and links; idempotent."""
    count = dict.fromkeys((table.name for table in BY_KID), 0)
    commands = 0
    command = schema.command
    for some in slices(sorted(set(kids))):
        blobs = select(sealed_blob.c.command).where(sealed_blob.c.log == log, sealed_blob.c.kid.in_(some))
        sealing = sorted(set(connection.scalars(blobs)))
        if sealing:
            cleared = update(command).where(command.c.log == log, command.c.command.in_(sealing)).values(digest=b"")
            commands += connection.execute(cleared).rowcount
        for table in BY_KID:
            gone = connection.execute(delete(table).where(table.c.log == log, table.c.kid.in_(some)))
            count[table.name] += gone.rowcount
    return Destroyed(
        keys=count["sealed_key"], blobs=count["sealed_blob"], tokens=count["keyed_token"], commands=commands
    )


def hook(connection: Connection, log: str, erased: Sequence[Stored]) -> None:
    """The writer's hook: destroy the keys named by each `PersonalDataErased`, in the writer's transaction."""
    for one in erased:
        destroy(connection, log, cast(PersonalDataErased, one.recorded.event).kids)


def erased_kids(connection: Connection, log: str) -> frozenset[str]:
    """Every key that an erasure entry of the log names."""
    of = schema.entry.c
    erasures = select(of.bytes).where(of.log == log, of.stream == f"county/{log}", of.type == PersonalDataErased.name)
    return frozenset(kid for stored in connection.scalars(erasures) for kid in _read(stored).data.kids)


def replay(connection: Connection, log: str) -> Destroyed:
    """After a restore: repeat every erasure of the log."""
    return destroy(connection, log, erased_kids(connection, log))


def scrub(engine: Engine) -> bool:
    """After the commit of an erasure: truncate SQLite's write-ahead log; False while a reader blocks it.

    `secure_delete` has overwritten the pages. On PostgreSQL, vacuum removes the rows later.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (busy, *_) = cursor.fetchone() or (1,)
        cursor.close()
    finally:
        raw.close()
    return not busy


def slices(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """NAMES in parts of at most SLICE, below the limit of parameters of every database."""
    for start in range(0, len(names), SLICE):
        yield names[start : start + SLICE]
