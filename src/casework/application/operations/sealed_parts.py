"""Checks that every sealed part has its blob and key, or an erasure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import islice

from msgspec import UNSET, Struct
from sqlalchemy import Connection, Engine, select

from casework.application.operations.refusals import refused
from casework.application.operations.snapshot import snapshot
from casework.database.engine import reading
from casework.log.entry import Commitment, decode
from casework.seal.erasure import erased_kids
from casework.seal.tables import sealed_blob, sealed_key

_KIDS = 200


class Parts(Struct):
    """Sealed parts that the entries commit to: there and equal, erased, or gone without an entry that says why."""

    equal: int = 0
    erased: int = 0
    missing: int = 0


def look_at_parts(engine: Engine, log: str, erased: frozenset[str] = frozenset()) -> Parts:
    """Compare every sealed part with its commitment; Problem names the first that differs.

    erased  keys whose erasure this log does not tell of (yet)
    """
    parts = Parts()
    with snapshot(engine) as entries, reading(engine) as db:
        gone = erased_kids(db, log) | erased
        commitments = _commitments(entries.entries(log))
        while some := list(islice(commitments, _KIDS)):
            _look(db, log, some, gone, parts)
    return parts


def _commitments(entries: Iterator[bytes]) -> Iterator[tuple[int, Commitment]]:
    for stored in entries:
        if b'"sealed":' in stored:
            entry = decode(stored)
            for commitment in () if entry.sealed is UNSET else entry.sealed:
                yield entry.seq, commitment


def _look(db: Connection, log: str, some: list[tuple[int, Commitment]], gone: frozenset[str], parts: Parts) -> None:
    of, key = sealed_blob.c, sealed_key.c
    both = select(of.kid, of.bytes).join(sealed_key, (key.log == of.log) & (key.kid == of.kid))
    kids = [commitment.kid for _, commitment in some]
    found = {row.kid: row.bytes for row in db.execute(both.where(of.log == log, of.kid.in_(kids)))}
    for seq, commitment in some:
        blob = found.get(commitment.kid)
        if blob is None:
            if commitment.kid in gone:
                parts.erased += 1
            else:
                parts.missing += 1
        elif (hashlib.sha256(blob).hexdigest(), len(blob)) == (commitment.sha256, commitment.len):
            parts.equal += 1
        else:
            raise refused("part-differs", log=log, seq=seq, member=commitment.member)
