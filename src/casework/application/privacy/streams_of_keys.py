"""Finds the streams that hold data sealed under given keys.

An erasure asks before anything is destroyed, because a legal hold is on streams.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import select

from casework.application.runtime.runtime import Prepared, Runtime
from casework.database.engine import reading
from casework.law.county.privacy_commands import ErasePersonalData
from casework.seal import attachments, erasure
from casework.seal.tables import attachment


def streams_of(runtime: Runtime, log: str, kids: Iterable[str]) -> tuple[str, ...]:
    """Every stream that these keys open a part of, and every one that refers to a photo of theirs."""
    wanted = sorted(set(kids))
    with reading(runtime.engine) as db:
        found = set(erasure.carriers(db, log, wanted))
        of = attachment.c
        for start in range(0, len(wanted), erasure.SLICE):
            some = wanted[start : start + erasure.SLICE]
            for sha256 in db.scalars(select(of.sha256).where(of.log == log, of.kid.in_(some))).all():
                found.update(attachments.referring(db, log, sha256))
    return tuple(sorted(found))


def name_streams(runtime: Runtime, log: str, command: ErasePersonalData, _: str) -> Prepared:
    """Prepares an erasure, from whichever door: it names every stream that its keys open."""
    streams = sorted({*command.streams, *streams_of(runtime, log, command.kids)})
    return msgspec.structs.replace(command, streams=tuple(streams)), ()
