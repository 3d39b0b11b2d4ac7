"""Forgets command ids that were answered long ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, func, select

from casework.application.figures.upkeep import owner_of
from casework.application.operations.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.clock import written
from casework.database.engine import reading, writing
from casework.log.schema import command

#: days that a device may be away and still be told that it sent a command again with other content
LEAST_DAYS = 30
#: rows forgotten in one short transaction
_SLICE = 1_000


def prune(runtime: Runtime, log: str, days: int, progress: Callable[[int, int], None] | None = None) -> int:
    """Forget the commands answered more than DAYS ago, as the owner of the tables; returns how many there were."""
    if days < LEAST_DAYS:
        raise refused("too-young", least_days=LEAST_DAYS)
    before = written(datetime.now(UTC) - timedelta(days=days))
    of = command.c
    old = (of.log == log) & (of.at < before)
    with reading(runtime.engine) as db:
        total = db.scalar(select(func.count()).select_from(command).where(old)) or 0
    gone = 0
    some = select(of.command).where(old).limit(_SLICE)
    with owner_of(runtime) as owner:
        while True:
            with writing(owner) as db:
                forgotten = db.execute(delete(command).where(of.log == log, of.command.in_(some))).rowcount
            if not forgotten:
                return gone
            gone += forgotten
            if progress is not None:
                progress(gone, max(gone, total))
