"""Stores attachments sealed, each under its own key, by content digest.

An entry refers to an attachment by SHA-256 (`evidence`). The bytes are stored beside the log, once per log,
however many entries refer to them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, LargeBinary, func, insert, literal, select

from casework.log.schema import entry
from casework.seal import crypto
from casework.seal.sealing import Sealer
from casework.seal.tables import attachment, attachment_bringer, sealed_blob, sealed_key


class Kept(Struct, frozen=True, kw_only=True):
    """An attachment: digest of the content, media type detected from the bytes, length in bytes."""

    sha256: str
    media_type: str
    length: int


class NotWhatItWas(Exception):
    """The content of an attachment does not match its digest."""


def keep(
    db: Connection, sealer: Sealer, log: str, content: bytes, media_type: str, *, at: str, actor: str
) -> tuple[Kept, bool]:
    """Seal and store CONTENT; True when it is new. A second upload adds its actor to those who brought it."""
    sha256 = hashlib.sha256(content).hexdigest()
    if (known := find(db, log, sha256)) is not None:
        if actor not in bringers_of(db, log, sha256):
            kid = kids_of(db, log, [sha256])[sha256]
            db.execute(insert(attachment_bringer).values(log=log, kid=kid, actor=actor))
        return known, False
    kid, wrapped, blob, digest = crypto.encrypt(content, _place(log, sha256), sealer.key.derived("wrap", log))
    db.execute(
        insert(sealed_blob).values(
            log=log, kid=kid, command=_name(sha256), event=0, alg=crypto.ALG, sha256=digest, bytes=blob
        )
    )
    db.execute(insert(sealed_key).values(log=log, kid=kid, wrapped=wrapped, kek=sealer.key.id))
    kept = Kept(sha256=sha256, media_type=media_type, length=len(content))
    db.execute(
        insert(attachment).values(
            log=log, sha256=sha256, kid=kid, media_type=media_type, length=len(content), at=at, actor=actor
        )
    )
    db.execute(insert(attachment_bringer).values(log=log, kid=kid, actor=actor))
    return kept, True


def bringers_of(db: Connection, log: str, sha256: str) -> frozenset[str]:
    """Actors who uploaded it."""
    of, by = attachment.c, attachment_bringer.c
    brought = select(by.actor).join(attachment, (of.log == by.log) & (of.kid == by.kid))
    return frozenset(db.scalars(brought.where(of.log == log, of.sha256 == sha256)))


def find(db: Connection, log: str, sha256: str) -> Kept | None:
    """The stored attachment; None if it was never uploaded, or was erased."""
    of = attachment.c
    row = db.execute(select(of.media_type, of.length).where(of.log == log, of.sha256 == sha256)).first()
    return None if row is None else Kept(sha256=sha256, media_type=row.media_type, length=row.length)


def content(db: Connection, sealer: Sealer, log: str, sha256: str) -> bytes | None:
    """The decrypted content, checked against the digest; None if it was never uploaded, or was erased."""
    of = attachment.c
    row = db.execute(
        select(sealed_blob.c.bytes, sealed_key.c.wrapped)
        .join(sealed_blob, (sealed_blob.c.log == of.log) & (sealed_blob.c.kid == of.kid))
        .join(sealed_key, (sealed_key.c.log == of.log) & (sealed_key.c.kid == of.kid))
        .where(of.log == log, of.sha256 == sha256)
    ).first()
    if row is None:
        return None
    clear = crypto.decrypt(row.wrapped, row.bytes, _place(log, sha256), sealer.key.derived("wrap", log))
    if hashlib.sha256(clear).hexdigest() != sha256:
        raise NotWhatItWas(f"the attachment {sha256} of {log} has other bytes than its digest says")
    return clear


def kids_of(db: Connection, log: str, digests: Iterable[str]) -> dict[str, str]:
    """Digest → key id, for the attachments that exist."""
    of = attachment.c
    found = db.execute(select(of.sha256, of.kid).where(of.log == log, of.sha256.in_(sorted(digests))))
    return {row.sha256: row.kid for row in found}


def is_shared(db: Connection, log: str, sha256: str, stream: str) -> bool:
    """Whether another stream also refers to it. Scans the whole log; for erasures only."""
    other = select(entry.c.seq).where(entry.c.log == log, entry.c.stream != stream, _names(db, sha256)).limit(1)
    return db.scalar(other) is not None


def referring(db: Connection, log: str, sha256: str) -> tuple[str, ...]:
    """The streams that refer to it. Scans the whole log; for erasures only."""
    found = select(entry.c.stream).where(entry.c.log == log, _names(db, sha256)).distinct()
    return tuple(sorted(db.scalars(found)))


def _names(db: Connection, sha256: str) -> ColumnElement[bool]:
    """Whether an entry's bytes hold the digest."""
    needle = literal(sha256.encode(), LargeBinary)
    if db.dialect.name == "sqlite":
        return func.instr(entry.c.bytes, needle) > 0
    return func.position(needle.op("IN")(entry.c.bytes)) > 0


def _name(sha256: str) -> str:
    return f"attachment/{sha256}"


def _place(log: str, sha256: str) -> bytes:
    return crypto.place(log, _name(sha256), _name(sha256), 0, "content")
