"""Recording in one step what was asked and done on the spot."""

from __future__ import annotations

from typing import ClassVar

from casework.law.cases import names as called
from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.acting import ActionLogged
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.outcomes import outcome_of
from casework.law.cases.refusals import refused
from casework.law.cases.registering import REGISTERED_SEALED, CaseRegistered, township_of
from casework.law.cases.resolving import ResolutionSubmitted
from casework.law.cases.roster_lookups import cadre_in, category_of, check_topic, unit_of
from casework.law.cases.rules import UNBORN, Effects
from casework.law.cases.state import CaseState
from casework.law.command import (
    CaseStream,
    Code,
    Command,
    Confidentiality,
    Coordinates,
    Count,
    Digest,
    Kind,
    Line,
    Person,
    Reporter,
    ResidentId,
    Slug,
    Urgency,
    Words,
)
from casework.law.context import Context
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


class RecordHandled(Command, frozen=True, kw_only=True):
    """Enter what was asked and done on the spot, in one step (即办件).

    case — 办件 — `case/<uuid>`, made by whoever records
    kind — 种类 — difficulty or matter
    category — 类别 — category code
    topic — 主题 — from the category's list
    channel — 渠道 — how it came in
    reporter — 反映人身份 — who brought it
    resident — 群众代号 — `resident/<random>`; '' when anonymous
    area — 地点 — area code, in the own township
    urgency — 紧急程度 — normal, urgent or emergency
    confidentiality — 知悉范围 — public, internal, confidential or secret
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


def record_handled(command: RecordHandled, state: CaseState, context: Context) -> Decided:
    """即办件: every step that the table asks for, in one commit."""
    category = category_of(command.category, context)
    check_topic(command.topic, category, context)
    township = township_of(command.area, context)
    unit = unit_of(context.unit, context)
    home = context.roster.township_of(unit.area, context.today) if unit.area else ""
    if home and home != township:
        raise refused(
            "outside-own-area",
            area=called.area(command.area, context),
            township=called.area(township, context),
            unit=Text(called.unit(unit.code, context).zh, unit.code),
            home=called.area(home, context),
        )
    lead = cadre_in(context.counts_for, context.unit, context).id
    if category.evidence_required and not command.evidence:
        raise refused(
            "evidence-missing/on-the-spot", category=Text(called.category(category.code, context).zh, category.code)
        )
    outcome = outcome_of(command.result, category)
    events = (
        CaseRegistered(
            number=context.number,
            kind=command.kind,
            category=command.category,
            topic=command.topic,
            channel=command.channel,
            reporter=command.reporter,
            resident=command.resident,
            area=command.area,
            township=township,
            urgency=command.urgency,
            confidentiality=command.confidentiality,
            on_the_spot=True,
        ),
        CaseAccepted(category=command.category, topic=command.topic, category_rev=category.rev),
        CaseDispatched(unit=context.unit, lead=lead, lead_basis="stated"),
        CaseAcknowledged(),
        ActionLogged(action=command.action, evidence=command.evidence, held_by=lead, held_unit=context.unit),
        ResolutionSubmitted(
            result=command.result,
            outcome=outcome,
            beneficiaries=command.beneficiaries,
            evidence=command.evidence,
        ),
    )
    return [(command.case, event) for event in events]


RULES: tuple[Rule, ...] = (
    rule(
        RecordHandled, record_handled, UNBORN, "cadre",
        "case-registered → registered", "case-accepted → accepted", "case-dispatched → dispatched",
        "case-acknowledged → in_progress", "action-logged", "resolution-submitted → resolved",
        resource="handled", begins=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {}
