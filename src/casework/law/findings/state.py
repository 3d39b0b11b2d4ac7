"""What is known of an auditor's finding, and what each entry makes of it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casework.law.event import Recorded
from casework.law.findings.events import CONFIDENTIALITY, FindingAnswered, FindingClosed, FindingRecorded


class FindingState(Struct, frozen=True, kw_only=True, gc=False):
    """A finding as it stands after an entry; members as in `FindingRecorded` unless said here.

    rev — 修订号 — revision of the last entry; -1 before the first
    about — 对象 — case, figure or county
    outcome — 结论 — see FINDING_OUTCOMES; '' until closed
    recorded_by — 记录人 — who entered it, and whose act it was
    answered_by — 答复人 — who entered answers, and whose act they were
    recorded_on — 记录日期 — county-local date of the entry; claims of another day count for nothing here
    answered_on — 答复日期 — of the first answer; '' while there is none
    closed_on — 销号日期 — '' until closed
    confidentiality — 密级 — findings are seen as confidential cases are
    """

    rev: int = -1
    kind: str = ""
    about: str = ""
    case: str = ""
    projection: str = ""
    where: dict[str, str] = {}
    as_of: int = 0
    unit: str = ""
    area: str = ""
    township: str = ""
    evidence: tuple[int, ...] = ()
    due_on: str = ""
    outcome: str = ""
    recorded_by: frozenset[str] = frozenset()
    answered_by: frozenset[str] = frozenset()
    recorded_on: str = ""
    answered_on: str = ""
    closed_on: str = ""
    confidentiality: str = CONFIDENTIALITY

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
                kind=event.kind,
                about=event.about,
                case=event.case,
                projection=event.projection,
                where=event.where,
                as_of=event.as_of,
                unit=event.unit,
                area=event.area,
                township=event.township,
                evidence=event.evidence,
                due_on=event.due_on,
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
