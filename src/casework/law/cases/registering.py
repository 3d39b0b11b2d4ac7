"""Registering a case: a request or a planned matter enters the books."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.guards import stated_due
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import area_of, category_of, check_topic
from casework.law.cases.rules import INTAKE, UNBORN, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import moment_of
from casework.law.command import (
    CaseStream,
    Code,
    Command,
    Confidentiality,
    Coordinates,
    Count,
    Day,
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
from casework.law.context import Context
from casework.law.event import Event, Recorded, stated
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class CaseRegistered(Event, frozen=True, kw_only=True):
    name = "case-registered.v1"
    term = Text("登记", "A request or a planned matter entered the books.")
    unique = ("number", "external_ref")
    correctable = frozenset(
        {"kind", "category", "topic", "channel", "reporter", "area", "township", "urgency", "planned_beneficiaries"}
    )
    sealed = {
        "address": m.Address,
        "coordinates": Annotated[str, meaning("坐标", "WGS 84, integer microdegrees")],
        "details": Annotated[str, meaning("详情", "what was asked, in words")],
        "person": Annotated[str, meaning("反映人", "name, phone, identity number")],
        "summary": m.Summary,
    }

    number: Annotated[
        str, meaning("编号", "`<log>-<year>-<6 digits>`, gap-free per county and local year of recording")
    ]
    kind: m.CaseKind[str]
    category: Annotated[str, meaning("类别", "category code; '' until acceptance when not known")] = ""
    topic: Annotated[str, meaning("主题", "chosen from the category's list")] = ""
    channel: m.CameIn[str] = ""
    reporter: Annotated[
        str,
        meaning(
            "反映人身份", "resident, courier, grid_worker, opinion_collector, volunteer, contact_point, report_point"
        ),
    ] = "resident"
    resident: Annotated[str, meaning("群众代号", "`resident/<random>`, random per case; '' when anonymous")] = ""
    area: m.Place[str] = ""
    township: Annotated[str, meaning("乡镇", "township of the place, stamped from the roster")] = ""
    urgency: Annotated[str, meaning("紧急程度", "normal, urgent or emergency")] = "normal"
    confidentiality: m.ConfidentialityLevel[str] = "internal"
    external_ref: Annotated[str, meaning("外部编号", "a ledger's own id")] = ""
    planned_beneficiaries: Annotated[int, meaning("计划受益人数", "people")] = 0
    due: Annotated[str, meaning("办理期限", "instant, when stated at registration")] = ""
    due_on: m.DueDate[str] = ""
    due_basis: m.DueBasis[str] = ""
    on_the_spot: Annotated[bool, meaning("即办件", "done on the spot and logged after")] = False
    follows: Annotated[str, meaning("前案", "stream of an archived case that this one continues")] = ""
    survey: Annotated[str, meaning("需求调查", "stream of the survey from whose answers it was raised")] = ""


REGISTERED_SEALED = {
    "summary": (0, "summary"),
    "details": (0, "details"),
    "person": (0, "person"),
    "address": (0, "address"),
    "coordinates": (0, "coordinates"),
}


class RegisterCase(Command, frozen=True, kw_only=True):
    name = "register-case"
    term = Text("登记", "Enter a request or a planned matter in the books.")
    seals = REGISTERED_SEALED

    case: CaseStream
    kind: Annotated[Kind, meaning("种类", "difficulty (one request) or matter (planned)")] = "difficulty"
    category: m.Category[Code] = ""
    topic: m.Topic[Code] = ""
    channel: m.Channel[Slug] = ""
    reporter: m.Reporter[Reporter] = "resident"
    resident: m.Anonymous[ResidentId] = ""
    area: m.Place[Code] = ""
    urgency: Urgency = "normal"
    confidentiality: Confidentiality = "internal"
    external_ref: Annotated[Reference, meaning("外部编号", "another system's id, claimed once")] = ""
    planned_beneficiaries: Annotated[Count, meaning("计划受益人数", "people, of a matter")] = 0
    due: m.Due[Instant] = ""
    due_on: m.DueOn[Day] = ""
    follows: Annotated[OtherCase, meaning("前案", "archived case that this one continues")] = ""
    summary: m.Summary[Line] = ""
    details: m.Details[Words] = ""
    person: m.Asker[Person | None] = None
    address: m.Address[Line] = ""
    coordinates: m.Coordinates[Coordinates | None] = None


def township_of(area: str, context: Context) -> str:
    """The township of a place that must be declared; '' when no place is named."""
    if not area:
        return ""
    area_of(area, context)
    return context.roster.township_of(area, context.today)


def _reporter(stated: str, context: Context) -> str:
    """Identity of the reporter: as stated, else as the roster has it for a person in the role of a reporter."""
    if stated != "resident" or context.role != "reporter":
        return stated
    cadre = context.roster.cadre(context.counts_for, context.today)
    return (cadre.reporter if cadre else "") or stated


def register(command: RegisterCase, state: CaseState, context: Context) -> Decided:
    """登记."""
    category = category_of(command.category, context) if command.category else None
    check_topic(command.topic, category, context)
    township = township_of(command.area, context)
    if not command.area and not context.sealed & {"address", "coordinates"}:
        raise refused("place-missing")
    if command.planned_beneficiaries and command.kind != "matter":
        raise refused(
            "not-a-matter", planned_beneficiaries=command.planned_beneficiaries, kind=called.kind(command.kind)
        )
    if command.follows:
        before: CaseState = context.others[command.follows]
        if not before.status:
            raise refused("no-such-case/follows", follows=command.follows)
        if before.status != "archived":
            raise refused("not-archived", follows=command.follows, status=called.status(before.status))
    own = context.counts_for if context.role == "resident" else ""
    if own and command.resident not in ("", own):
        raise refused("not-your-request/register", own_unit=own, resident=command.resident)
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    event = stated(
        CaseRegistered,
        command,
        number=context.number,
        reporter=_reporter(command.reporter, context),
        resident=command.resident or own,
        township=township,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
    )
    return [(command.case, event)]


def begun(s: CaseState, r: Recorded, event: Any) -> None:
    """EVENT is either of the two by which a case begins: registered here, or stated by a ledger."""
    put(s, "status", "registered")
    put(s, "number", event.number)
    put(s, "kind", event.kind)
    put(s, "category", event.category)
    put(s, "topic", event.topic)
    put(s, "channel", event.channel)
    put(s, "area", event.area)
    put(s, "township", event.township)
    put(s, "urgency", event.urgency)
    put(s, "confidentiality", event.confidentiality)
    put(s, "external_ref", event.external_ref)
    put(s, "due", event.due)
    put(s, "due_on", event.due_on)
    put(s, "due_basis", event.due_basis)
    moment = moment_of(r)
    put(s, "registered", moment)
    put(s, "registered_on", r.occurred_on)
    put(s, "rounds", (moment,))
    put(s, "round", 1)


def registered(s: CaseState, r: Recorded, event: CaseRegistered) -> None:
    begun(s, r, event)
    put(s, "reporter", event.reporter)
    put(s, "resident", event.resident)
    put(s, "brought_by", r.counts_for if r.role == "reporter" else "")
    put(s, "planned_beneficiaries", event.planned_beneficiaries)
    put(s, "on_the_spot", int(event.on_the_spot))
    put(s, "receipt_unit", r.unit)
    put(s, "survey", event.survey)


RULES: tuple[Rule, ...] = (
    rule(
        RegisterCase, register, UNBORN, INTAKE, "case-registered → registered",
        begins=True, reads=("follows",),
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseRegistered: registered}
