"""Needs surveys: units ask a group together, people answer once, and what they lack becomes a case (需求调查)."""

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


def test_two_units_ask_together_and_the_township_is_stamped():
    given().when(OPEN, role="unit_lead").then(like(SurveyOpened, township="pine", units=OPEN.units)).leaves(
        version=1, unit="pine-office", title="快递员需求调查"
    )


def test_whoever_opens_it_is_of_a_unit_that_runs_it_or_a_supervisor():
    given().when(OPEN, actor="cadre/heron", role="unit_lead").refused("not-your-unit")
    given().when(OPEN, role="supervisor").then(like(SurveyOpened))
    given().when(OPEN, role="cadre").refused("role-not-allowed")


def test_it_is_opened_once():
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
def test_a_form_that_cannot_be_asked(wrong, code):
    given().when(wrong, role="supervisor").refused(code)


def test_an_answer_is_of_a_version_and_counts_for_the_day_it_was_given():
    given(opened).when(ANSWER, role="cadre", occurred_on="2026-02-20").then(
        like(SurveyAnswered, respondent=WHO, version=1)
    ).leaves(respondents=frozenset({WHO}))


def test_everyone_answers_once():
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
def test_an_answer_that_does_not_fit(wrong, code):
    refused = given(opened).when(wrong, role="cadre").refused(code)
    if code == "unknown-choice":
        assert refused.said.nearest


def test_words_are_sealed_and_a_question_for_words_needs_them():
    worded = asks(TEXT)
    wish = reply(question="wish")
    form = replace(opened, questions=worded.questions)
    given(form).when(wish, role="cadre").refused("words-missing")
    given(form).when(wish, role="cadre", sealed=["texts"]).then(like(SurveyAnswered))


def test_words_to_a_question_that_is_not_answered_are_no_answer():
    with pytest.raises(msgspec.ValidationError) as no:
        msgspec.convert(
            {"survey": SURVEY, "replies": [{"question": "hours", "number": 1}], "texts": {"wish": "…"}},
            RecordSurveyAnswer,
        )
    assert "wish 的文字" in in_chinese(str(no.value))


def test_only_within_its_days_and_while_it_takes_answers():
    given(opened).when(ANSWER, role="cadre", occurred_on="2025-12-31").refused("outside-the-period")
    given(opened, SurveyClosed()).when(ANSWER, role="cadre").refused("survey-closed")
    given().when(ANSWER, role="cadre").refused("no-such-survey")
    given(opened).when(ANSWER, role="cadre", actor="cadre/frog").refused("not-your-unit")


def test_before_anybody_answered_everything_may_be_revised():
    given(opened).when(ReviseSurvey(**form(TEXT), asked=80), role="unit_lead").then(
        like(SurveyRevised, asked=80)
    ).leaves(version=2, asked=80)
    given(opened).when(ReviseSurvey(**FORM, asked=60), role="unit_lead").nothing_happens()


def test_after_that_only_what_leaves_answers_their_meaning():
    more = (*OPEN.questions, TEXT)
    given(opened, answered).when(ReviseSurvey(**form(*more)), role="unit_lead").leaves(version=2)
    fewer = (replace(OPEN.questions[0], choices=OPEN.questions[0].choices[1:]), *OPEN.questions[1:])
    for questions in (fewer, OPEN.questions[1:]):
        given(opened, answered).when(ReviseSurvey(**form(*questions)), role="unit_lead").refused("answered-already")


def test_it_is_closed_once():
    close = CloseSurvey(survey=SURVEY)
    given(opened).when(close, role="unit_lead").then(SurveyClosed()).leaves(closed=True)
    given(opened, SurveyClosed()).when(close, role="unit_lead").nothing_happens()


def test_a_need_becomes_a_case_and_both_sides_know():
    raised = NeedRaised(case=CASE, respondent=WHO, question="lacks")
    given(opened, answered, SurveyClosed()).when(NEED, role="cadre").then(
        like(CaseRegistered, survey=SURVEY, channel="survey", area="pine", kind="difficulty"), on(SURVEY, raised)
    ).leaves(status="registered", survey=SURVEY)


def test_a_need_is_somebodys_and_becomes_a_case_once():
    given(opened).when(NEED, role="cadre").refused("no-such-answer")
    given().when(NEED, role="cadre").refused("no-such-survey")
    raised = NeedRaised(case=case(7), respondent=WHO, question="lacks")
    given(opened, answered, raised).when(NEED, role="cadre").refused("need-raised-already")
    given(opened, answered, raised).when(replace(NEED, question="hours"), role="cadre").then(
        like(CaseRegistered), on(SURVEY, like(NeedRaised, question="hours"))
    )


def test_what_holds_for_registering_holds_for_needs():
    given(opened, answered).when(replace(NEED, topic="leak"), role="cadre").refused("unknown-topic")
    given(opened, answered).when(replace(NEED, question="tea"), role="cadre").refused("unknown-question")
    given(opened, answered).when(NEED, role="cadre", actor="cadre/frog").refused("not-your-unit")
    given(*REGISTERED, opened, answered).when(NEED, role="cadre").refused("case-exists")
