"""Recording in one step what was asked and done on the spot."""

from __future__ import annotations

from typing import Annotated

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.acting import ActionLogged
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.refusals import refused
from casework.law.cases.registering import REGISTERED_SEALED, CaseRegistered, township_of
from casework.law.cases.resolving import ResolutionSubmitted, outcome_of
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
from casework.law.event import stated
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class RecordHandled(Command, frozen=True, kw_only=True):
    name = "record-handled"
    term = Text("即办件", "Enter what was asked and done on the spot, in one step.")
    seals = {
        **REGISTERED_SEALED,
        "note": (4, "note"),
        "answer": (5, "answer"),
    }

    case: CaseStream
    kind: Annotated[Kind, meaning("种类", "difficulty or matter")] = "difficulty"
    category: m.CategoryCode[Code]
    topic: m.Topic[Code] = ""
    channel: m.CameIn[Slug] = ""
    reporter: m.Reporter[Reporter] = "resident"
    resident: m.Anonymous[ResidentId] = ""
    area: Annotated[Code, meaning("地点", "area code, in the own township")]
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    action: Annotated[Slug, meaning("办理方式", "what was done: visit, phone_call, mediation, repair, …")]
    result: m.Result[Slug] = "solved"
    beneficiaries: m.Beneficiaries[Count] = 0
    evidence: m.Evidence[tuple[Digest, ...]] = ()
    summary: m.Summary[Line] = ""
    details: Annotated[Words, meaning("详情", "what was asked")] = ""
    person: m.Asker[Person | None] = None
    address: m.AddressInWords[Line] = ""
    coordinates: m.Coordinates[Coordinates | None] = None
    note: Annotated[Words, meaning("办理情况", "what was done, for the file")] = ""
    answer: Annotated[Words, meaning("办理答复", "what the resident was told")] = ""


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
        stated(CaseRegistered, command, number=context.number, township=township, on_the_spot=True),
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
