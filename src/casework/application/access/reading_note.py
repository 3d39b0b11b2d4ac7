"""Writes down in the access ledger that somebody reads what is sealed."""

from __future__ import annotations

from casework.application.access.actor import Actor
from casework.application.runtime.runtime import Runtime
from casework.seal.reading_ledger import Reading


def note(runtime: Runtime, log: str, who: Actor, what: str, *streams: str, shown: int = 1) -> None:
    """Write down that WHO is about to read: a row for each case, or one for a page on which SHOWN things stand."""
    of = who.visit
    made = [
        Reading(
            log=log,
            actor=who.actor,
            role=who.role,
            unit=who.unit,
            what=what,
            stream=stream,
            shown=shown,
            source=of.source,
            operator=of.operator,
            reason=of.reason,
            request=of.request,
        )
        for stream in (streams or ("",))
    ]
    runtime.access.write(made, runtime.time_zone(log))
