"""Counts surveys: people asked, answers, choices and needs raised."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, select

from casework.change.tables import case_now, survey_change
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.surveys.events import Question


class Needs(Struct, frozen=True, kw_only=True):
    """What a survey counts.

    asked     people to be asked
    answered  people who answered
    raised    needs that became cases, those registered in error not
    open      of these, still to be worked on
    solved    of these, standing solved
    """

    asked: int
    answered: int
    raised: int
    open: int
    solved: int


class Chosen(Struct, frozen=True, kw_only=True):
    """How often a choice was chosen."""

    code: str
    label: str
    picks: int


class Answered(Struct, frozen=True, kw_only=True):
    """How a question was answered.

    replies  people who answered it
    choices  of choice, multi and yes_no: each with how often it was chosen
    total    of number: sum of what was given
    """

    code: str
    label: str
    kind: str
    replies: int
    choices: tuple[Chosen, ...] = ()
    total: int = 0


def counted(db: Connection, log: str, streams: list[str], told_of: ColumnElement[bool]) -> dict[str, Needs]:
    """What each of these surveys counts; of the cases that they led to those alone that the reader may be TOLD_OF."""
    of, case = survey_change.c, case_now.c
    asked = (
        select(of.stream, func.sum(of.weight * of.asked), func.sum(of.weight * of.answered))
        .where(of.log == log, of.stream.in_(streams))
        .group_by(of.stream)
    )
    held = (
        select(case.survey, case.status, case.outcome, func.count())
        .where(case.log == log, case.survey != "", case.survey.in_(streams), case.outcome != "registered_in_error")
        .where(told_of)
        .group_by(case.survey, case.status, case.outcome)
    )
    raised: dict[str, list[int]] = {stream: [0, 0, 0] for stream in streams}
    for stream, status, outcome, count in db.execute(held):
        for place, counts in enumerate((True, status in OPEN_STATUSES, outcome == "solved")):
            raised[stream][place] += count * counts
    return {
        stream: Needs(
            asked=int(people),
            answered=int(answered),
            raised=raised[stream][0],
            open=raised[stream][1],
            solved=raised[stream][2],
        )
        for stream, people, answered in db.execute(asked)
    }


def answered(db: Connection, log: str, stream: str, questions: Iterable[Question]) -> tuple[Answered, ...]:
    """How each of these questions of a survey was answered."""
    replies = _replies(db, log, stream)
    return tuple(_answered(question, replies) for question in questions)


def _replies(db: Connection, log: str, stream: str) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Question → choice → people, times chosen, sum of numbers."""
    of = survey_change.c
    people, picked, total = (func.sum(of.weight * column) for column in (of.replies, of.picks, of.number))
    query = (
        select(of.question, of.choice, people, picked, total)
        .where(of.log == log, of.stream == stream, of.question != "")
        .group_by(of.question, of.choice)
    )
    found: dict[str, dict[str, tuple[int, int, int]]] = {}
    for question, choice, replies, picks, number in db.execute(query):
        found.setdefault(question, {})[choice] = int(replies), int(picks), int(number)
    return found


def _answered(question: Question, replies: dict[str, dict[str, tuple[int, int, int]]]) -> Answered:
    told = replies.get(question.code, {})
    return Answered(
        code=question.code,
        label=question.label,
        kind=question.kind,
        replies=sum(people for people, _, _ in told.values()),
        choices=tuple(
            Chosen(code=code, label=label, picks=told.get(code, (0, 0, 0))[1]) for code, label in question.codes.items()
        ),
        total=sum(number for _, _, number in told.values()),
    )
