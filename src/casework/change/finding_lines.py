"""Change lines of auditors' findings: what was done, and how each stands from which day.

A finding that nobody answers is overdue the day after its answer was due, and nobody enters anything that day. So the
line that says so lies ahead, written when the finding is recorded, and an answer in time takes it back (weight −1), as
declarations of the roster do. Days are those of recording: an answer dated back is as late as it is.
"""

from __future__ import annotations

from collections import Counter

from casework.change.case_lines import Tail, days_between
from casework.law.cases.deadlines import days_after
from casework.law.event import Recorded
from casework.law.findings.events import FindingAnswered, FindingClosed, FindingRecorded
from casework.law.findings.state import FindingState

#: facts of a finding, in the order of the columns of `finding_change`
FINDING_FACTS: tuple[str, ...] = (
    "kind", "about", "about_case", "projection", "area", "township", "unit", "confidentiality", "status", "outcome",
    "due_on",
)  # fmt: skip
#: a day, +1 or −1, and the facts that begin or cease to hold on it
_Edge = tuple[str, int, tuple[str, ...]]


def finding_tails(r: Recorded, before: FindingState, after: FindingState) -> list[tuple[int, Tail]]:
    """The lines of `finding_change` of one entry, each with its weight: first what was done, then how it stands."""
    event, on = r.event, r.recorded_on
    first_answer = isinstance(event, FindingAnswered) and not before.answered_on
    own: Tail = (
        int(isinstance(event, FindingRecorded)),
        int(first_answer),
        int(first_answer and on > after.due_on),
        days_between(after.recorded_on, on) if first_answer else 0,
        int(isinstance(event, FindingClosed)),
    )
    start = (r.seq, r.stream, r.rev, event.name, r.actor, r.role, r.unit, r.counts_for, r.occurred_on)
    lines: list[tuple[int, Tail]] = [(1, (*start, on, *_facts(after, after.stands(on)), 0, *own))]
    was, now = _edges(before), _edges(after)
    for edge in sorted(was | now):
        moved = now[edge] - was[edge]
        day, step, facts = edge
        lines += [(1 if moved > 0 else -1, (*start, day, *facts, step, *(0,) * len(own)))] * abs(moved)
    return lines


def _edges(state: FindingState) -> Counter[_Edge]:
    """Every day on which the finding begins or ceases to stand in some way."""
    found: Counter[_Edge] = Counter()
    if state.rev < 0:
        return found
    begins = [(state.recorded_on, "open"), (days_after(state.due_on, 1), "overdue")]
    begins += [(day, status) for day, status in ((state.answered_on, "answered"), (state.closed_on, "closed")) if day]
    settled = min((day for day, status in begins[2:]), default="")
    if settled and settled <= begins[1][0]:
        del begins[1]
    for place, (day, status) in enumerate(begins):
        end = begins[place + 1][0] if place + 1 < len(begins) else ""
        if day != end:
            found[day, 1, _facts(state, status)] += 1
            if end:
                found[end, -1, _facts(state, status)] += 1
    return found


def _facts(state: FindingState, status: str) -> tuple[str, ...]:
    """The facts while it stands so: the outcome is that of a closed one."""
    told = {"about_case": state.case, "status": status, "outcome": state.outcome if status == "closed" else ""}
    return tuple(told[name] if name in told else getattr(state, name) for name in FINDING_FACTS)
