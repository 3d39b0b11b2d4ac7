"""What auditors find (`finding/<uuid>`): recorded, answered by the unit concerned, closed. It changes no case."""

from __future__ import annotations

from casework.law import members as m
from casework.law.event import Event
from casework.text import Text

#: what was found → Chinese term
FINDING_KINDS: dict[str, str] = {
    "fake_closure": "虚假办结",
    "backdating": "倒填日期",
    "recounted": "重复计数",
    "overdue": "超期未办",
    "stalling": "违规挂账、延期",
    "overreach": "越权办理",
    "other": "其他问题",
}
#: what it is about → Chinese term
FINDING_ABOUT: dict[str, str] = {"case": "办件", "figure": "统计数字", "county": "全县"}
#: how it stands → Chinese term; overdue is an open one whose day for the answer has passed
FINDING_STATUSES: dict[str, str] = {"open": "待答复", "overdue": "逾期未答复", "answered": "已答复", "closed": "已销号"}
#: how it was closed → Chinese term
FINDING_OUTCOMES: dict[str, str] = {"upheld": "问题属实", "unfounded": "问题不成立", "remedied": "已整改"}
#: seen as confidential cases are: by the head of the unit, supervisors of the area, and auditors
CONFIDENTIALITY = "confidential"


class FindingRecorded(Event, frozen=True, kw_only=True):
    name = "finding-recorded.v1"
    term = Text("审计发现", "An auditor found something wrong.")
    sealed = {"details": m.FindingDetails}

    kind: m.FindingKind[str]
    case: m.FindingCase[str] = ""
    projection: m.FindingProjection[str] = ""
    where: m.Where[dict[str, str]] = {}
    as_of: m.AsOf[int] = 0
    unit: m.UnitConcerned[str] = ""
    area: m.FindingArea[str] = ""
    township: m.Township[str] = ""
    evidence: m.EntriesCited[tuple[int, ...]] = ()
    due_on: m.AnswerDue[str]

    @property
    def about(self) -> str:
        """See FINDING_ABOUT."""
        return "case" if self.case else "figure" if self.projection else "county"


class FindingAnswered(Event, frozen=True, kw_only=True):
    name = "finding-answered.v1"
    term = Text("整改答复", "The unit concerned said what it has to say, or what it put right.")
    sealed = {"answer": m.FindingAnswer}


class FindingClosed(Event, frozen=True, kw_only=True):
    name = "finding-closed.v1"
    term = Text("审计销号", "An auditor closed it.")
    sealed = {"explanation": m.OutcomeReasons}

    outcome: m.FindingOutcome[str]


FINDING_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (FindingRecorded, FindingAnswered, FindingClosed)
}
