"""Commands of needs surveys (`survey/…`), and the one by which a need that somebody stated becomes a case."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

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

_CODE = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,80}$(?!\n)")]
_LABEL = Annotated[str, Meta(min_length=1, max_length=200)]
_DATE = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$(?!\n)")]
_UNITS = Annotated[tuple[Code, ...], Meta(min_length=1, max_length=20)]
#: how many questions a survey may ask, and choices a question may offer
MOST = 100


class AskedChoice(Choice, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the answers that a question offers (选项).

    code — 代码 — slug, counted by
    label — 选项 — as the person asked reads it
    """

    code: _CODE
    label: _LABEL


class AskedQuestion(Question, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question of a survey (题目).

    code — 代码 — slug, counted by
    label — 题目 — as the person asked reads it
    kind — 题型 — choice (one of them), multi (any of them), number, yes_no or text
    choices — 选项 — of choice and multi; none for other kinds
    """

    code: _CODE
    label: _LABEL
    kind: Literal["choice", "multi", "number", "yes_no", "text"]
    choices: Annotated[tuple[AskedChoice, ...], Meta(max_length=MOST)] = ()


class GivenReply(Reply, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one person answered to one question (作答).

    question — 题目 — its code
    choices — 所选 — codes chosen; yes or no; none for number and text
    number — 数值 — whole number, of a number question
    """

    question: _CODE
    choices: Annotated[tuple[_CODE, ...], Meta(max_length=MOST)] = ()
    number: Annotated[int, Meta(ge=-2_000_000_000, le=2_000_000_000)] = 0


_QUESTIONS = Annotated[tuple[AskedQuestion, ...], Meta(min_length=1, max_length=MOST)]


class OpenSurvey(Command, frozen=True, kw_only=True):
    """Begin to ask a group what it lacks (发起需求调查).

    survey — 调查 — `survey/<uuid>`, made by whoever opens it
    title — 名称 — of the survey
    group — 调查对象 — couriers, riders, truckers, ride_hailing, new_employment, villagers, elderly, enterprises, other
    units — 牵头单位 — unit codes that run it together, the first leads
    area — 地点 — area code in which is asked
    starts — 开始日期 — county-local date of the first answers
    ends — 截止日期 — county-local date of the last answers
    asked — 计划调查人数 — people who are to be asked
    questions — 题目 — in the order asked: code, label, kind (choice, multi, number, yes_no, text), choices
    """

    name: ClassVar[str] = "open-survey"
    survey: SurveyStream
    title: _LABEL
    group: Literal[
        "couriers", "riders", "truckers", "ride_hailing", "new_employment", "villagers", "elderly", "enterprises",
        "other",
    ]  # fmt: skip
    units: _UNITS
    area: Code
    starts: _DATE
    ends: _DATE
    asked: Count = 0
    questions: _QUESTIONS


class ReviseSurvey(Command, frozen=True, kw_only=True):
    """Ask otherwise from here on; what was answered already must keep its meaning (修订问卷).

    survey — 调查 — its stream
    title — 名称 — of the survey
    units — 牵头单位 — unit codes that run it together, the first leads
    starts — 开始日期 — county-local date of the first answers
    ends — 截止日期 — county-local date of the last answers
    asked — 计划调查人数 — people who are to be asked
    questions — 题目 — all of them, in the order asked
    """

    name: ClassVar[str] = "revise-survey"
    survey: SurveyStream
    title: _LABEL
    units: _UNITS
    starts: _DATE
    ends: _DATE
    asked: Count = 0
    questions: _QUESTIONS


class RecordSurveyAnswer(Command, frozen=True, kw_only=True):
    """Enter what one person answered (录入答卷).

    survey — 调查 — its stream
    respondent — 受访人代号 — `resident/<random>`, for this survey alone; left out, one is made
    replies — 作答 — per question: its code, and the choices or the number; of a text question the code alone
    texts — 文字作答 — question → words; also beside a choice (sealed)
    person — 联系方式 — full_name, phone (sealed)
    """

    name: ClassVar[str] = "record-survey-answer"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"texts": (0, "texts"), "person": (0, "person")}
    survey: SurveyStream
    respondent: ResidentId = ""
    replies: Annotated[tuple[GivenReply, ...], Meta(min_length=1, max_length=MOST)]
    texts: dict[_CODE, Words] | None = None
    person: Person | None = None

    def __post_init__(self) -> None:
        """Words without their question could be counted nowhere, and the law never sees them."""
        for code in self.texts or ():
            if all(reply.question != code for reply in self.replies):
                raise ValueError(f"texts has words for {code!r}, and replies does not name it")


class CloseSurvey(Command, frozen=True, kw_only=True):
    """Take no more answers; needs may still be raised (结束调查).

    survey — 调查 — its stream
    """

    name: ClassVar[str] = "close-survey"
    survey: SurveyStream


class RaiseNeed(Command, frozen=True, kw_only=True):
    """Make a case of a need that somebody stated in a survey (需求转办).

    case — 案件 — `case/<uuid>`, made by whoever raises it
    survey — 调查 — its stream
    respondent — 受访人代号 — whose answer stated it
    question — 题目 — code of the question answered; '' for the answer as a whole
    category — 类别 — category code; may wait until acceptance
    topic — 主题 — from the category's list
    channel — 渠道 — how it came in
    reporter — 反映人身份 — who brought it
    resident — 群众代号 — `resident/<random>`, for this case alone; '' when anonymous
    area — 地点 — area code, as precise as known; '' for that of the survey
    urgency — 紧急程度 — normal, urgent or emergency
    confidentiality — 密级 — public, internal, confidential or secret
    due — 办理期限 — instant, when it is stated
    due_on — 期限日期 — or the local date by whose end it is due
    summary — 摘要 — one line (sealed)
    details — 详情 — what is asked, in words (sealed)
    person — 反映人 — full_name, phone, identity_number (sealed)
    address — 详细地址 — exact address (sealed)
    coordinates — 坐标 — latitude and longitude, WGS 84, integer microdegrees (sealed)
    """

    name: ClassVar[str] = "raise-need"
    seals: ClassVar[dict[str, tuple[int, str]]] = REGISTERED_SEALED

    case: CaseStream
    survey: SurveyStream
    respondent: ResidentId
    question: Slug = ""
    category: Code = ""
    topic: Code = ""
    channel: Slug = "survey"
    reporter: Reporter = "resident"
    resident: ResidentId = ""
    area: Code = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    due: Instant = ""
    due_on: Day = ""
    summary: Line = ""
    details: Words = ""
    person: Person | None = None
    address: Line = ""
    coordinates: Coordinates | None = None
