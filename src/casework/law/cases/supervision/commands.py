"""Commands about time and about being watched: extensions, pauses, parking, reminders, supervision, escalation."""

from __future__ import annotations

from typing import ClassVar, Literal

from casework.law.command import (
    CaseStream,
    Command,
    Confidentiality,
    Day,
    Instant,
    Reference,
    Words,
)


class RequestExtension(Command, frozen=True, kw_only=True):
    """Ask for more time, before the due instant (延期申请).

    case — 案件 — its stream
    due — 申请期限 — instant asked for
    due_on — 申请期限日期 — or the local date by whose end it would be due
    reason — 理由代码 — weather, material, coordination, resident or other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "request-extension"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    due: Instant = ""
    due_on: Day = ""
    reason: Literal["weather", "material", "coordination", "resident", "other"]
    explanation: Words = ""


class GrantExtension(Command, frozen=True, kw_only=True):
    """Grant the time that was asked for (同意延期).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "grant-extension"
    case: CaseStream


class RefuseExtension(Command, frozen=True, kw_only=True):
    """Leave the due instant as it is (不同意延期).

    case — 案件 — its stream
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "refuse-extension"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    explanation: Words = ""


class PauseClock(Command, frozen=True, kw_only=True):
    """Let the handling clock stand still (暂停计时).

    case — 案件 — its stream
    reason — 理由代码 — awaiting_resident, force_majeure, court or other
    """

    name: ClassVar[str] = "pause-clock"
    case: CaseStream
    reason: Literal["awaiting_resident", "force_majeure", "court", "other"]


class ResumeClock(Command, frozen=True, kw_only=True):
    """Let the handling clock run on; the due instant moves by the pause (恢复计时).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "resume-clock"
    case: CaseStream


class ParkCase(Command, frozen=True, kw_only=True):
    """Put a hard case on the shelf of hard cases, with a plan (挂账).

    case — 案件 — its stream
    reason — 理由类别 — funding, policy, ownership, court, season or other
    review_on — 复核日期 — when it must be looked at again
    plan — 计划 — (sealed)
    """

    name: ClassVar[str] = "park-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"plan": (0, "plan")}
    case: CaseStream
    reason: Literal["funding", "policy", "ownership", "court", "season", "other"]
    review_on: Day
    plan: Words = ""


class ReviewPark(Command, frozen=True, kw_only=True):
    """Look at a parked case again and leave it parked (挂账复核).

    case — 案件 — its stream
    review_on — 下次复核日期 — next date
    note — 复核意见 — (sealed)
    """

    name: ClassVar[str] = "review-park"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    review_on: Day
    note: Words = ""


class UnparkCase(Command, frozen=True, kw_only=True):
    """Take a case from the shelf; handling goes on and the due instant moves by the time parked (销账续办).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "unpark-case"
    case: CaseStream


class RemindUnit(Command, frozen=True, kw_only=True):
    """Urge the unit on (催办).

    case — 案件 — its stream
    note — 催办内容 — (sealed)
    """

    name: ClassVar[str] = "remind-unit"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class OpenSupervision(Command, frozen=True, kw_only=True):
    """Watch the case until it is answered for (督办).

    case — 案件 — its stream
    reply_due_on — 反馈期限 — date by which the unit must reply
    note — 督办要求 — (sealed)
    """

    name: ClassVar[str] = "open-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    reply_due_on: Day
    note: Words = ""


class ReplySupervision(Command, frozen=True, kw_only=True):
    """Answer the supervisor (督办反馈).

    case — 案件 — its stream
    note — 反馈内容 — (sealed)
    """

    name: ClassVar[str] = "reply-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class CloseSupervision(Command, frozen=True, kw_only=True):
    """Be satisfied with the answer (督办办结).

    case — 案件 — its stream
    note — 意见 — (sealed)
    """

    name: ClassVar[str] = "close-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class EscalateCase(Command, frozen=True, kw_only=True):
    """Bring the case before the next level (升级).

    case — 案件 — its stream
    level — 级别 — the next level; 0 for the one above the present
    to — 升级对象 — unit code or role
    trigger — 触发 — overdue, reopened or person
    """

    name: ClassVar[str] = "escalate-case"
    case: CaseStream
    level: int = 0
    to: Reference = ""
    trigger: Literal["overdue", "reopened", "person"] = "person"


class MarkDuePassed(Command, frozen=True, kw_only=True):
    """Record that the due instant passed; for the clock alone (超期).

    case — 案件 — its stream
    due — 办理期限 — the instant that passed
    """

    name: ClassVar[str] = "mark-due-passed"
    case: CaseStream
    due: Instant


class ChangeConfidentiality(Command, frozen=True, kw_only=True):
    """Change who may see the case (变更密级).

    case — 案件 — its stream
    level — 密级 — public, internal, confidential or secret
    basis — 依据代码 — why
    """

    name: ClassVar[str] = "change-confidentiality"
    case: CaseStream
    level: Confidentiality
    basis: Literal["resident_asked", "minor", "petition_secrecy", "security", "declassified", "other"]
