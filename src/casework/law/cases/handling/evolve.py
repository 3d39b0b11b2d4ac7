"""What dispatch, handling, clocks and supervision make of a case."""

# ruff: noqa: D103 — each is named after its event, whose docstring says what happened

from __future__ import annotations

from msgspec.structs import force_setattr as put

from casework.law.cases import events as e
from casework.law.cases.state import CaseState, Holder
from casework.law.cases.state_changes import (
    asked,
    due_from_here,
    entered,
    handed_back,
    held,
    led_by,
    moment_of,
    responded,
    touched_by,
)
from casework.law.event import Recorded


def dispatched(s: CaseState, r: Recorded, event: e.CaseDispatched) -> None:
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


def acknowledged(s: CaseState, r: Recorded, event: e.CaseAcknowledged) -> None:
    put(s, "status", "in_progress")
    if event.lead:
        led_by(s, r, s.unit, event.lead)


def return_requested(s: CaseState, r: Recorded, event: e.ReturnRequested) -> None:
    asked(s, r, "return")


def return_approved(s: CaseState, r: Recorded, event: e.ReturnApproved) -> None:
    put(s, "pending", None)
    put(s, "status", "accepted")
    put(s, "returns", s.returns + 1)
    put(s, "returns_in_round", s.returns_in_round + 1)
    handed_back(s, r)


def return_refused(s: CaseState, r: Recorded, event: e.ReturnRefused) -> None:
    put(s, "pending", None)
    put(s, "return_final", s.return_final or event.final)


def assigned(s: CaseState, r: Recorded, event: e.OfficerAssigned) -> None:
    led_by(s, r, event.unit or s.unit, event.lead)


def transfer_requested(s: CaseState, r: Recorded, event: e.TransferRequested) -> None:
    asked(s, r, "transfer", to_unit=event.to_unit)


def transfer_accepted(s: CaseState, r: Recorded, event: e.TransferAccepted) -> None:
    put(s, "pending", None)
    put(s, "status", "dispatched")
    put(s, "received", entered(r))
    led_by(s, r, event.to_unit, event.lead)


def co_handler_added(s: CaseState, r: Recorded, event: e.CoHandlerAdded) -> None:
    added = Holder(role="co", unit=event.unit, cadre=event.cadre, since_at=r.occurred, since_on=r.occurred_on)
    put(s, "co_handlers", (*s.co_handlers, added))


def co_handler_removed(s: CaseState, r: Recorded, event: e.CoHandlerRemoved) -> None:
    gone = (event.unit, event.cadre)
    put(s, "co_handlers", tuple(h for h in s.co_handlers if (h.unit, h.cadre) != gone))


def action_logged(s: CaseState, r: Recorded, event: e.ActionLogged) -> None:
    if event.round == s.round:
        put(s, "acted", True)
        put(s, "evidenced", s.evidenced or bool(event.evidence))
    touched_by(s, r)


def contacted(s: CaseState, r: Recorded, event: e.ResidentContacted) -> None:
    if event.reached and r.occurred and (not s.reached or r.occurred < s.reached):
        put(s, "reached", r.occurred)
        responded(s)
    touched_by(s, r)


def extension_requested(s: CaseState, r: Recorded, event: e.ExtensionRequested) -> None:
    asked(s, r, "extension", due=event.due, due_on=event.due_on)


def extension_granted(s: CaseState, r: Recorded, event: e.ExtensionGranted) -> None:
    put(s, "pending", None)
    put(s, "extensions", s.extensions + 1)
    put(s, "extensions_in_round", s.extensions_in_round + 1)
    due_from_here(s, event.due, event.due_on)


def paused(s: CaseState, r: Recorded, event: e.ClockPaused) -> None:
    put(s, "stopped", entered(r))
    put(s, "stopped_by", r.role)


def resumed(s: CaseState, r: Recorded, event: e.ClockResumed) -> None:
    if "supervisor" not in (r.role, s.stopped_by):
        put(s, "paused_in_round", s.paused_in_round + event.paused_seconds)
    runs_on(s, r, event)


def runs_on(s: CaseState, r: Recorded, event: e.ClockResumed | e.CaseUnparked) -> None:
    put(s, "stopped", None)
    put(s, "stopped_by", "")
    due_from_here(s, event.due, event.due_on)


def parked(s: CaseState, r: Recorded, event: e.CaseParked) -> None:
    put(s, "status", "parked")
    put(s, "parked", 1)
    paused(s, r, e.ClockPaused(reason=event.reason))


def unparked(s: CaseState, r: Recorded, event: e.CaseUnparked) -> None:
    put(s, "status", "in_progress")
    put(s, "parked", 0)
    runs_on(s, r, event)


def due_passed(s: CaseState, r: Recorded, event: e.DuePassed) -> None:
    put(s, "due_passed", event.due)


def reminded(s: CaseState, r: Recorded, event: e.ReminderSent) -> None:
    put(s, "reminders", s.reminders + 1)


def supervised(s: CaseState, r: Recorded, event: e.SupervisionOpened) -> None:
    put(s, "supervised", 1)


def no_longer_supervised(s: CaseState, r: Recorded, event: e.SupervisionClosed) -> None:
    put(s, "supervised", 0)


def escalated(s: CaseState, r: Recorded, event: e.CaseEscalated) -> None:
    put(s, "level", event.level)


def milestone_planned(s: CaseState, r: Recorded, event: e.MilestonePlanned) -> None:
    put(s, "milestones", (*s.milestones, (event.milestone, event.planned_on)))


def milestone_reached(s: CaseState, r: Recorded, event: e.MilestoneReached) -> None:
    put(s, "milestones_reached", s.milestones_reached | {event.milestone})
