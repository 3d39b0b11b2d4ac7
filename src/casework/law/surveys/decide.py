"""Needs surveys: opened, revised, answered, closed; by whom, and with which questions."""

from __future__ import annotations

from collections.abc import Iterable

from casework.law.cases import names as called
from casework.law.cases.guards import close_to, day, deciding
from casework.law.cases.roster_lookups import area_of, unit_of
from casework.law.context import Context
from casework.law.event import stated
from casework.law.rule import Decided, Rule, rule
from casework.law.surveys.commands import CloseSurvey, OpenSurvey, RecordSurveyAnswer, ReviseSurvey
from casework.law.surveys.events import (
    QUESTION_KINDS,
    Choice,
    Question,
    Reply,
    SurveyAnswered,
    SurveyClosed,
    SurveyOpened,
    SurveyRevised,
)
from casework.law.surveys.refusals import refused
from casework.law.surveys.state import SurveyState
from casework.text import Text


def run_by(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey; refused unless it exists and the actor's unit runs it. Supervisors may reach every survey."""
    if state.rev < 0:
        raise refused("no-such-survey", stream=stream)
    check_runs(state.units, context)
    return state


def check_runs(units: tuple[str, ...], context: Context) -> None:
    """Refuse those of no unit that runs it."""
    if context.role != "supervisor" and context.unit not in units:
        run, own = called.several(called.unit(unit, context) for unit in units), called.unit(context.unit, context)
        raise refused("not-your-unit", units=run, own_unit=own)


def taking(state: SurveyState, stream: str, context: Context) -> SurveyState:
    """The survey, which must still take answers."""
    if run_by(state, stream, context).closed:
        raise refused("survey-closed", title=state.title)
    return state


def check_once(what: str, codes: Iterable[str]) -> None:
    """Refuse a code given twice; WHAT names what the codes stand for."""
    seen = set[str]()
    for code in codes:
        if code in seen:
            raise refused("given-twice", code=called.value(code), what=what)
        seen.add(code)


def _open(command: OpenSurvey, state: SurveyState, context: Context) -> Decided:
    if state.rev >= 0:
        raise refused("survey-exists", survey=command.survey, title=state.title)
    area_of(command.area, context)
    _check_form(command, context)
    event = stated(
        SurveyOpened,
        command,
        township=context.roster.township_of(command.area, context.today),
        questions=_as_stored(command.questions),
    )
    return [(command.survey, event)]


def _revise(command: ReviseSurvey, state: SurveyState, context: Context) -> Decided:
    taking(state, command.survey, context)
    _check_form(command, context)
    questions = _as_stored(command.questions)
    if state.respondents:
        _check_keeps_its_meaning(state, questions)
    event = stated(SurveyRevised, command, questions=questions)
    return [] if event == stated(SurveyRevised, state) else [(command.survey, event)]


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
    taking(state, command.survey, context)
    on = context.happened_on
    if not state.starts <= on <= state.ends:
        raise refused("outside-the-period", on=on, starts=state.starts, ends=state.ends)
    if not command.respondent:
        raise refused("respondent-missing")
    if command.respondent in state.respondents:
        raise refused("respondent-answered", respondent=command.respondent, title=state.title)
    check_once("question", (reply.question for reply in command.replies))
    replies = tuple(_checked(reply, question_of(state, reply.question), context) for reply in command.replies)
    return [
        (command.survey, SurveyAnswered(respondent=command.respondent, version=state.version, replies=replies)),
    ]


def question_of(state: SurveyState, code: str) -> Question:
    """The question of that code; refused when the survey does not ask it."""
    codes = [question.code for question in state.questions]
    found = state.question(code)
    if found is None:
        nearest = close_to(code, codes)
        known = called.choices(nearest, {question.code: question.label for question in state.questions})
        raise refused("unknown-question", title=state.title, code=called.value(code), choices=known, nearest=nearest)
    return found


def _checked(reply: Reply, question: Question, context: Context) -> Reply:
    """The reply as stored; refused where it does not fit its question."""
    known = question.codes
    for code in reply.choices:
        if known and code not in known:
            nearest = close_to(code, tuple(known))
            raise refused(
                "unknown-choice",
                question=Text(question.label, called.value(question.code).en),
                code=called.value(code),
                choices=called.choices(nearest, known),
                nearest=nearest,
            )
    check_once(question.code, reply.choices)
    least, most = {"choice": (1, 1), "yes_no": (1, 1), "multi": (1, len(known))}.get(question.kind, (0, 0))
    if not least <= len(reply.choices) <= most or (reply.number and question.kind != "number"):
        raise refused(
            "does-not-fit",
            question=Text(question.label, called.value(question.code).en),
            kind=Text(QUESTION_KINDS[question.kind], question.kind),
            choices=len(reply.choices),
            number=reply.number,
        )
    if question.kind == "text" and "texts" not in context.sealed:
        raise refused("words-missing", question=Text(question.label, called.value(question.code).en))
    return Reply(question=reply.question, choices=reply.choices, number=reply.number)


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
