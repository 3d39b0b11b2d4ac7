"""Adding and removing units and cadres that handle a case together with the lead."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.guards import check_leads
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import cadre_in, unit_of
from casework.law.cases.rules import WORKING, Effects
from casework.law.cases.state import CaseState, Holder
from casework.law.command import CadreId, CaseStream, Code, Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Unit = Annotated[T, meaning("协办单位", "unit code")]
_NamedCadre = Annotated[T, meaning("协办干部", "`cadre/<id>`; '' when only the unit is named")]
_AskedCadre = Annotated[T, meaning("协办干部", "`cadre/<id>` of that unit; '' for the unit as such")]


class CoHandler(Event, frozen=True, kw_only=True):
    """A unit, and where named its cadre, that handles a case together with the lead (协办)."""

    unit: _Unit[str]
    cadre: _NamedCadre[str] = ""


class CoHandling(CoHandler, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A unit, and where named its cadre, that is to handle the case together with the lead (协办)."""

    cadre: _AskedCadre[str] = ""


class CoHandlerAdded(Event, frozen=True, kw_only=True):
    name = "co-handler-added.v1"
    term = Text("协办", "Another unit, or cadre, handles it together with the lead.")
    unit: _Unit[str]
    cadre: _NamedCadre[str] = ""


class CoHandlerRemoved(Event, frozen=True, kw_only=True):
    name = "co-handler-removed.v1"
    term = Text("解除协办", "A co-handler's part is over.")
    unit: _Unit[str]
    cadre: Annotated[str, meaning("协办干部", "`cadre/<id>`; '' when only the unit was named")] = ""


class AddCoHandler(Command, frozen=True, kw_only=True):
    name = "add-co-handler"
    term = Text("协办", "Let another unit, or cadre, handle it together with the lead.")
    case: CaseStream
    unit: _Unit[Code]
    cadre: _AskedCadre[CadreId] = ""


class RemoveCoHandler(Command, frozen=True, kw_only=True):
    name = "remove-co-handler"
    term = Text("解除协办", "End a co-handler's part.")
    case: CaseStream
    unit: _Unit[Code]
    cadre: Annotated[CadreId, meaning("协办干部", "`cadre/<id>`; '' when the unit as such co-handles")] = ""


def co_handler_named(unit: str, cadre: str, context: Context) -> Text:
    """A co-handler, as a sentence names one: a unit, or a cadre of it."""
    name = called.unit(unit, context)
    return Text(f"{name.zh}的 {cadre} ", f"{cadre} of {name.en}") if cadre else name


def add_co_handler(command: AddCoHandler, state: CaseState, context: Context) -> Decided:
    """协办."""
    _check_shares(state, context)
    if (command.unit, command.cadre) in ((state.unit, ""), (state.unit, state.lead)):
        leads = co_handler_named(command.unit, command.cadre, context)
        raise refused("already-leads/added", leads=leads, case=state.number)
    unit_of(command.unit, context)
    if command.cadre:
        cadre_in(command.cadre, command.unit, context)
    if any((h.unit, h.cadre) == (command.unit, command.cadre) for h in state.co_handlers):
        return []
    return [(command.case, CoHandlerAdded(unit=command.unit, cadre=command.cadre))]


def remove_co_handler(command: RemoveCoHandler, state: CaseState, context: Context) -> Decided:
    """解除协办."""
    _check_shares(state, context)
    if not any((h.unit, h.cadre) == (command.unit, command.cadre) for h in state.co_handlers):
        return []
    return [(command.case, CoHandlerRemoved(unit=command.unit, cadre=command.cadre))]


def _check_shares(state: CaseState, context: Context) -> None:
    """The lead, the unit's head and the dispatcher say who handles it together with the lead."""
    if context.role != "dispatcher":
        check_leads(state, context)


def co_handler_added(s: CaseState, r: Recorded, event: CoHandlerAdded) -> None:
    added = Holder(role="co", unit=event.unit, cadre=event.cadre, since_at=r.occurred, since_on=r.occurred_on)
    put(s, "co_handlers", (*s.co_handlers, added))


def co_handler_removed(s: CaseState, r: Recorded, event: CoHandlerRemoved) -> None:
    gone = (event.unit, event.cadre)
    put(s, "co_handlers", tuple(h for h in s.co_handlers if (h.unit, h.cadre) != gone))


RULES: tuple[Rule, ...] = (
    rule(
        AddCoHandler, add_co_handler, WORKING, "cadre unit_lead dispatcher", "co-handler-added",
        resource="co-handlers",
    ),
    rule(
        RemoveCoHandler, remove_co_handler, WORKING, "cadre unit_lead dispatcher", "co-handler-removed",
        resource="co-handlers/removal",
    ),
)  # fmt: skip
EFFECTS: Effects = {CoHandlerAdded: co_handler_added, CoHandlerRemoved: co_handler_removed}
