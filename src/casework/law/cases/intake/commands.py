"""Commands by which a case comes in, is taken up, joined with others, or taken back."""

from __future__ import annotations

from typing import ClassVar, Literal

from casework.law.command import (
    CadreId,
    CaseStream,
    Code,
    CoHandling,
    Command,
    Confidentiality,
    Coordinates,
    Count,
    Day,
    Digest,
    Instant,
    Kind,
    Line,
    OtherCase,
    Person,
    Reference,
    Reporter,
    ResidentId,
    Slug,
    Urgency,
    Words,
)

REGISTERED_SEALED = {
    "summary": (0, "summary"),
    "details": (0, "details"),
    "person": (0, "person"),
    "address": (0, "address"),
    "coordinates": (0, "coordinates"),
}


class RegisterCase(Command, frozen=True, kw_only=True):
    """Enter a request or a planned matter in the books (登记).

    case — 案件 — `case/<uuid>`, made by whoever registers
    kind — 种类 — difficulty (one request) or matter (planned)
    category — 类别 — category code; may wait until acceptance
    topic — 主题 — from the category's list
    channel — 渠道 — how it came in: counter, visit, hotline, courier, page, …
    reporter — 反映人身份 — who brought it
    resident — 群众代号 — `resident/<random>`; '' when anonymous
    area — 地点 — area code, as precise as known
    urgency — 紧急程度 — normal, urgent or emergency
    confidentiality — 密级 — public, internal, confidential or secret
    external_ref — 外部编号 — another system's id, claimed once
    planned_beneficiaries — 计划受益人数 — people, of a matter
    due — 办理期限 — instant, when it is stated
    due_on — 期限日期 — or the local date by whose end it is due
    follows — 前案 — archived case that this one continues
    summary — 摘要 — one line (sealed)
    details — 详情 — what is asked, in words (sealed)
    person — 反映人 — full_name, phone, identity_number (sealed)
    address — 详细地址 — exact address (sealed)
    coordinates — 坐标 — latitude and longitude, WGS 84, integer microdegrees (sealed)
    """

    name: ClassVar[str] = "register-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = REGISTERED_SEALED

    case: CaseStream
    kind: Kind = "difficulty"
    category: Code = ""
    topic: Code = ""
    channel: Slug = ""
    reporter: Reporter = "resident"
    resident: ResidentId = ""
    area: Code = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    external_ref: Reference = ""
    planned_beneficiaries: Count = 0
    due: Instant = ""
    due_on: Day = ""
    follows: OtherCase = ""
    summary: Line = ""
    details: Words = ""
    person: Person | None = None
    address: Line = ""
    coordinates: Coordinates | None = None


class RecordHandled(Command, frozen=True, kw_only=True):
    """Enter what was asked and done on the spot, in one step (即办件).

    case — 案件 — `case/<uuid>`, made by whoever records
    kind — 种类 — difficulty or matter
    category — 类别 — category code
    topic — 主题 — from the category's list
    channel — 渠道 — how it came in
    reporter — 反映人身份 — who brought it
    resident — 群众代号 — `resident/<random>`; '' when anonymous
    area — 地点 — area code, in the own township
    urgency — 紧急程度 — normal, urgent or emergency
    confidentiality — 密级 — public, internal, confidential or secret
    action — 办理方式 — what was done: visit, phone_call, mediation, repair, …
    result — 办理结果代码 — solved, explained, partly_solved, not_solved, or a code of the category
    beneficiaries — 实际受益人数 — people helped
    evidence — 佐证 — SHA-256 (hex) of attachments
    summary — 摘要 — one line (sealed)
    details — 详情 — what was asked (sealed)
    person — 反映人 — full_name, phone, identity_number (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — latitude and longitude, WGS 84, integer microdegrees (sealed)
    note — 办理情况 — what was done, for the file (sealed)
    answer — 办理答复 — what the resident was told (sealed)
    """

    name: ClassVar[str] = "record-handled"
    seals: ClassVar[dict[str, tuple[int, str]]] = {
        **REGISTERED_SEALED,
        "note": (4, "note"),
        "answer": (5, "answer"),
    }

    case: CaseStream
    kind: Kind = "difficulty"
    category: Code
    topic: Code = ""
    channel: Slug = ""
    reporter: Reporter = "resident"
    resident: ResidentId = ""
    area: Code
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    action: Slug
    result: Slug = "solved"
    beneficiaries: Count = 0
    evidence: tuple[Digest, ...] = ()
    summary: Line = ""
    details: Words = ""
    person: Person | None = None
    address: Line = ""
    coordinates: Coordinates | None = None
    note: Words = ""
    answer: Words = ""


