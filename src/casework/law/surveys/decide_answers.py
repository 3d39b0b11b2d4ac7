"""Recording what somebody answered to a needs survey."""

from __future__ import annotations

from casework.law.cases import names as called
from casework.law.cases.guards import close_to
from casework.law.context import Context
from casework.law.rule import Decided
from casework.law.surveys.commands import RecordSurveyAnswer
from casework.law.surveys.events import QUESTION_KINDS, Question, Reply, SurveyAnswered
from casework.law.surveys.guards import check_once
from casework.law.surveys.refusals import refused
from casework.law.surveys.state import SurveyState
from casework.text import Text


def answer(command: RecordSurveyAnswer, state: SurveyState, context: Context) -> Decided:
    """录入答卷."""
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
