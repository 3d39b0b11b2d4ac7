"""Assigning the officer who leads, and transferring the lead to another unit."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.guards import check_nothing_waits, check_of_unit, leading, pending_of
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import cadre_in, unit_of
from casework.law.cases.rules import WORKING, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import answered, asked, entered, led_by
from casework.law.command import CadreId, CaseStream, Code, Command, Slug, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_ChangeReason = Annotated[T, meaning("理由代码", "for a change")]
_ToUnit = Annotated[T, meaning("拟转单位", "unit code")]
_TransferReason = Annotated[T, meaning("理由代码", "code")]


class OfficerAssigned(Event, frozen=True, kw_only=True):
    name = "officer-assigned.v1"
    term = Text("指派", "The unit names, or changes, the cadre who leads.")
    lead: Annotated[str, meaning("主办干部", "`cadre/<id>`")]
    before: Annotated[str, meaning("原主办干部", "who led until now; '' when nobody")] = ""
    reason: _ChangeReason[str] = ""
    unit: Annotated[
        str,
        meaning(
            "接办单位", "the unit that has taken the place of the one that led, and leads from here; '' for no change"
        ),
    ] = ""


class TransferRequested(Event, frozen=True, kw_only=True):
    name = "transfer-requested.v1"
    term = Text("转办申请", "The unit asks another unit to take the lead.")
    correctable = frozenset({"reason"})
    sealed = {"explanation": m.Explanation}
    to_unit: _ToUnit[str]
    reason: _TransferReason[str] = ""


class TransferAccepted(Event, frozen=True, kw_only=True):
    name = "transfer-accepted.v1"
    term = Text("同意转办", "The other unit takes the lead and must sign for it.")
    from_unit: Annotated[str, meaning("原主办单位", "unit code")]
    to_unit: Annotated[str, meaning("新主办单位", "unit code")]
    lead: m.Lead[str] = ""


class TransferRefused(Event, frozen=True, kw_only=True):
    name = "transfer-refused.v1"
    term = Text("不同意转办", "The lead stays.")
    sealed = {"explanation": m.Explanation}


class AssignOfficer(Command, frozen=True, kw_only=True):
    name = "assign-officer"
    term = Text("指派", "Name, or change, the cadre who leads.")
    case: CaseStream
    lead: Annotated[CadreId, meaning("主办干部", "`cadre/<id>` of the unit")]
    reason: _ChangeReason[Slug] = ""


class RequestTransfer(Command, frozen=True, kw_only=True):
    name = "request-transfer"
    term = Text("转办申请", "Ask another unit to take the lead.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    to_unit: _ToUnit[Code]
    reason: _TransferReason[Slug] = ""
    explanation: m.Explanation[Words] = ""


class AcceptTransfer(Command, frozen=True, kw_only=True):
    name = "accept-transfer"
    term = Text("同意转办", "Take the lead that was offered; the unit must then sign for it.")
    case: CaseStream
    lead: Annotated[CadreId, meaning("主办干部", "`cadre/<id>` of the new unit; '' when it decides later")] = ""


class RefuseTransfer(Command, frozen=True, kw_only=True):
    name = "refuse-transfer"
    term = Text("不同意转办", "Leave the lead where it is.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    explanation: m.Explanation[Words] = ""


def assign(command: AssignOfficer, state: CaseState, context: Context) -> Decided:
    """指派."""
    check_of_unit(state, context)
    if not command.lead:
        raise refused("lead-missing", case=state.number, unit=called.unit(state.unit, context))
    unit = leading(state, context)
    taken_over = "" if unit == state.unit else unit
    if command.lead == state.lead and not taken_over:
        return []
    lead = cadre_in(command.lead, unit, context).id
    event = OfficerAssigned(lead=lead, before=state.lead, reason=command.reason, unit=taken_over)
    return [(command.case, event)]


def request_transfer(command: RequestTransfer, state: CaseState, context: Context) -> Decided:
    """转办申请."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    to_unit = unit_of(command.to_unit, context).code
    if to_unit == state.unit:
        raise refused("same-unit", to_unit=Text(called.unit(to_unit, context).zh, to_unit), case=state.number)
    return [(command.case, TransferRequested(to_unit=to_unit, reason=command.reason))]


def accept_transfer(command: AcceptTransfer, state: CaseState, context: Context) -> Decided:
    """同意转办: by the unit asked, or by a dispatcher for it."""
    to_unit = _answer_transfer(state, context)
    unit_of(to_unit, context)
    if command.lead:
        cadre_in(command.lead, to_unit, context)
    return [(command.case, TransferAccepted(from_unit=state.unit, to_unit=to_unit, lead=command.lead))]


def refuse_transfer(command: RefuseTransfer, state: CaseState, context: Context) -> Decided:
    """不同意转办."""
    _answer_transfer(state, context)
    return [(command.case, TransferRefused())]


def _answer_transfer(state: CaseState, context: Context) -> str:
    """The unit that is asked to take the lead; refused to other units."""
    to_unit = pending_of(state, "transfer", RequestTransfer, context).to_unit
    if context.role == "unit_lead" and context.unit != to_unit:
        raise refused(
            "not-the-unit-asked",
            case=state.number,
            to_unit=called.unit(to_unit, context),
            own_unit=called.unit(context.unit, context),
        )
    return to_unit


def assigned(s: CaseState, r: Recorded, event: OfficerAssigned) -> None:
    led_by(s, r, event.unit or s.unit, event.lead)


def transfer_requested(s: CaseState, r: Recorded, event: TransferRequested) -> None:
    asked(s, r, "transfer", to_unit=event.to_unit)


def transfer_accepted(s: CaseState, r: Recorded, event: TransferAccepted) -> None:
    put(s, "pending", None)
    put(s, "status", "dispatched")
    put(s, "received", entered(r))
    led_by(s, r, event.to_unit, event.lead)


RULES: tuple[Rule, ...] = (
    rule(AssignOfficer, assign, WORKING, "unit_lead", "officer-assigned", resource="officer"),
    rule(
        RequestTransfer, request_transfer, ("in_progress",), "unit_lead", "transfer-requested",
        resource="transfer",
    ),
    rule(
        AcceptTransfer, accept_transfer, ("in_progress",), "unit_lead dispatcher", "transfer-accepted → dispatched",
        resource="transfer/acceptance", judges=True,
    ),
    rule(
        RefuseTransfer, refuse_transfer, ("in_progress",), "unit_lead dispatcher", "transfer-refused",
        resource="transfer/refusal", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {
    OfficerAssigned: assigned,
    TransferRequested: transfer_requested,
    TransferAccepted: transfer_accepted,
    TransferRefused: answered,
}
