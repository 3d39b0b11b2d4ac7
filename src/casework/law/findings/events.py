"""What auditors find (`finding/<uuid>`): recorded, answered by the unit concerned, closed. It changes no case."""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event

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
FINDING_ABOUT: dict[str, str] = {"case": "案件", "figure": "统计数字", "county": "全县"}
#: how it stands → Chinese term; overdue is an open one whose day for the answer has passed
FINDING_STATUSES: dict[str, str] = {"open": "待答复", "overdue": "逾期未答复", "answered": "已答复", "closed": "已销号"}
#: how it was closed → Chinese term
FINDING_OUTCOMES: dict[str, str] = {"upheld": "问题属实", "unfounded": "问题不成立", "remedied": "已整改"}
#: seen as confidential cases are: by the head of the unit, supervisors of the area, and auditors
CONFIDENTIALITY = "confidential"


class FindingRecorded(Event, frozen=True, kw_only=True):
    """An auditor found something wrong (审计发现).

    kind — 问题种类 — see FINDING_KINDS
    case — 案件 — stream of the case it is about; '' when about a figure, or the county as a whole
    projection — 统计 — name of the projection whose figure it is about
    where — 筛选 — column → value: which of its figures
    as_of — 截至条数 — size of the log, in entries, at which that figure was published
    unit — 责任单位 — unit concerned, which answers; '' where supervisors answer
    area — 地点 — area code: of the case, else home of the unit; '' for the county as a whole
    township — 乡镇 — township of that place, stamped from the roster or the case
    evidence — 佐证 — `seq` of entries of the log that show it
    due_on — 答复期限 — county-local date by whose end an answer is due
    details — 问题情况 — what was found, in words (sealed)
    """

    name: ClassVar[str] = "finding-recorded.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"details"})

    kind: str
    case: str = ""
    projection: str = ""
    where: dict[str, str] = {}
    as_of: int = 0
    unit: str = ""
    area: str = ""
    township: str = ""
    evidence: tuple[int, ...] = ()
    due_on: str

    @property
    def about(self) -> str:
        """See FINDING_ABOUT."""
        return "case" if self.case else "figure" if self.projection else "county"


class FindingAnswered(Event, frozen=True, kw_only=True):
    """The unit concerned said what it has to say, or what it put right (整改答复).

    answer — 答复 — in words (sealed)
    """

    name: ClassVar[str] = "finding-answered.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})


class FindingClosed(Event, frozen=True, kw_only=True):
    """An auditor closed it (审计销号).

    outcome — 结论 — see FINDING_OUTCOMES
    explanation — 说明 — why so, in words (sealed)
    """

    name: ClassVar[str] = "finding-closed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})

    outcome: str


FINDING_EVENTS: dict[str, type[Event]] = {
    event.name: event for event in (FindingRecorded, FindingAnswered, FindingClosed)
}
