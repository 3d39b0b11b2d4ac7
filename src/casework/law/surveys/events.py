"""Events of needs surveys (`survey/<uuid>`): opened, revised, answered, closed."""

from __future__ import annotations

from casework.law import members as m
from casework.law.event import Event
from casework.text import Text

#: whom a survey asks → Chinese term
SURVEY_GROUPS: dict[str, str] = {
    "couriers": "快递员",
    "riders": "外卖骑手",
    "truckers": "货车司机",
    "ride_hailing": "网约车司机",
    "new_employment": "新就业群体",
    "villagers": "村民",
    "elderly": "老年人",
    "enterprises": "企业商户",
    "other": "其他群体",
}
#: how a question is answered → Chinese term
QUESTION_KINDS: dict[str, str] = {
    "choice": "单选",
    "multi": "多选",
    "number": "数字",
    "yes_no": "是否",
    "text": "文字",
}
YES_NO: dict[str, str] = {"yes": "是", "no": "否"}


class Choice(Event, frozen=True, kw_only=True):
    """One of the answers that a question offers (选项)."""

    code: m.CountedCode[str]
    label: m.ChoiceLabel[str]


class Question(Event, frozen=True, kw_only=True):
    """One question of a survey (题目)."""

    code: m.CountedCode[str]
    label: m.QuestionLabel[str]
    kind: m.QuestionKind[str]
    choices: m.Offered[tuple[Choice, ...]] = ()

    @property
    def codes(self) -> dict[str, str]:
        """Code → label of everything that can be chosen."""
        return YES_NO if self.kind == "yes_no" else {choice.code: choice.label for choice in self.choices}


class Reply(Event, frozen=True, kw_only=True):
    """What one person answered to one question (作答)."""

    question: m.Answered[str]
    choices: m.Chosen[tuple[str, ...]] = ()
    number: m.Number[int] = 0


class SurveyOpened(Event, frozen=True, kw_only=True):
    name = "survey-opened.v1"
    term = Text("发起需求调查", "One or several units began to ask a group what it lacks.")

    title: m.SurveyTitle[str]
    group: m.Group[str]
    units: m.Units[tuple[str, ...]]
    area: m.Area[str]
    township: m.Township[str] = ""
    starts: m.Starts[str]
    ends: m.Ends[str]
    asked: m.Asked[int] = 0
    questions: m.Questions[tuple[Question, ...]]


class SurveyRevised(Event, frozen=True, kw_only=True):
    name = "survey-revised.v1"
    term = Text(
        "修订问卷", "The survey is asked otherwise from here on: answers given keep the version they were given to."
    )

    title: m.SurveyTitle[str]
    units: m.Units[tuple[str, ...]]
    starts: m.Starts[str]
    ends: m.Ends[str]
    asked: m.Asked[int] = 0
    questions: m.Questions[tuple[Question, ...]]


class SurveyAnswered(Event, frozen=True, kw_only=True):
    name = "survey-answered.v1"
    term = Text("答卷", "One person answered.")
    sealed = {"texts": m.AnswerTexts, "person": m.RespondentPerson}

    respondent: m.Respondent[str]
    version: m.Version[int]
    replies: m.Replies[tuple[Reply, ...]]


class NeedRaised(Event, frozen=True, kw_only=True):
    name = "need-raised.v1"
    term = Text("需求转办", "A need that somebody stated became a case.")

    case: m.Case[str]
    respondent: m.NeedOf[str]
    question: m.NeedIn[str] = ""


class SurveyClosed(Event, frozen=True, kw_only=True):
    name = "survey-closed.v1"
    term = Text("结束调查", "No more answers are taken; needs may still be raised.")


SURVEY_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (SurveyOpened, SurveyRevised, SurveyAnswered, NeedRaised, SurveyClosed)
}
