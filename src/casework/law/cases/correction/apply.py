"""History as it should have been: every correction applied to the entry that it cites, nothing edited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from casework.law.cases.events import RecordCorrected
from casework.law.cases.evolve import evolve
from casework.law.cases.state import CaseState
from casework.law.event import Recorded

#: what of an entry's envelope can be corrected; everything else that can is a member of its event
ENVELOPE_MEMBERS: frozenset[str] = frozenset({"occurred", "occurred_on"})


def values_in_force(history: Sequence[Recorded]) -> dict[tuple[int, str], Any]:
    """What corrections put in force: (revision, member) → value, the later correction winning.

    A correction may itself be corrected, and cites only what lies before it: read from the end, each is final
    by the time it is reached.
    """
    values: dict[tuple[int, str], Any] = {}
    for recorded in reversed(history):
        event = recorded.event
        if isinstance(event, RecordCorrected):
            value = values.get((recorded.rev, "value"), event.value)
            values.setdefault((event.rev, event.member), value)
    return values


def value_of(recorded: Recorded, member: str) -> Any:
    """What an entry says of a member, be it of the envelope or of the event; None when it has no such member."""
    return getattr(recorded if member in ENVELOPE_MEMBERS else recorded.event, member, None)


def corrected(history: Sequence[Recorded]) -> list[Recorded]:
    """The same entries in the same order, with the values in force in the place of those recorded."""
    by_rev: dict[int, dict[str, Any]] = {}
    for (rev, member), value in values_in_force(history).items():
        by_rev.setdefault(rev, {})[member] = value
    if not by_rev:
        return list(history)
    return [_with(recorded, by_rev.get(recorded.rev, {})) for recorded in history]


def _with(recorded: Recorded, values: Mapping[str, Any]) -> Recorded:
    if not values:
        return recorded
    envelope = {member: value for member, value in values.items() if member in ENVELOPE_MEMBERS}
    facts = {member: value for member, value in values.items() if member not in ENVELOPE_MEMBERS}
    event = replace(recorded.event, **facts) if facts else recorded.event
    return replace(recorded, event=event, **envelope)


def fold(history: Sequence[Recorded]) -> CaseState:
    """The state of a case after these entries of its stream, corrections applied."""
    state = CaseState()
    for recorded in corrected(history):
        state = evolve(state, recorded)
    return state
