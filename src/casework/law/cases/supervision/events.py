"""What can happen to the time that a case has: extended, paused, parked, urged, supervised, passed.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class ExtensionRequested(Event, frozen=True, kw_only=True):
    """The lead asks for more time, before the due instant (延期申请).

    due — 申请期限 — instant asked for
    due_on — 申请期限日期 — its local date
    reason — 理由代码 — weather, material, coordination, resident, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-requested.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    due: str
    due_on: str
    reason: str


class ExtensionGranted(Event, frozen=True, kw_only=True):
    """More time was granted (同意延期).

    due — 新期限 — instant in force from here
    due_on — 新期限日期 — its local date
    due_before — 原期限 — instant in force until here
    """

    name: ClassVar[str] = "extension-granted.v1"
    due: str
    due_on: str
    due_before: str = ""


class ExtensionRefused(Event, frozen=True, kw_only=True):
    """The due instant stays (不同意延期).

    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-refused.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})


class ClockPaused(Event, frozen=True, kw_only=True):
    """The handling clock stands still (暂停计时).

    reason — 理由代码 — awaiting_resident, force_majeure, court, other
    """

    name: ClassVar[str] = "clock-paused.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


class ClockResumed(Event, frozen=True, kw_only=True):
    """The handling clock runs on; the due instant moves by the pause (恢复计时).

    paused_seconds — 暂停时长 — seconds
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    """

    name: ClassVar[str] = "clock-resumed.v1"
    paused_seconds: int
    due: str = ""
    due_on: str = ""


class CaseParked(Event, frozen=True, kw_only=True):
    """A hard case put on the shelf of hard cases, with a plan (挂账).

    reason — 理由类别 — funding, policy, ownership, court, season, other
    review_on — 复核日期 — when it must be looked at again
    plan — 计划 — (sealed)
    """

    name: ClassVar[str] = "case-parked.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"plan"})
    reason: str
    review_on: str


class ParkReviewed(Event, frozen=True, kw_only=True):
    """A parked case was looked at again and stays parked (挂账复核).

    review_on — 下次复核日期 — next date
    note — 复核意见 — (sealed)
    """

    name: ClassVar[str] = "park-reviewed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    review_on: str


class CaseUnparked(Event, frozen=True, kw_only=True):
    """Taken from the shelf; handling goes on (销账续办).

    paused_seconds — 挂账时长 — seconds
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    """

    name: ClassVar[str] = "case-unparked.v1"
    paused_seconds: int = 0
    due: str = ""
    due_on: str = ""


class ReminderSent(Event, frozen=True, kw_only=True):
    """A supervisor urged the unit on (催办).

    unit — 被催单位 — unit code
    note — 催办内容 — (sealed)
    """

    name: ClassVar[str] = "reminder-sent.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    unit: str = ""


class SupervisionOpened(Event, frozen=True, kw_only=True):
    """A supervisor watches the case until it is answered for (督办).

    reply_due_on — 反馈期限 — date by which the unit must reply
    note — 督办要求 — (sealed)
    """

    name: ClassVar[str] = "supervision-opened.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reply_due_on: str


class SupervisionReplied(Event, frozen=True, kw_only=True):
    """The unit answered the supervisor (督办反馈).

    note — 反馈内容 — (sealed)
    """

    name: ClassVar[str] = "supervision-replied.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class SupervisionClosed(Event, frozen=True, kw_only=True):
    """The supervisor is satisfied (督办办结).

    note — 意见 — (sealed)
    """

    name: ClassVar[str] = "supervision-closed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class CaseEscalated(Event, frozen=True, kw_only=True):
    """Brought before a higher level (升级).

    level — 级别 — 1 and up
    to — 升级对象 — unit code or role
    trigger — 触发 — overdue, reopened, person
    """

    name: ClassVar[str] = "case-escalated.v1"
    level: int
    to: str = ""
    trigger: str = "person"


class DuePassed(Event, frozen=True, kw_only=True):
    """The due instant passed while the case was open; written by the clock (超期).

    due — 办理期限 — the instant that passed
    due_on — 期限日期 — its local date
    round — 轮次 — round in which it passed
    held_by — 当时主办干部 — who led at that instant
    held_unit — 当时主办单位 — unit that led at that instant
    """

    name: ClassVar[str] = "due-passed.v1"
    due: str
    due_on: str
    round: int = 1
    held_by: str = ""
    held_unit: str = ""