class AcceptCase(Command, frozen=True, kw_only=True):
    """Take the case up (受理).

    case — 案件 — its stream
    category — 类别 — category code; '' keeps the one registered
    topic — 主题 — from the category's list; '' keeps the one registered
    due — 办理期限 — instant, when it is stated; else the category's days count from dispatch
    due_on — 期限日期 — or the local date by whose end it is due
    """

    name: ClassVar[str] = "accept-case"
    case: CaseStream
    category: Code = ""
    topic: Code = ""
    due: Instant = ""
    due_on: Day = ""


class RejectCase(Command, frozen=True, kw_only=True):
    """Do not take the case up, and tell the resident why (不予受理).

    case — 案件 — its stream
    reason — 理由代码 — why not
    told — 告知方式 — how the resident was told, or that it was not possible
    explanation — 说明 — what the resident was told (sealed)
    """

    name: ClassVar[str] = "reject-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Literal["out_of_scope", "in_court", "duplicate_settled", "unreasonable", "insufficient", "other"]
    told: Literal["phone", "visit", "sms", "letter", "page", "not_possible"]
    explanation: Words = ""


class MergeCase(Command, frozen=True, kw_only=True):
    """Let this case go on in another that is about the same thing (并单).

    case — 案件 — stream of the case that is merged
    into — 并入 — stream of the case that goes on
    """

    name: ClassVar[str] = "merge-case"
    case: CaseStream
    into: CaseStream


class UnmergeCase(Command, frozen=True, kw_only=True):
    """Take a case out of the one it was merged into, back to where it stood (拆单).

    case — 案件 — stream of the case that was merged
    out_of — 拆出自 — stream of the case it was merged into
    reason — 理由 — code
    """

    name: ClassVar[str] = "unmerge-case"
    case: CaseStream
    out_of: CaseStream
    reason: Slug = ""


class DispatchCase(Command, frozen=True, kw_only=True):
    """Send the case to the unit that must handle it; the handling clock starts (派单).

    case — 案件 — its stream
    unit — 主办单位 — unit code; '' for the unit of whoever answers for the place
    lead — 主办干部 — `cadre/<id>`; '' for whoever answers for the place, else the unit decides
    co_handlers — 协办 — units and cadres that handle it together
    due — 办理期限 — instant, when it is stated
    due_on — 期限日期 — or the local date by whose end it is due
    note — 派单意见 — (sealed)
    """

    name: ClassVar[str] = "dispatch-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    unit: Code = ""
    lead: CadreId = ""
    co_handlers: tuple[CoHandling, ...] = ()
    due: Instant = ""
    due_on: Day = ""
    note: Words = ""


class WithdrawCase(Command, frozen=True, kw_only=True):
    """The resident takes the request back (撤单).

    case — 案件 — its stream
    reason — 理由代码 — why
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "withdraw-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Literal["settled", "mistake", "no_longer_wanted", "other"]
    explanation: Words = ""


class VoidCase(Command, frozen=True, kw_only=True):
    """Close a case that should never have been registered (登记有误).

    case — 案件 — its stream
    reason — 理由代码 — test_entry, typed_twice, wrong_county or other
    """

    name: ClassVar[str] = "void-case"
    case: CaseStream
    reason: Literal["test_entry", "typed_twice", "wrong_county", "other"]
