"""Corrections in force: history read with corrected values, entries unchanged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from msgspec.structs import force_setattr as put
from msgspec.structs import replace

from casework.law import members as m
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.event import Event, Recorded
from casework.text import Text, meaning


class RecordCorrected(Event, frozen=True, kw_only=True):
    name = "record-corrected.v1"
    term = Text("更正", "A recorded value was wrong; nothing is edited, this says what it should have been.")
    corrects = True
    correctable = frozenset({"value"})
    sealed = {"explanation": m.Explanation}
    stream: Annotated[str, meaning("所更正的流", "stream of the entry it cites (this one)")]
    rev: Annotated[int, meaning("所更正的记录", "revision of that entry in its stream")]
    member: Annotated[str, meaning("所更正的项", "a correctable member of that event, or `occurred`, `occurred_on`")]
    value: m.CorrectedValue[bool | int | str]
    value_before: Annotated[bool | int | str, meaning("更正前的值", "the value in force until now")]
    reason: m.CorrectionReason[str]
    along: Annotated[
        bool, meaning("随同更正", "follows from the correction it was entered with, and is not counted by itself")
    ] = False


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


def correction_counted(s: CaseState, r: Recorded, event: RecordCorrected) -> None:
    if not event.along:
        put(s, "corrections", s.corrections + 1)  # what it corrects changes when the stream is folded anew


EFFECTS: Effects = {RecordCorrected: correction_counted}
