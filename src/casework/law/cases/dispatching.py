"""Dispatching a case to the unit that must handle it, and signing for it."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.co_handling import CoHandler, CoHandling, co_handler_named
from casework.law.cases.deadlines import due_after
from casework.law.cases.guards import check_nothing_waits, check_of_unit, stated_due
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import cadre_in, unit_of
from casework.law.cases.rules import UNIT, Effects
from casework.law.cases.state import CaseState, Holder
from casework.law.cases.state_changes import due_from_here, entered, held, led_by, moment_of, responded
from casework.law.command import CadreId, CaseStream, Code, Command, Day, Instant, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Note = Annotated[T, meaning("派单意见", "in words")]
_CoHandlers = Annotated[T, meaning("协办", "units and cadres that handle it together")]


class CaseDispatched(Event, frozen=True, kw_only=True):
    name = "case-dispatched.v1"
    term = Text("派单", "Sent to the unit that must handle it; the handling clock starts.")
    sealed = {"note": _Note}

    unit: Annotated[str, meaning("主办单位", "unit code")]
    lead: m.Lead[str] = ""
    co_handlers: _CoHandlers[tuple[CoHandler, ...]] = ()
    lead_basis: Annotated[
        str,
        meaning(
            "指派依据",
            "stated, responsibility (who answers for the place), other_unit (who answers for it is of another unit),"
            " uncovered (nobody answers for it) or '' (recorded before the last two were told apart, or no place)",
        ),
    ] = ""
    due: m.DueInForce[str] = ""
    due_on: m.DueDate[str] = ""
    due_basis: m.DueBasis[str] = ""
    lead_area: Annotated[
        str,
        meaning("包保区域", "the area that the lead answers for: the place, or the nearest above it that is covered"),
    ] = ""


class CaseAcknowledged(Event, frozen=True, kw_only=True):
    name = "case-acknowledged.v1"
    term = Text("签收", "The unit signed for it.")
    lead: Annotated[str, meaning("主办干部", "who takes it; '' leaves the lead as dispatched")] = ""


class DispatchCase(Command, frozen=True, kw_only=True):
    name = "dispatch-case"
    term = Text("派单", "Send the case to the unit that must handle it; the handling clock starts.")
    seals = {"note": (0, "note")}
    case: CaseStream
    unit: Annotated[Code, meaning("主办单位", "unit code; '' for the unit of the cadre who answers for the place")] = ""
    lead: Annotated[
        CadreId, meaning("主办干部", "`cadre/<id>`; '' for the cadre who answers for the place, else the unit decides")
    ] = ""
    co_handlers: _CoHandlers[tuple[CoHandling, ...]] = ()
    due: m.Due[Instant] = ""
    due_on: m.DueOn[Day] = ""
    note: _Note[Words] = ""


class AcknowledgeCase(Command, frozen=True, kw_only=True):
    name = "acknowledge-case"
    term = Text("签收", "Sign for the case on behalf of the unit.")
    case: CaseStream
    lead: Annotated[
        CadreId, meaning("主办干部", "who takes it; '' leaves the lead as dispatched; without one, it is the signer")
    ] = ""


def _answering(unit: str, area: str, context: Context) -> tuple[str, str, str]:
    """Who answered for the place on the day of dispatch and is of that unit: cadre, basis, area that they were given.

    Where there is nobody, the basis says why: a place without a lead is seen, and not refused.
    """
    if not area:
        return "", "", ""
    found = context.roster.answering(area, context.happened_on)
    if found is None:
        return "", "uncovered", ""
    for cadre in found.cadres:
        post = context.roster.cadre(cadre, context.today)
        if post and unit in post.units:
            return cadre, "responsibility", found.area
    return "", "other_unit", ""


def _unit_that_answers(state: CaseState, context: Context) -> str:
    found = context.roster.answering(state.area, context.happened_on) if state.area else None
    for cadre in found.cadres if found else ():
        post = context.roster.cadre(cadre, context.today)
        if post and post.unit:
            return post.unit
    raise refused("unit-missing", case=state.number, area=called.area(state.area, context))


def dispatch(command: DispatchCase, state: CaseState, context: Context) -> Decided:
    """派单: the handling clock starts, once in a round."""
    unit = unit_of(command.unit or _unit_that_answers(state, context), context).code
    if command.lead:
        lead, lead_basis, lead_area = cadre_in(command.lead, unit, context).id, "stated", ""
    else:
        lead, lead_basis, lead_area = _answering(unit, state.area, context)
    co_handlers: list[CoHandler] = []
    for asked in command.co_handlers:
        unit_of(asked.unit, context)
        if asked.cadre:
            cadre_in(asked.cadre, asked.unit, context)
        co = CoHandler(unit=asked.unit, cadre=asked.cadre)
        if (co.unit, co.cadre) in ((unit, ""), (unit, lead)):
            leads = co_handler_named(co.unit, co.cadre, context)
            raise refused("already-leads", leads=leads)
        if co not in co_handlers:
            co_handlers.append(co)
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    if not due and state.due:  # stated before, or running since an earlier dispatch of this round
        due, due_on, due_basis = state.due, state.due_on, state.due_basis
    elif not due:
        due, due_on = due_after(context.happened_on, state.due_days or context.policy.due_days, context.time_zone)
        due_basis = "calendar_days" if due else ""
    event = CaseDispatched(
        unit=unit,
        lead=lead,
        co_handlers=tuple(co_handlers),
        lead_basis=lead_basis,
        lead_area=lead_area,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
    )
    return [(command.case, event)]


def acknowledge(command: AcknowledgeCase, state: CaseState, context: Context) -> Decided:
    """签收."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    lead = ""
    if command.lead and command.lead != state.lead:
        lead = cadre_in(command.lead, state.unit, context).id
    elif not command.lead and not state.lead and context.role == "cadre":
        lead = context.counts_for
    return [(command.case, CaseAcknowledged(lead=lead))]


def dispatched(s: CaseState, r: Recorded, event: CaseDispatched) -> None:
    moment = moment_of(r)
    put(s, "status", "dispatched")
    if not s.dispatched.on:
        put(s, "dispatched", moment)
        responded(s)
    put(s, "received", entered(r))
    put(s, "unit", event.unit)
    put(s, "lead", event.lead)
    held(s, r, event.unit, event.lead)
    if event.co_handlers:
        named = (
            Holder(role="co", unit=co.unit, cadre=co.cadre, since_at=moment.at, since_on=moment.on)
            for co in event.co_handlers
        )
        put(s, "co_handlers", tuple(named))
    due_from_here(s, event.due, event.due_on)
    put(s, "due_basis", event.due_basis)


def acknowledged(s: CaseState, r: Recorded, event: CaseAcknowledged) -> None:
    put(s, "status", "in_progress")
    if event.lead:
        led_by(s, r, s.unit, event.lead)


RULES: tuple[Rule, ...] = (
    rule(DispatchCase, dispatch, ("accepted",), "dispatcher", "case-dispatched → dispatched", resource="dispatch"),
    rule(
        AcknowledgeCase, acknowledge, ("dispatched",), UNIT, "case-acknowledged → in_progress",
        resource="acknowledgement",
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseDispatched: dispatched, CaseAcknowledged: acknowledged}
