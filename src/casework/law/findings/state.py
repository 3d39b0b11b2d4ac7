"""What is known of an auditor's finding, and what each entry makes of it."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from casework.law import members as m
from casework.law.event import Recorded, shared
from casework.law.findings.events import CONFIDENTIALITY, FindingAnswered, FindingClosed, FindingRecorded
from casework.text import meaning


class FindingState(Struct, frozen=True, kw_only=True, gc=False):
    """A finding as it stands after an entry; members as in `FindingRecorded` unless said here."""

    rev: m.Rev[int] = -1
    kind: str = ""
    about: Annotated[str, meaning("对象", "case, figure, county")] = ""
    case: str = ""
    projection: str = ""
    where: dict[str, str] = {}
    as_of: int = 0
    unit: str = ""
    area: str = ""
    township: str = ""
    evidence: tuple[int, ...] = ()
    due_on: str = ""
    outcome: m.FindingOutcome[str] = ""
    recorded_by: Annotated[frozenset[str], meaning("记录人", "who entered it, and whose act it was")] = frozenset()
    answered_by: Annotated[frozenset[str], meaning("答复人", "who entered answers, and whose act they were")] = (
        frozenset()
    )
    recorded_on: Annotated[str, meaning("记录日期", "county-local date of the entry, not of a claimed day")] = ""
    answered_on: Annotated[str, meaning("答复日期", "of the first answer; '' while there is none")] = ""
    closed_on: Annotated[str, meaning("销号日期", "'' until closed")] = ""
    confidentiality: Annotated[str, meaning("知悉范围", "seen as a confidential case is")] = CONFIDENTIALITY

    def stands(self, on: str) -> str:
        """How it stands on a day: open, overdue, answered or closed."""
        if self.closed_on:
            return "closed"
        if self.answered_on:
            return "answered"
        return "overdue" if on > self.due_on else "open"


def evolve_finding(state: FindingState, recorded: Recorded) -> FindingState:
    """The state after one more entry of its stream."""
    state = replace(state, rev=recorded.rev)
    people = {recorded.actor, recorded.counts_for}
    match recorded.event:
        case FindingRecorded() as event:
            return replace(
                state,
                **shared(event, FindingState),
                about=event.about,
                recorded_by=frozenset(people),
                recorded_on=recorded.recorded_on,
            )
        case FindingAnswered():
            return replace(
                state,
                answered_by=state.answered_by | people,
                answered_on=state.answered_on or recorded.recorded_on,
            )
        case FindingClosed() as event:
            return replace(state, outcome=event.outcome, closed_on=recorded.recorded_on)
        case other:
            raise TypeError(f"{other.name} is nothing that happens to a finding ({recorded.stream})")
