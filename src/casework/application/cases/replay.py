"""Replays a case step by step, with the facts that each step changed."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.access.reading_note import note, unsealed
from casework.application.access.visibility import outside, visibility_of
from casework.application.cases.open_case import Step, step
from casework.application.cases.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.facts import FACTS
from casework.law.cases.transferring import OfficerAssigned
from casework.law.event import Event
from casework.law.kinds import evolve, fold, initial
from casework.log import codec
from casework.text import Text

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
#: event → what it names, and its term where the case had one such before
_AGAIN: dict[type[Event], tuple[str, Text]] = {
    CaseDispatched: ("unit", Text("改派", "Sent anew to a unit that must handle it; the handling clock starts.")),
    OfficerAssigned: ("lead", Text("改派", "The unit names another cadre to lead.")),
}


class Change(Struct, frozen=True):
    """A fact that moved."""

    fact: str
    before: Any
    after: Any


class Replayed(Struct, frozen=True):
    """One step: the entry, what it means in words, and the facts it moved."""

    step: Step
    what_en: str
    what_zh: str
    changes: tuple[Change, ...]


def replay(
    runtime: Runtime,
    log: str,
    stream: str,
    until: str = "",
    who: Actor | None = None,
    *,
    must_see: bool = False,
    noted: bool = False,
) -> list[Replayed]:
    """The case as it was known at the end of the day `until` (recorded), or when the log had `until` entries.

    Corrections count from their own step on: before it, the case is shown as it was believed to be.

    noted  the access ledger has this reading already: the same page opened the case
    """
    whole = runtime.store.read_stream(log, stream)
    county = runtime.county(log)
    scope = None if who is None else visibility_of(county, who)
    history = [codec.recorded(entry) for entry in whole]
    standing = fold(history)
    if must_see and who is not None and scope is not None and not scope.sees(standing):
        raise outside(who, "case", standing)
    entries = [entry for entry in whole if _known(entry, until)]
    if not entries:
        raise refused("not-yet", until=until)
    texts = unsealed(runtime, log, entries) if scope is not None and scope.may_unseal(standing) else None
    if who is not None and texts and not noted:
        note(runtime, county, who, "replay", stream)
    state = initial(stream)
    before = _facts(state)
    steps = []
    for entry, recorded in zip(entries, history, strict=False):  # entries are the first so many of the history
        term = _term(recorded.event, state)
        state = fold(history[: recorded.rev + 1]) if recorded.event.corrects else evolve(state, recorded)
        after = _facts(state)
        steps.append(
            Replayed(
                step=step(entry, recorded, texts.get(entry.seq, {}) if texts is not None else None),
                what_en=term.en.partition(" (")[0].rstrip("."),
                what_zh=term.zh or recorded.event.name,
                changes=tuple(Change(fact, before[fact], after[fact]) for fact in after if before[fact] != after[fact]),
            )
        )
        before = after
    return steps


def _term(event: Event, state: Any) -> Text:
    """The term of EVENT in a case that was in STATE before it: 改派 where a unit, or a cadre, had the case already."""
    named, again = _AGAIN.get(type(event), ("", event.term))
    return again if named and any(getattr(held, named) for held in state.tenures) else event.term


def _known(entry: Any, until: str) -> bool:
    if not until:
        return True
    if _DATE.match(until):
        return entry.recorded_on <= until
    if until.isdecimal():
        return entry.seq < int(until)
    raise refused("not-a-time", until=until)


def _facts(state: Any) -> dict[str, Any]:
    return {name: getattr(state, name) for name in FACTS if hasattr(state, name)}
