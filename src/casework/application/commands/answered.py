"""Tells whether a command id has been answered."""

from __future__ import annotations

from sqlalchemy import select

from casework.application.runtime.runtime import Runtime
from casework.log.schema import command


def is_answered(runtime: Runtime, log: str, sent: str) -> bool:
    """Whether the command with the id SENT has an answer in LOG; ids that were pruned have none."""
    found = select(command.c.command).where(command.c.log == log, command.c.command == sent)
    with runtime.engine.connect() as db:
        return db.scalar(found) is not None
