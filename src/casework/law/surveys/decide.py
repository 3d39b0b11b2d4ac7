"""Needs surveys: opened, revised, closed; by whom, and with which questions. What is answered: decide_answers."""

from __future__ import annotations

from casework.law.cases import names as called
from casework.law.cases.guards import day, deciding
from casework.law.cases.roster_lookups import area_of, unit_of
from casework.law.context import Context
from casework.law.rule import Decided, Rule, rule
from casework.law.surveys.commands import CloseSurvey, OpenSurvey, RecordSurveyAnswer, ReviseSurvey
from casework.law.surveys.decide_answers import answer
from casework.law.surveys.events import (
    QUESTION_KINDS,
    Choice,
    Question,
    SurveyClosed,
    SurveyOpened,
    SurveyRevised,
)
from casework.law.surveys.guards import check_once, check_runs, run_by, taking
from casework.law.surveys.refusals import refused
from casework.law.surveys.state import SurveyState
from casework.text import Text


def _open(command: OpenSurvey, state: SurveyState, context: Context) -> Decided:
    if state.rev >= 0:
        raise refused("survey-exists", survey=command.survey, title=state.title)
    area_of(command.area, context)
    _check_form(command, context)
    event = SurveyOpened(
        title=command.title,
        group=command.group,
        units=command.units,
        area=command.area,
        township=context.roster.township_of(command.area, context.today),
        starts=command.starts,
        ends=command.ends,
        asked=command.asked,
        questions=_as_stored(command.questions),
    )
    return [(command.survey, event)]


def _revise(command: ReviseSurvey, state: SurveyState, context: Context) -> Decided:
    taking(state, command.survey, context)
    _check_form(command, context)
    questions = _as_stored(command.questions)
    if state.respondents:
        _check_keeps_its_meaning(state, questions)
    event = SurveyRevised(
        title=command.title,
        units=command.units,
        starts=command.starts,
        ends=command.ends,
        asked=command.asked,
        questions=questions,
    )
    stands = (state.title, state.units, state.starts, state.ends, state.asked, state.questions)
    asked = (event.title, event.units, event.starts, event.ends, event.asked, event.questions)
    return [] if asked == stands else [(command.survey, event)]


def _as_stored(questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """The same in the shapes that events have."""
    return tuple(
        Question(
            code=one.code,
            label=one.label,
            kind=one.kind,
            choices=tuple(Choice(code=choice.code, label=choice.label) for choice in one.choices),
        )
        for one in questions
    )


def _check_form(command: OpenSurvey | ReviseSurvey, context: Context) -> None:
    for unit in command.units:
        unit_of(unit, context)
    check_once("unit", command.units)
    check_runs(command.units, context)
    if day(command.starts) > day(command.ends):
        raise refused("ends-before-start", ends=command.ends, starts=command.starts)
    check_once("question", (question.code for question in command.questions))
    for question in command.questions:
        check_once(question.code, (choice.code for choice in question.choices))
        offers = question.kind in ("choice", "multi")
        if offers != bool(question.choices):
            raise refused(
                "choices-missing" if offers else "no-choices-here",
                question=called.value(question.code),
                kind=Text(QUESTION_KINDS[question.kind], question.kind),
            )


def _check_keeps_its_meaning(state: SurveyState, questions: tuple[Question, ...]) -> None:
    """Refuse a revision under which answers given would mean something else."""
    now = {question.code: question for question in questions}
    for was in state.questions:
        found = now.get(was.code)
        if found is None or found.kind != was.kind or set(was.codes) - set(found.codes):
            raise refused("answered-already", answers=len(state.respondents), question=called.value(was.code))


def _record(command: RecordSurveyAnswer, state: SurveyState, context: Context) -> Decided:
    return answer(command, taking(state, command.survey, context), context)


def _close(command: CloseSurvey, state: SurveyState, context: Context) -> Decided:
    closed = run_by(state, command.survey, context).closed
    return [] if closed else [(command.survey, SurveyClosed())]


_WHO_RUN = "unit_lead dispatcher supervisor"
RULES: tuple[Rule, ...] = (
    rule(OpenSurvey, _open, (), _WHO_RUN, begins=True),
    rule(ReviseSurvey, _revise, (), _WHO_RUN, resource="revisions"),
    rule(RecordSurveyAnswer, _record, (), f"cadre {_WHO_RUN}", resource="answers"),
    rule(CloseSurvey, _close, (), _WHO_RUN, resource="closing"),
)
decide_survey = deciding(RULES)
