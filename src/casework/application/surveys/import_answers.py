"""Imports answers to a survey from a file, row by row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.commands.handle import Request, Via, prepare, request_of
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.application.surveys.surveys import state_of
from casework.exchange.ledger import Reject
from casework.exchange.questionnaire import AnswerRow, read_answers
from casework.exchange.rejects import RejectsFile
from casework.law.context import Refused
from casework.law.surveys.events import SurveyAnswered
from casework.log import codec
from casework.log.errors import CommandReused, EntryRefused
from casework.log.submission import Answer, Submission
from casework.seal.parts import SealRefused
from casework.text import Text

#: commands of one transaction: others wait for about 50 ms
_SLICE = 256

Progress = Callable[[int], None]


class Report(Struct, kw_only=True):
    """What an import of answers did.

    answered  rows that are answers now, and were not before
    repeated  rows that were entered before, and say the same
    changed   lines that say something else than when they were entered; what was entered stands
    """

    survey: str
    dry_run: bool = False
    rows: int = 0
    answered: int = 0
    repeated: int = 0
    changed: list[int] = msgspec.field(default_factory=list[int])
    rejected: int = 0
    rejects_file: str = ""


def run(
    runtime: Runtime,
    log: str,
    stream: str,
    path: Path,
    *,
    who: Actor,
    operator: str = "",
    dry_run: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Enter the answers in PATH. Running it again, or after a kill in the middle, adds nothing twice.

    rejects  file for rejected rows (default: beside the answers, `<file>.rejects.csv`), made only if needed

    Raises FormError when the file cannot be read or its columns do not fit the survey.
    """
    report = Report(survey=stream, dry_run=dry_run)
    questions = state_of(runtime, log, stream).questions
    with RejectsFile(rejects or path.with_name(f"{path.name}.rejects.csv"), runtime.settings.language) as refuse:
        entering = _Entering(runtime, log, stream, who, operator, refuse, report)
        for found in read_answers(path, questions):
            report.rows += 1
            if isinstance(found, Reject):
                refuse.add(found)
            elif not dry_run:
                entering.add(found)
            if progress and report.rows % 200 == 0:
                progress(report.rows)
        entering.send()
        report.rejected = refuse.count
        report.rejects_file = str(refuse.path) if refuse.count else ""
    return report


class _Entering(Struct):
    runtime: Runtime
    log: str
    stream: str
    who: Actor
    operator: str
    rejects: RejectsFile
    report: Report
    _slice: list[tuple[AnswerRow, Submission]] = []
    _stood: dict[str, tuple[str, Any]] | None = None

    def add(self, row: AnswerRow) -> None:
        try:
            self._slice.append((row, prepare(self.runtime, self._request(row))))
        except (Refused, Problem, SealRefused) as no:
            self._refused(row, Text(no.zh, no.en))
        if len(self._slice) >= _SLICE:
            self.send()

    def send(self) -> None:
        ready, self._slice = self._slice, []
        outcomes = self.runtime.writer.append_now([submission for _, submission in ready])
        for (row, submission), outcome in zip(ready, outcomes, strict=True):
            self._settle(row, submission, outcome)

    def _request(self, row: AnswerRow) -> Request:
        respondent = self._respondent(row)
        members: dict[str, Any] = {"survey": self.stream, "respondent": respondent, "replies": row.replies}
        members |= {"texts": row.texts} if row.texts else {}
        members |= {"person": row.person} if row.person else {}
        id = f"import/{self.stream}/{respondent.partition('/')[2]}"
        via = Via("import/survey", self.operator)
        return request_of(self.who, via, self.log, "record-survey-answer", members, id, occurred_on=row.on)

    def _respondent(self, row: AnswerRow) -> str:
        """An id derived from the row, equal for every person who enters it; the row cannot be read from it."""
        keyed = self.runtime.sealer.digest(self.log, self.stream, f"respondent\n{row.id}".encode())
        return f"resident/{keyed.hex()[:32]}"

    def _settle(self, row: AnswerRow, submission: Submission, outcome: Answer | Exception) -> None:
        try:
            if isinstance(outcome, Exception):
                raise outcome
        except CommandReused:
            self._entered_before(row, submission)
        except (Refused, Problem, EntryRefused) as no:
            if isinstance(no, Refused) and no.code == "respondent-answered":
                self._entered_before(row, submission)
            else:  # concerns this row alone; any other error of the log stops the import, which can be run again
                self._refused(row, Text(no.zh, no.en))
        else:
            self.report.repeated += outcome.repeated
            self.report.answered += not outcome.repeated

    def _entered_before(self, row: AnswerRow, submission: Submission) -> None:
        """The same counts as entered; who else entered it may have known other words, which are not compared."""
        if self._stood is None:
            entries = self.runtime.store.read_stream(self.log, self.stream)
            self._stood = {
                event.respondent: (entry.actor, event.replies)
                for entry in entries
                if isinstance(event := codec.recorded(entry).event, SurveyAnswered)
            }
        command: Any = submission.command
        by, replies = self._stood[command.respondent]
        said = tuple((one.question, one.choices, one.number) for one in command.replies)
        if by != self.who.actor and said == tuple((one.question, one.choices, one.number) for one in replies):
            self.report.repeated += 1
        else:
            self.report.changed.append(row.line)

    def _refused(self, row: AnswerRow, reason: Text) -> None:
        self.rejects.add(Reject(row.line, "", reason, row.id))
