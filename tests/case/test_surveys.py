"""Tests needs surveys: opening, answering, revising, cases raised from needs (需求调查)."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from casework.law.cases.registering import CaseRegistered
from casework.law.msgspec_errors import in_chinese
from casework.law.surveys.commands import (
    AskedChoice,
    AskedQuestion,
    CloseSurvey,
    GivenReply,
    RaiseNeed,
    RecordSurveyAnswer,
    ReviseSurvey,
)
from casework.law.surveys.events import (
    NeedRaised,
    Question,
    Reply,
    SurveyAnswered,
    SurveyClosed,
    SurveyOpened,
    SurveyRevised,
)
from casework.testing import CASE, SURVEY, case, given, like, on
from tests.case.random_survey import REVISED, opened_survey
from tests.case.scenes import REGISTERED

OPEN = opened_survey()
TEXT = AskedQuestion(code="wish", label="还想说什么", kind="text")
FORM: dict[str, Any] = {name: getattr(OPEN, name) for name in REVISED}
WHO, OTHER = "resident/3c2d1e0f", "resident/0a0b0c0d"
ANSWER = RecordSurveyAnswer(
    survey=SURVEY,
    respondent=WHO,
    replies=(GivenReply(question="lacks", choices=("rest", "parking")), GivenReply(question="hours", number=9)),
)
opened = SurveyOpened(
    title=OPEN.title, group="couriers", units=OPEN.units, area="pine", township="pine", starts=OPEN.starts,
    ends=OPEN.ends, asked=60, questions=msgspec.convert(msgspec.to_builtins(OPEN.questions), tuple[Question, ...]),
)  # fmt: skip
answered = SurveyAnswered(respondent=WHO, version=1, replies=(Reply(question="lacks", choices=("rest",)),))
NEED = RaiseNeed(case=CASE, survey=SURVEY, respondent=WHO, question="lacks", category="road")


def form(*questions: AskedQuestion) -> dict[str, Any]:
    return {**FORM, "questions": questions}


def reply(**members):
    return replace(ANSWER, replies=(GivenReply(**members),))


def asks(*questions, **members):
    return replace(OPEN, questions=questions, **members)


def test_a_survey_of_two_units_is_stamped_with_its_township():
    given().when(OPEN, role="unit_lead").then(like(SurveyOpened, township="pine", units=OPEN.units)).leaves(
        version=1, unit="pine-office", title="快递员需求调查"
    )


def test_only_a_running_unit_or_a_supervisor_opens_a_survey():
    given().when(OPEN, actor="cadre/heron", role="unit_lead").refused("not-your-unit")
    given().when(OPEN, role="supervisor").then(like(SurveyOpened))
    given().when(OPEN, role="cadre").refused("role-not-allowed")


def test_opening_a_survey_twice_is_refused():
    given(opened).when(OPEN, role="unit_lead").refused("survey-exists")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (replace(OPEN, ends="2025-12-31"), "ends-before-start"),
        (replace(OPEN, starts="2026-02-30"), "not-a-date"),
        (replace(OPEN, area="nowhere"), "unknown-area"),
        (replace(OPEN, units=("pine-office", "nobody")), "unknown-unit"),
        (replace(OPEN, units=("pine-office", "pine-office")), "given-twice"),
        (asks(TEXT, TEXT), "given-twice"),
        (asks(AskedQuestion(code="a", label="甲", kind="choice")), "choices-missing"),
        (asks(replace(TEXT, choices=(AskedChoice(code="a", label="甲"),))), "no-choices-here"),
    ],
)
def test_an_invalid_survey_form_is_refused_by_name(wrong, code):
    given().when(wrong, role="supervisor").refused(code)


def test_a_survey_answer_keeps_its_version_and_counts_for_its_day():
    given(opened).when(ANSWER, role="cadre", occurred_on="2026-02-20").then(
        like(SurveyAnswered, respondent=WHO, version=1)
    ).leaves(respondents=frozenset({WHO}))


def test_a_second_answer_of_a_respondent_is_refused():
    given(opened, answered).when(ANSWER, role="cadre").refused("respondent-answered")
    given(opened, answered).when(replace(ANSWER, respondent=OTHER), role="cadre").then(like(SurveyAnswered))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (reply(question="lacks", choices=("tea",)), "unknown-choice"),
        (reply(question="lacks", choices=("rest", "rest")), "given-twice"),
        (reply(question="lacks"), "does-not-fit"),
        (reply(question="lack"), "unknown-question"),
        (reply(question="insured", choices=("yes", "no")), "does-not-fit"),
        (reply(question="insured", choices=("perhaps",)), "unknown-choice"),
        (reply(question="hours", choices=("rest",)), "does-not-fit"),
        (reply(question="lacks", choices=("rest",), number=3), "does-not-fit"),
        (replace(ANSWER, respondent=""), "respondent-missing"),
        (replace(ANSWER, replies=ANSWER.replies * 2), "given-twice"),
    ],
)
def test_an_answer_that_does_not_fit_the_form_is_refused_by_name(wrong, code):
    refused = given(opened).when(wrong, role="cadre").refused(code)
    if code == "unknown-choice":
        assert refused.said.nearest


def test_a_question_for_text_needs_a_sealed_text():
    worded = asks(TEXT)
    wish = reply(question="wish")
    form = replace(opened, questions=worded.questions)
    given(form).when(wish, role="cadre").refused("words-missing")
    given(form).when(wish, role="cadre", sealed=["texts"]).then(like(SurveyAnswered))


def test_text_for_a_question_that_is_not_answered_is_refused():
    with pytest.raises(msgspec.ValidationError) as no:
        msgspec.convert(
            {"survey": SURVEY, "replies": [{"question": "hours", "number": 1}], "texts": {"wish": "…"}},
            RecordSurveyAnswer,
        )
    assert "wish 的文字" in in_chinese(str(no.value))


def test_answers_outside_the_period_or_after_closing_are_refused():
    given(opened).when(ANSWER, role="cadre", occurred_on="2025-12-31").refused("outside-the-period")
    given(opened, SurveyClosed()).when(ANSWER, role="cadre").refused("survey-closed")
    given().when(ANSWER, role="cadre").refused("no-such-survey")
    given(opened).when(ANSWER, role="cadre", actor="cadre/frog").refused("not-your-unit")


def test_a_survey_without_answers_may_be_revised_entirely():
    given(opened).when(ReviseSurvey(**form(TEXT), asked=80), role="unit_lead").then(
        like(SurveyRevised, asked=80)
    ).leaves(version=2, asked=80)
    given(opened).when(ReviseSurvey(**FORM, asked=60), role="unit_lead").nothing_happens()


def test_a_survey_with_answers_cannot_lose_questions_or_choices():
    more = (*OPEN.questions, TEXT)
    given(opened, answered).when(ReviseSurvey(**form(*more)), role="unit_lead").leaves(version=2)
    fewer = (replace(OPEN.questions[0], choices=OPEN.questions[0].choices[1:]), *OPEN.questions[1:])
    for questions in (fewer, OPEN.questions[1:]):
        given(opened, answered).when(ReviseSurvey(**form(*questions)), role="unit_lead").refused("answered-already")


def test_closing_a_survey_again_changes_nothing():
    close = CloseSurvey(survey=SURVEY)
    given(opened).when(close, role="unit_lead").then(SurveyClosed()).leaves(closed=True)
    given(opened, SurveyClosed()).when(close, role="unit_lead").nothing_happens()


def test_a_need_becomes_a_case_linked_to_its_survey():
    raised = NeedRaised(case=CASE, respondent=WHO, question="lacks")
    given(opened, answered, SurveyClosed()).when(NEED, role="cadre").then(
        like(CaseRegistered, survey=SURVEY, channel="survey", area="pine", kind="difficulty"), on(SURVEY, raised)
    ).leaves(status="registered", survey=SURVEY)


def test_a_need_comes_from_an_answer_and_becomes_a_case_once():
    given(opened).when(NEED, role="cadre").refused("no-such-answer")
    given().when(NEED, role="cadre").refused("no-such-survey")
    raised = NeedRaised(case=case(7), respondent=WHO, question="lacks")
    given(opened, answered, raised).when(NEED, role="cadre").refused("need-raised-already")
    given(opened, answered, raised).when(replace(NEED, question="hours"), role="cadre").then(
        like(CaseRegistered), on(SURVEY, like(NeedRaised, question="hours"))
    )


def test_a_case_raised_from_a_need_follows_the_rules_of_registering():
    given(opened, answered).when(replace(NEED, topic="leak"), role="cadre").refused("unknown-topic")
    given(opened, answered).when(replace(NEED, question="tea"), role="cadre").refused("unknown-question")
    given(opened, answered).when(NEED, role="cadre", actor="cadre/frog").refused("not-your-unit")
    given(*REGISTERED, opened, answered).when(NEED, role="cadre").refused("case-exists")
