"""Finds a person's answers to surveys and the cases that came of them.

A respondent is known in a survey by an id of its own. It is theirs where the answer names them by the number that
is looked for, or where one of their cases was raised from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set

from casework.application.runtime.runtime import Runtime
from casework.application.surveys.surveys import state_of
from casework.database.engine import reading
from casework.law.kinds import fold
from casework.law.surveys.events import SurveyAnswered
from casework.log import codec
from casework.log.entry import Entry

#: survey → ids under which the person answered it
Answered = Mapping[str, Set[str]]


def is_survey(stream: str) -> bool:
    """Whether it is a survey: what lies in it is of many people."""
    return stream.startswith("survey/")


def by_number(runtime: Runtime, log: str, person: str, surveys: Iterable[str]) -> Answered:
    """Who in these surveys gave that phone or identity number."""
    with reading(runtime.engine) as db:
        return {survey: runtime.sealer.find_subjects(db, log, person, survey) for survey in surveys}


def by_cases(runtime: Runtime, log: str, cases: Iterable[str]) -> Answered:
    """Who gave the answers from which these cases were raised."""
    found: dict[str, set[str]] = {}
    for case in cases:
        if not case.startswith("case/"):
            continue
        survey = fold([codec.recorded(entry) for entry in runtime.store.read_stream(log, case)]).survey
        if survey:
            needs = state_of(runtime, log, survey).needs
            found.setdefault(survey, set()).update(who for (who, _), raised in needs.items() if raised == case)
    return found


def raised_from(runtime: Runtime, log: str, answered: Answered) -> set[str]:
    """The cases that were raised from these answers."""
    return {
        case
        for survey, ids in answered.items()
        for (who, _), case in state_of(runtime, log, survey).needs.items()
        if who in ids
    }


def together(*found: Answered) -> Answered:
    """All of them, survey by survey."""
    every = {survey for one in found for survey in one}
    return {survey: frozenset().union(*(one.get(survey, ()) for one in found)) for survey in sorted(every)}


def entries_of(runtime: Runtime, log: str, answered: Answered) -> Iterator[Entry]:
    """The answers themselves, as they are stored."""
    for survey, ids in answered.items():
        for entry in runtime.store.read_stream(log, survey):
            if entry.type == SurveyAnswered.name and getattr(codec.recorded(entry).event, "respondent", "") in ids:
                yield entry
