"""Change table and lines of auditors' findings, and how each stands from which day.

A finding that nobody answers is overdue the day after its answer was due, and nobody enters anything that day. So the
line that says so lies ahead, written when the finding is recorded, and an answer in time takes it back (weight −1), as
declarations of the roster do. Days are those of recording: an answer dated back is as late as it is.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Index

from casework.change.columns import Lines, Tail, change_table, days_between
from casework.database.metadata import texts, wholes
from casework.law.cases.deadlines import days_after
from casework.law.event import Recorded
from casework.law.findings.events import FindingAnswered, FindingClosed, FindingRecorded
from casework.law.findings.state import FindingState

#: facts of a finding, in the order of the columns of `finding_change`
FINDING_FACTS: tuple[str, ...] = (
    "kind", "about", "about_case", "projection", "area", "township", "unit", "confidentiality", "status", "outcome",
    "due_on",
)  # fmt: skip
finding_change = change_table(
    "finding_change",
    texts(
        " ".join(FINDING_FACTS),
        kind="what was found: fake_closure, backdating, recounted, …",
        about="case, figure or county",
        about_case="stream of the case it is about; '' otherwise",
        projection="projection whose figure it is about; '' otherwise",
        area="of the case, else home of the unit concerned; '' for the county as a whole",
        township="township of that place",
        unit="unit concerned, which answers; '' where supervisors answer",
        confidentiality="for the scope of readers: findings are seen as confidential cases are",
        status="open, overdue, answered or closed, from `effective_on` on",
        outcome="upheld, unfounded or remedied; '' until closed",
        due_on="date by whose end an answer is due",
    ),
    wholes(
        step="+1 stands so from that day on, −1 no more; 0 on the line that says what was done",
        is_finding="1 for the recording of a finding",
        answered="1 for the first answer",
        late="1 for a first answer recorded after the day it was due",
        days_to_answer="of a first answer: days from recording to it",
        closed="1 for the closing",
    ),
    Index(None, "log", "stream"),
    Index(None, "log", "about_case"),
    effective_on="day from which it stands so; that of being overdue may lie ahead",
    comment="What auditors found: about what, whom it concerns, and from which day how it stands.",
)
#: a day, +1 or −1, and the facts that begin or cease to hold on it
_Edge = tuple[str, int, tuple[str, ...]]


def finding_lines(r: Recorded, before: FindingState, after: FindingState) -> Lines:
    """First what was done, then how it stands."""
    event, on = r.event, r.recorded_on
    first_answer = isinstance(event, FindingAnswered) and not before.answered_on
    own: Tail = (
        int(isinstance(event, FindingRecorded)),
        int(first_answer),
        int(first_answer and on > after.due_on),
        days_between(after.recorded_on, on) if first_answer else 0,
        int(isinstance(event, FindingClosed)),
    )
    lines: list[tuple[int, Tail]] = [(1, (on, *_facts(after, after.stands(on)), 0, *own))]
    was, now = _edges(before), _edges(after)
    for edge in sorted(was | now):
        moved = now[edge] - was[edge]
        day, step, facts = edge
        lines += [(1 if moved > 0 else -1, (day, *facts, step, *(0,) * len(own)))] * abs(moved)
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
