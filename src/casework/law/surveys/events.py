"""Needs surveys (`survey/<uuid>`): departments ask a group what it lacks; answers are counted, needs become cases."""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event

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
    """One of the answers that a question offers (选项).

    code — 代码 — slug, counted by
    label — 选项 — as the person asked reads it
    """

    code: str
    label: str


class Question(Event, frozen=True, kw_only=True):
    """One question of a survey (题目).

    code — 代码 — slug, counted by
    label — 题目 — as the person asked reads it
    kind — 题型 — see QUESTION_KINDS
    choices — 选项 — of choice and multi; none for other kinds
    """

    code: str
    label: str
    kind: str
    choices: tuple[Choice, ...] = ()

    @property
    def codes(self) -> dict[str, str]:
        """Code → label of everything that can be chosen."""
        return YES_NO if self.kind == "yes_no" else {choice.code: choice.label for choice in self.choices}


class Reply(Event, frozen=True, kw_only=True):
    """What one person answered to one question (作答).

    question — 题目 — its code
    choices — 所选 — codes chosen; yes or no; none for number and text
    number — 数值 — whole number, of a number question
    """

    question: str
    choices: tuple[str, ...] = ()
    number: int = 0


class SurveyOpened(Event, frozen=True, kw_only=True):
    """One or several units began to ask a group what it lacks (发起需求调查).

    title — 名称 — of the survey
    group — 调查对象 — see SURVEY_GROUPS
    units — 牵头单位 — unit codes that run it together, the first leads
    area — 地点 — area code in which is asked
    township — 乡镇 — township of the place, stamped from the roster; '' above townships
    starts — 开始日期 — county-local date of the first answers
    ends — 截止日期 — county-local date of the last answers
    asked — 计划调查人数 — people who are to be asked
    questions — 题目 — in the order asked
    """

    name: ClassVar[str] = "survey-opened.v1"

    title: str
    group: str
    units: tuple[str, ...]
    area: str
    township: str = ""
    starts: str
    ends: str
    asked: int = 0
    questions: tuple[Question, ...]


class SurveyRevised(Event, frozen=True, kw_only=True):
    """The survey is asked otherwise from here on: answers given keep the version they were given to (修订问卷).

    title — 名称 — of the survey
    units — 牵头单位 — unit codes that run it together, the first leads
    starts — 开始日期 — county-local date of the first answers
    ends — 截止日期 — county-local date of the last answers
    asked — 计划调查人数 — people who are to be asked
    questions — 题目 — in the order asked
    """

    name: ClassVar[str] = "survey-revised.v1"

    title: str
    units: tuple[str, ...]
    starts: str
    ends: str
    asked: int = 0
    questions: tuple[Question, ...]


class SurveyAnswered(Event, frozen=True, kw_only=True):
    """One person answered (答卷).

    respondent — 受访人代号 — `resident/<random>`, random per survey
    version — 问卷版本 — 1 as opened, +1 at each revision
    replies — 作答 — question by question
    texts — 文字作答 — question → words (sealed)
    person — 联系方式 — name and phone, where given (sealed)
    """

    name: ClassVar[str] = "survey-answered.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"texts", "person"})

    respondent: str
    version: int
    replies: tuple[Reply, ...]


class NeedRaised(Event, frozen=True, kw_only=True):
    """A need that somebody stated became a case (需求转办).

    case — 案件 — its stream
    respondent — 受访人代号 — whose answer stated it
    question — 题目 — code of the question answered; '' for the answer as a whole
    """

    name: ClassVar[str] = "need-raised.v1"

    case: str
    respondent: str
    question: str = ""


class SurveyClosed(Event, frozen=True, kw_only=True):
    """No more answers are taken (结束调查); needs may still be raised."""

    name: ClassVar[str] = "survey-closed.v1"


SURVEY_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (SurveyOpened, SurveyRevised, SurveyAnswered, NeedRaised, SurveyClosed)
}
