"""What somebody answered to a needs survey, and a need that they stated made a case."""

from __future__ import annotations

from msgspec.structs import replace

from casework.law.cases import commands as c
from casework.law.cases import names as called
from casework.law.cases.guards import Decided, close_to, refuse
from casework.law.cases.intake.decide import register
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.law.surveys.events import QUESTION_KINDS, NeedRaised, Question, Reply, SurveyAnswered
from casework.law.surveys.guards import check_once, run_by
from casework.law.surveys.state import SurveyState


def answer(command: c.RecordSurveyAnswer, state: SurveyState, context: Context) -> Decided:
    """录入答卷."""
    on = context.happened_on
    if not state.starts <= on <= state.ends:
        refuse(
            "outside-the-period",
            f"答卷日期为 {on}，调查自 {state.starts} 起、至 {state.ends} 止：请核对日期，或先【修订问卷】延长期限。",
            f"The answer is of {on}, and the survey runs from {state.starts} to {state.ends}: check the date, or"
            " extend the survey first (revise-survey).",
        )
    if not command.respondent:
        refuse(
            "respondent-missing",
            "缺少受访人代号：请填写 resident/ 加随机十六进制数。",
            "The respondent is missing: give resident/ and random hexadecimal digits.",
        )
    if command.respondent in state.respondents:
        refuse(
            "respondent-answered",
            f"{command.respondent} 已经答过调查“{state.title}”：每人只答一次。",
            f"{command.respondent} has answered the survey “{state.title}”: each answers once.",
        )
    check_once("question", (reply.question for reply in command.replies))
    replies = tuple(_checked(reply, _question(state, reply.question), context) for reply in command.replies)
    return [
        (command.survey, SurveyAnswered(respondent=command.respondent, version=state.version, replies=replies)),
    ]


def _question(state: SurveyState, code: str) -> Question:
    codes = [question.code for question in state.questions]
    found = state.question(code)
    if found is None:
        nearest = close_to(code, codes)
        known = called.choices(nearest, {question.code: question.label for question in state.questions})
        refuse(
            "unknown-question",
            f"调查“{state.title}”没有题目{called.value(code).zh}：请从{known.zh}中选择。",
            f"The survey “{state.title}” asks no {called.value(code).en}: use {known.en}.",
            nearest,
        )
    return found


def _checked(reply: Reply, question: Question, context: Context) -> Reply:
    """The reply as stored; refused where it does not fit its question."""
    known = question.codes
    for code in reply.choices:
        if known and code not in known:
            nearest = close_to(code, tuple(known))
            refuse(
                "unknown-choice",
                f"题目“{question.label}”没有选项{called.value(code).zh}："
                f"请从{called.choices(nearest, known).zh}中选择。",
                f"Question {called.value(question.code).en} offers no {called.value(code).en}:"
                f" use {', '.join(nearest)}.",
                nearest,
            )
    check_once(question.code, reply.choices)
    least, most = {"choice": (1, 1), "yes_no": (1, 1), "multi": (1, len(known))}.get(question.kind, (0, 0))
    if not least <= len(reply.choices) <= most or (reply.number and question.kind != "number"):
        refuse(
            "does-not-fit",
            f"题目“{question.label}”的题型是“{QUESTION_KINDS[question.kind]}”，"
            f"所填为 {len(reply.choices)} 个选项、数值 {reply.number}：请按题型填写。",
            f"Question {called.value(question.code).en} is of kind {question.kind}, and is answered by"
            f" {len(reply.choices)} choices and the number {reply.number}: answer as its kind asks.",
        )
    if question.kind == "text" and "texts" not in context.sealed:
        refuse(
            "words-missing",
            f"题目“{question.label}”要用文字回答：请在文字作答中填写，或不列此题。",
            f"Question {called.value(question.code).en} is answered in words: give them in texts, or leave it out.",
        )
    return Reply(question=reply.question, choices=reply.choices, number=reply.number)


def raise_need(command: c.RaiseNeed, state: CaseState, context: Context) -> Decided:
    """需求转办: the case is registered as any other, and both sides say so."""
    survey = run_by(context.others[command.survey], command.survey, context)
    if command.respondent not in survey.respondents:
        refuse(
            "no-such-answer",
            f"调查“{survey.title}”没有 {command.respondent} 的答卷：请先【录入答卷】。",
            f"The survey “{survey.title}” has no answer of {command.respondent}: record it first"
            " (record-survey-answer).",
        )
    if command.question:
        _question(survey, command.question)
    if known := survey.needs.get((command.respondent, command.question)):
        refuse(
            "need-raised-already",
            f"{command.respondent} 在题目{called.value(command.question).zh}提出的需求已经转为案件 {known}："
            "请办理该案件，另有需求的请写明另一题目。",
            f"What {command.respondent} needs by question {called.value(command.question).en} is case {known} already:"
            " act on that, or name another question for another need.",
        )
    asked = c.RegisterCase(
        case=command.case,
        category=command.category,
        topic=command.topic,
        channel=command.channel,
        reporter=command.reporter,
        resident=command.resident,
        area=command.area or survey.area,
        urgency=command.urgency,
        confidentiality=command.confidentiality,
        due=command.due,
        due_on=command.due_on,
    )
    ((_, registered),) = register(asked, state, context)
    raised = NeedRaised(case=command.case, respondent=command.respondent, question=command.question)
    return [(command.case, replace(registered, survey=command.survey)), (command.survey, raised)]
