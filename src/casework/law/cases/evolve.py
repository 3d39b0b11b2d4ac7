"""Folds the entries of a case into its state, by the effects of every procedure.

A state is copied once per entry and the copy filled in before anything else holds it, which costs half of what
`structs.replace` would: rebuilding a county calls this for every entry it ever stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec.structs import force_setattr as put

from casework.law.cases import (
    accepting,
    acting,
    archiving,
    calling_back,
    closing,
    co_handling,
    confidentiality,
    corrections,
    dispatching,
    escalating,
    extending,
    ledger,
    merging,
    milestones,
    on_the_spot,
    parking,
    pausing,
    registering,
    reopening,
    residents,
    resolving,
    returning,
    supervising,
    transferring,
    voiding,
    withdrawing,
)
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.event import Event, Recorded
from casework.law.rule import Rule


class Procedure(Protocol):
    """A file of the law of cases: its rules, and what its events make of a case."""

    @property
    def RULES(self) -> tuple[Rule, ...]: ...
    @property
    def EFFECTS(self) -> Effects: ...


#: every procedure but correcting, which folds by the effects of all these; in the order of a case's life
PROCEDURES: tuple[Procedure, ...] = (
    registering, on_the_spot, accepting, merging, dispatching, returning, transferring, co_handling, acting,
    extending, pausing, parking, supervising, escalating, milestones, resolving, calling_back, closing, reopening,
    withdrawing, archiving, voiding, residents, confidentiality, ledger,
)  # fmt: skip

_EFFECTS: Effects = {
    event: effect for procedure in PROCEDURES for event, effect in procedure.EFFECTS.items()
} | corrections.EFFECTS
#: stored name → event
CASE_EVENTS: dict[str, type[Event]] = {event.name: event for event in _EFFECTS}

#: what copy.copy would look up anew for every entry
_copy: Callable[[CaseState], CaseState] = getattr(CaseState, "__copy__")  # noqa: B009 — unknown to the type stubs


def evolve(state: CaseState, recorded: Recorded) -> CaseState:
    """The state after one more entry of its stream."""
    after = _copy(state)
    put(after, "rev", recorded.rev)
    if recorded.occurred_on > state.effective_on:
        put(after, "effective_on", recorded.occurred_on)
    _EFFECTS[type(recorded.event)](after, recorded, recorded.event)
    return after
