"""Gather the change rows of entries, with their numbers and weights.

The append hands it each entry with the states around it; rebuilding hands it the same, folded from stored bytes. So the
rows are equal, row for row, whoever writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from casework.change.activity_lines import activity_tail
from casework.change.case_lines import Tail, case_tail, hold_tails, now_row
from casework.change.finding_lines import finding_tails
from casework.change.roster_lines import THINGS, roster_tails
from casework.change.survey_lines import survey_tails
from casework.law.activities.state import ActivityState, evolve_activity
from casework.law.cases.corrections import RecordCorrected, corrected
from casework.law.cases.evolve import evolve
from casework.law.cases.state import CaseState
from casework.law.event import Recorded

#: a table's tails for one entry, from the states around it
Tails = Callable[[Recorded, Any, Any], Sequence[Tail]]
_OF_ROSTER = tuple(f"{thing}/" for thing in THINGS)


class Rows:
    """Rows gathered for one log, in the order of the tables' columns; written together, then cleared."""

    __slots__ = ("activity", "case", "finding", "hold", "latest", "log", "roster", "survey")

    def __init__(self, log: str) -> None:
        self.log = log
        self.case: list[Tail] = []
        self.hold: list[Tail] = []
        self.activity: list[Tail] = []
        self.survey: list[Tail] = []
        self.finding: list[Tail] = []
        self.roster: list[Tail] = []
        #: stream of a case → its latest entry, and the state after it
        self.latest: dict[str, tuple[Recorded, CaseState]] = {}

    def add(self, recorded: Recorded, before: Any, after: Any, history: Sequence[Recorded] | None = None) -> None:
        """What one entry changed. HISTORY, for a correction: its whole stream as stored, up to and including it."""
        stream = recorded.stream
        if stream.startswith("case/"):
            if type(recorded.event) is RecordCorrected:
                self._correct_case(recorded, history)
            else:
                head = (self.log, recorded.seq)
                self.case.append((*head, 0, recorded.recorded_on, 1, *case_tail(recorded, before, after)))
                for line, tail in enumerate(hold_tails(recorded, before, after)):
                    self.hold.append((*head, line, recorded.recorded_on, 1, *tail))
            self.latest[stream] = recorded, after
        elif stream.startswith("activity/"):
            if type(recorded.event) is RecordCorrected:
                activity = _refold(_whole(recorded, history), ActivityState(), evolve_activity, _one(activity_tail))
                self.activity += _lines(self.log, recorded, *activity)
            else:
                place = (self.log, recorded.seq, 0, recorded.recorded_on, 1)
                self.activity.append((*place, *activity_tail(recorded, before, after)))
        elif stream.startswith("survey/"):
            for line, tail in enumerate(survey_tails(recorded, before, after)):
                self.survey.append((self.log, recorded.seq, line, recorded.recorded_on, 1, *tail))
        elif stream.startswith("finding/"):
            for line, (weight, tail) in enumerate(finding_tails(recorded, before, after)):
                self.finding.append((self.log, recorded.seq, line, recorded.recorded_on, weight, *tail))
        elif stream.startswith(_OF_ROSTER):
            for line, (weight, tail) in enumerate(roster_tails(recorded, before, after)):
                self.roster.append((self.log, recorded.seq, line, recorded.recorded_on, weight, *tail))

    def _correct_case(self, recorded: Recorded, history: Sequence[Recorded] | None) -> None:
        stored = _whole(recorded, history)
        self.case += _lines(self.log, recorded, *_refold(stored, CaseState(), evolve, _one(case_tail)))
        self.hold += _lines(self.log, recorded, *_refold(stored, CaseState(), evolve, hold_tails))

    def now(self) -> dict[str, Tail]:
        """The row of `case_now` of each case that moved: stream → row."""
        return {stream: now_row(self.log, *latest) for stream, latest in sorted(self.latest.items())}


def _one(tail: Callable[[Recorded, Any, Any], Tail]) -> Tails:
    return lambda recorded, before, after: (tail(recorded, before, after),)


def _whole(correction: Recorded, history: Sequence[Recorded] | None) -> Sequence[Recorded]:
    if not history or history[-1].rev != correction.rev or len(history) != correction.rev + 1:
        had = "none" if history is None else f"{len(history)} entries"
        raise ValueError(
            f"a correction needs its whole stream {correction.stream}, {correction.rev + 1} entries "
            f"up to and including it, but was given {had}"
        )
    return history


def _refold(
    stored: Sequence[Recorded], initial: Any, evolve: Callable[[Any, Recorded], Any], tails: Tails
) -> tuple[list[Sequence[Tail]], list[Sequence[Tail]]]:
    """Each entry's tails as they stood before the last entry, a correction, and as they stand with it."""
    folds: list[list[Sequence[Tail]]] = []
    for history in (stored[:-1], stored):
        state, lines = initial, []
        for recorded in corrected(history):
            before, state = state, evolve(state, recorded)
            lines.append(tails(recorded, before, state))
        folds.append(lines)
    return folds[0], folds[1]


def _lines(
    log: str, correction: Recorded, stood: Sequence[Sequence[Tail]], stands: Sequence[Sequence[Tail]]
) -> list[Tail]:
    """A correction's lines: entry by entry what it changed, reversed and written again, then its own."""
    weighed: list[tuple[int, Tail]] = []
    for was, now in zip(stood, stands, strict=False):
        if was != now:
            weighed += [(-1, tail) for tail in was]
            weighed += [(1, tail) for tail in now]
    weighed += [(1, tail) for tail in stands[-1]]
    return [
        (log, correction.seq, line, correction.recorded_on, weight, *tail)
        for line, (weight, tail) in enumerate(weighed)
    ]
