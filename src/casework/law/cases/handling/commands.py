"""Commands by which a case is worked on: signed for, returned, passed on, shared, acted upon."""

from __future__ import annotations

from typing import ClassVar, Literal

from casework.law.command import (
    CadreId,
    CaseStream,
    Code,
    Command,
    Day,
    Digest,
    Line,
    Slug,
    Words,
)


class AcknowledgeCase(Command, frozen=True, kw_only=True):
    """Sign for the case on behalf of the unit (签收).

    case — 案件 — its stream
    lead — 主办干部 — who takes it; '' leaves the lead as dispatched, or, where none is, whoever signs
    """

    name: ClassVar[str] = "acknowledge-case"
    case: CaseStream
    lead: CadreId = ""


class RequestReturn(Command, frozen=True, kw_only=True):
    """Ask to hand the case back to the dispatcher (退单申请).

    case — 案件 — its stream
    reason — 理由代码 — not_our_duty, wrong_place, needs_other_unit or other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "request-return"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Literal["not_our_duty", "wrong_place", "needs_other_unit", "other"]
    explanation: Words = ""


class ApproveReturn(Command, frozen=True, kw_only=True):
    """Take the case back, to dispatch it anew (同意退单).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "approve-return"
    case: CaseStream


class RefuseReturn(Command, frozen=True, kw_only=True):
    """Leave the case where it is (不同意退单).

    case — 案件 — its stream
    final — 终审 — no further return may be asked for in this round
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "refuse-return"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    final: bool = False
    explanation: Words = ""


class AssignOfficer(Command, frozen=True, kw_only=True):
    """Name, or change, the cadre who leads (指派、改派).

    case — 案件 — its stream
    lead — 主办干部 — `cadre/<id>` of the unit
    reason — 理由代码 — for a change
    """

    name: ClassVar[str] = "assign-officer"
    case: CaseStream
    lead: CadreId
    reason: Slug = ""


class RequestTransfer(Command, frozen=True, kw_only=True):
    """Ask another unit to take the lead (转办申请).

    case — 案件 — its stream
    to_unit — 拟转单位 — unit code
    reason — 理由代码 — code
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "request-transfer"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    to_unit: Code
    reason: Slug = ""
    explanation: Words = ""


class AcceptTransfer(Command, frozen=True, kw_only=True):
    """Take the lead that was offered; the unit must then sign for it (同意转办).

    case — 案件 — its stream
    lead — 主办干部 — `cadre/<id>` of the new unit; '' when it decides later
    """

    name: ClassVar[str] = "accept-transfer"
    case: CaseStream
    lead: CadreId = ""


class RefuseTransfer(Command, frozen=True, kw_only=True):
    """Leave the lead where it is (不同意转办).

    case — 案件 — its stream
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "refuse-transfer"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    explanation: Words = ""


class AddCoHandler(Command, frozen=True, kw_only=True):
    """Let another unit, or cadre, handle it together with the lead (协办、吹哨).

    case — 案件 — its stream
    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>` of that unit; '' for the unit as such
    """

    name: ClassVar[str] = "add-co-handler"
    case: CaseStream
    unit: Code
    cadre: CadreId = ""


class RemoveCoHandler(Command, frozen=True, kw_only=True):
    """End a co-handler's part (解除协办).

    case — 案件 — its stream
    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>`; '' when the unit as such co-handles
    """

    name: ClassVar[str] = "remove-co-handler"
    case: CaseStream
    unit: Code
    cadre: CadreId = ""


class LogAction(Command, frozen=True, kw_only=True):
    """Record what somebody did for the case, in whatever state it is (办理记录).

    case — 案件 — its stream
    action — 办理方式 — visit, phone_call, mediation, repair, coordination, material, hearing, photo or other
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 办理情况 — (sealed)
    """

    name: ClassVar[str] = "log-action"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    action: Slug
    evidence: tuple[Digest, ...] = ()
    note: Words = ""


class ContactResident(Command, frozen=True, kw_only=True):
    """Record that the resident was contacted, or that it was tried (首次联系、联系群众).

    case — 案件 — its stream
    channel — 联系方式 — phone, visit, sms, page or other
    reached — 是否联系上 — the response clock stops only if reached
    note — 联系情况 — (sealed)
    """

    name: ClassVar[str] = "contact-resident"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    channel: Literal["phone", "visit", "sms", "page", "other"]
    reached: bool
    note: Words = ""


class PlanMilestone(Command, frozen=True, kw_only=True):
    """Plan a step of a matter, with its date (节点计划).

    case — 案件 — its stream, a matter
    milestone — 节点 — slug, unique within the case
    planned_on — 计划日期 — date
    title — 节点名称 — (sealed)
    """

    name: ClassVar[str] = "plan-milestone"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"title": (0, "title")}
    case: CaseStream
    milestone: Slug
    planned_on: Day
    title: Line = ""


class ReachMilestone(Command, frozen=True, kw_only=True):
    """Record that a planned step was reached (节点完成).

    case — 案件 — its stream
    milestone — 节点 — slug of the plan
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 说明 — (sealed)
    """

    name: ClassVar[str] = "reach-milestone"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    milestone: Slug
    evidence: tuple[Digest, ...] = ()
    note: Words = ""
