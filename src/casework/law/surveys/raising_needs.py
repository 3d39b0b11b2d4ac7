"""Raising a need stated in an answer to a survey: it becomes a case."""

from __future__ import annotations

from msgspec.structs import replace

from casework.law.cases import names as called
from casework.law.cases.registering import RegisterCase, register
from casework.law.cases.rules import UNBORN
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.law.event import stated
from casework.law.rule import Decided, Rule, rule
from casework.law.surveys.commands import RaiseNeed
from casework.law.surveys.decide import question_of, run_by
from casework.law.surveys.events import NeedRaised
from casework.law.surveys.refusals import refused


def raise_need(command: RaiseNeed, state: CaseState, context: Context) -> Decided:
    """需求转办: the case is registered as any other, and both sides say so."""
    survey = run_by(context.others[command.survey], command.survey, context)
    if command.respondent not in survey.respondents:
        raise refused("no-such-answer", title=survey.title, respondent=command.respondent)
    if command.question:
        question_of(survey, command.question)
    if known := survey.needs.get((command.respondent, command.question)):
        raise refused(
            "need-raised-already", respondent=command.respondent, question=called.value(command.question), case=known
        )
    asked = stated(RegisterCase, command, area=command.area or survey.area)
    ((_, registered),) = register(asked, state, context)
    raised = NeedRaised(case=command.case, respondent=command.respondent, question=command.question)
    return [(command.case, replace(registered, survey=command.survey)), (command.survey, raised)]


RULES: tuple[Rule, ...] = (
    rule(
        RaiseNeed, raise_need, UNBORN, "cadre unit_lead dispatcher supervisor", "case-registered → registered",
        resource="needs", of="survey", begins=True, reads=("survey",),
    ),
)  # fmt: skip
