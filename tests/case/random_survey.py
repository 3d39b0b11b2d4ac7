"""Makes a survey of the small county and random answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.law.surveys.commands import AskedChoice, AskedQuestion, GivenReply, OpenSurvey, RecordSurveyAnswer
from casework.testing import SURVEY

if TYPE_CHECKING:
    from tests.case.random_history import Wanderer

LACKS = ("rest", "parking", "insurance")
QUESTIONS = (
    AskedQuestion(
        code="lacks", label="最缺什么", kind="multi",
        choices=tuple(AskedChoice(code=code, label=code.title()) for code in LACKS),
    ),
    AskedQuestion(code="hours", label="每天工作几小时", kind="number"),
    AskedQuestion(code="insured", label="有无保险", kind="yes_no"),
)  # fmt: skip
#: members of the command that revises a survey
REVISED = ("survey", "title", "units", "starts", "ends", "questions")


def opened_survey() -> OpenSurvey:
    """Two units ask the county's couriers, all year long."""
    return OpenSurvey(
        survey=SURVEY, title="快递员需求调查", group="couriers", units=("pine-office", "pine-water"), area="pine",
        starts="2026-01-01", ends="2026-12-31", asked=60, questions=QUESTIONS,
    )  # fmt: skip


def random_answer(w: Wanderer) -> RecordSurveyAnswer:
    """Of somebody who may have answered already."""
    lacks = tuple(code for code in LACKS if w.random.random() < 0.5)
    replies = [
        GivenReply(question="hours", number=w.random.randint(0, 14)),
        GivenReply(question="insured", choices=(w.random.choice(("yes", "no")),)),
    ]
    if lacks:
        replies.append(GivenReply(question="lacks", choices=lacks))
    return RecordSurveyAnswer(survey=SURVEY, respondent=w.random.choice(w.respondents), replies=tuple(replies))
