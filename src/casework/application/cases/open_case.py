"""Opens a case: facts, timeline, and sealed parts for those who may read them."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import UNSET, Struct

from casework.application.access.actor import Actor
from casework.application.access.reading_note import open_noted
from casework.application.access.visibility import outside, visibility_of
from casework.application.runtime.runtime import Runtime
from casework.law.cases.facts import Facts
from casework.law.cases.state import holders
from casework.law.event import Event, Recorded
from casework.law.kinds import fold
from casework.law.lifecycle import commands_from
from casework.log import codec
from casework.log.entry import Entry
from casework.seal.sealing import Tombstone

#: members that a step has from the recorded entry
_RECORDED = ("seq", "rev", "at", "recorded_on", "occurred", "occurred_on", "actor", "role", "unit", "counts_for")


class Sealing(Struct, frozen=True):
    """A sealed part of a step: its text, or why there is none (`sealed`, `erased`, `missing`)."""

    member: str
    state: str
    value: Any = None


class Step(Struct, frozen=True, kw_only=True):
    """One entry of a case as a reader sees it."""

    seq: int
    rev: int
    type: str
    at: str
    recorded_on: str
    occurred: str
    occurred_on: str
    actor: str
    role: str
    unit: str
    counts_for: str
    source: str
    operator: str
    data: dict[str, Any]
    sealed: tuple[Sealing, ...] = ()


class Opened(Struct, frozen=True, kw_only=True):
    """A case with its timeline; `possible` are the commands that are lawful now, in the reader's role."""

    log: str
    stream: str
    number: str
    rev: int
    facts: dict[str, Any]
    holders: tuple[dict[str, Any], ...]
    possible: tuple[str, ...] = ()
    unsealed: bool
    timeline: tuple[Step, ...]


def open_case(runtime: Runtime, log: str, stream: str, who: Actor | None = None, *, must_see: bool = False) -> Opened:
    """The case of STREAM; sealed parts are opened where WHO may read them, else only named.

    must_see  a case that WHO does not see is a Problem; the machine's operator sees the facts of every case
    """
    entries = list(runtime.store.read_stream(log, stream))
    history = [codec.recorded(entry) for entry in entries]
    state = fold(history)
    county = runtime.county(log)
    scope = None if who is None else visibility_of(county, who)
    if must_see and who is not None and scope is not None and not scope.sees(state):
        raise outside(who, "case", state)
    may = scope is not None and scope.may_unseal(state)
    texts = open_noted(runtime, county, who, "case", entries, stream) if may and who is not None else {}
    steps = tuple(step(entry, recorded, texts.get(entry.seq)) for entry, recorded in zip(entries, history, strict=True))
    return Opened(
        log=log,
        stream=stream,
        number=state.number,
        rev=entries[-1].rev,
        facts={name: getattr(state, name) for name in Facts.__struct_fields__},
        holders=tuple(msgspec.to_builtins(holder) for holder in holders(state)),
        possible=commands_from(state.status, who.role if who else None),
        unsealed=may,
        timeline=steps,
    )


def step(entry: Entry, recorded: Recorded, texts: dict[str, Any] | None) -> Step:
    """One entry with what may be shown of it."""
    sealed = () if entry.sealed is UNSET else entry.sealed
    return Step(
        **{name: getattr(recorded, name) for name in _RECORDED},
        type=recorded.event.name,
        source=entry.source,
        operator="" if entry.operator is UNSET else entry.operator,
        data=members_of(recorded.event),
        sealed=tuple(sealing(commitment.member, texts) for commitment in sealed),
    )


def members_of(event: Event) -> dict[str, Any]:
    """What the event itself says; members at their default are left out."""
    return msgspec.to_builtins(event)


def sealing(member: str, texts: dict[str, Any] | None) -> Sealing:
    """A sealed part as a reader sees it; TEXTS are the opened parts of its entry, None where nothing is opened."""
    if texts is None:
        return Sealing(member, "sealed")
    value = texts[member]
    return Sealing(member, value.reason) if isinstance(value, Tombstone) else Sealing(member, "open", value)
