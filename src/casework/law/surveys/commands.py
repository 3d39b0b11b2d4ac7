"""Commands of needs surveys (`survey/…`), and raising a need as a case."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from casework.law import members as m
from casework.law.cases.registering import REGISTERED_SEALED
from casework.law.command import (
    CaseStream,
    Code,
    Command,
    Confidentiality,
    Coordinates,
    Count,
    Day,
    Instant,
    Line,
    Person,
    Reporter,
    ResidentId,
    Slug,
    SurveyStream,
    Urgency,
    Words,
)
from casework.law.surveys.events import Choice, Question, Reply
from casework.text import Text, meaning

_CODE = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,80}$(?!\n)")]
_LABEL = Annotated[str, Meta(min_length=1, max_length=200)]
_DATE = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
_UNITS = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
#: how many questions a survey may ask, and choices a question may offer
MOST = 100


class AskedChoice(Choice, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers that a question offers (选项)."""

    code: m.CountedCode[_CODE]
    label: m.ChoiceLabel[_LABEL]


class AskedQuestion(Question, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of a survey (题目)."""

    code: m.CountedCode[_CODE]
    label: m.QuestionLabel[_LABEL]
    kind: m.QuestionKind[Literal["choice", "multi", "number", "yes_no", "text"]]
    choices: m.Offered[Annotated[tuple[AskedChoice, ...], Meta(max_length=MOST)]] = ()


class GivenReply(Reply, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person answered to one question (作答)."""

    question: m.Answered[_CODE]
    choices: m.Chosen[Annotated[tuple[_CODE, ...], Meta(max_length=MOST)]] = ()
    number: m.Number[Annotated[int, Meta(ge=-2_000_000_000, le=2_000_000_000)]] = 0


_QUESTIONS = Annotated[tuple[AskedQuestion, ...], Meta(min_length=1, max_length=MOST)]


class OpenSurvey(Command, frozen=True, kw_only=True):
    name = "open-survey"
    term = Text("发起需求调查", "Begin to ask a group what it lacks.")
    survey: SurveyStream
    title: m.SurveyTitle[_LABEL]
    group: m.Group[
        Literal[
            "couriers",
            "riders",
            "truckers",
            "ride_hailing",
            "new_employment",
            "villagers",
            "elderly",
            "enterprises",
            "other",
        ]
    ]
    units: m.Units[_UNITS]
    area: m.Area[Code]
    starts: m.Starts[_DATE]
    ends: m.Ends[_DATE]
    asked: m.Asked[Count] = 0
    questions: m.Questions[_QUESTIONS]


class ReviseSurvey(Command, frozen=True, kw_only=True):
    name = "revise-survey"
    term = Text("修订问卷", "Ask otherwise from here on; what was answered already must keep its meaning.")
    survey: SurveyStream
    title: m.SurveyTitle[_LABEL]
    units: m.Units[_UNITS]
    starts: m.Starts[_DATE]
    ends: m.Ends[_DATE]
    asked: m.Asked[Count] = 0
    questions: m.Questions[_QUESTIONS]


class RecordSurveyAnswer(Command, frozen=True, kw_only=True):
    name = "record-survey-answer"
    term = Text("录入答卷", "Enter what one person answered.")
    seals = {"texts": (0, "texts"), "person": (0, "person")}
    survey: SurveyStream
    respondent: m.Respondent[ResidentId] = ""
    replies: m.Replies[Annotated[tuple[GivenReply, ...], Meta(min_length=1, max_length=MOST)]]
    texts: m.AnswerTexts[dict[_CODE, Words] | None] = None
    person: m.RespondentPerson[Person | None] = None

    def __post_init__(self) -> None:
        """Refuse words for a question that was not answered: they could not be counted."""
        for code in self.texts or ():
            if all(reply.question != code for reply in self.replies):
                raise ValueError(f"texts has words for {code!r}, and replies does not name it")


class CloseSurvey(Command, frozen=True, kw_only=True):
    name = "close-survey"
    term = Text("结束调查", "Take no more answers; needs may still be raised.")
    survey: SurveyStream


class RaiseNeed(Command, frozen=True, kw_only=True):
    name = "raise-need"
    term = Text("需求转办", "Make a case of a need that somebody stated in a survey.")
    seals = REGISTERED_SEALED

    case: CaseStream
    survey: SurveyStream
    respondent: m.NeedOf[ResidentId]
    question: m.NeedIn[Slug] = ""
    category: m.Category[Code] = ""
    topic: m.Topic[Code] = ""
    channel: m.Channel[Slug] = "survey"
    reporter: m.Reporter[Reporter] = "resident"
    resident: m.Resident[ResidentId] = ""
    area: Annotated[Code, meaning("地点", "area code, as precise as known; '' for that of the survey")] = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    due: m.Due[Instant] = ""
    due_on: m.DueOn[Day] = ""
    summary: m.Summary[Line] = ""
    details: m.Details[Words] = ""
    person: m.Asker[Person | None] = None
    address: m.Address[Line] = ""
    coordinates: m.Coordinates[Coordinates | None] = None
