"""Changes to the state of a case that several events share."""

from __future__ import annotations

from msgspec.structs import force_setattr as put
from msgspec.structs import replace

from casework.law.cases.deadlines import seconds_between
from casework.law.cases.state import CaseState, Moment, Pending, Tenure
from casework.law.event import Event, Recorded


def moment_of(r: Recorded) -> Moment:
    return Moment(r.occurred, r.occurred_on)


def entered(r: Recorded) -> Moment:
    """When it was entered: windows and clocks are measured from here, never from a claimed time."""
    return Moment(r.at, r.recorded_on)


def held(s: CaseState, r: Recorded, unit: str, lead: str) -> None:
    """From here on this unit, and where named this cadre, leads; '' and '' for nobody."""
    last = s.tenures[-1] if s.tenures else None
    if (last.unit, last.lead) != (unit, lead) if last else bool(unit):
        put(s, "tenures", (*s.tenures, Tenure(moment_of(r), unit, lead)))


def led_by(s: CaseState, r: Recorded, unit: str, lead: str) -> None:
    """Names the lead; the lead is no longer a co-handler of the same case."""
    put(s, "unit", unit)
    put(s, "lead", lead)
    if s.co_handlers:
        put(s, "co_handlers", tuple(h for h in s.co_handlers if (h.unit, h.cadre) not in ((unit, ""), (unit, lead))))
    held(s, r, unit, lead)


def handed_back(s: CaseState, r: Recorded) -> None:
    """Clears the lead and co-handlers: the case waits to be dispatched."""
    put(s, "unit", "")
    put(s, "lead", "")
    put(s, "co_handlers", ())
    held(s, r, "", "")


def taken_up_again(s: CaseState, r: Recorded) -> None:
    """Gives the case back to those who had it before it ended, from now."""
    held(s, r, s.unit, s.lead)
    put(s, "co_handlers", tuple(replace(h, since_at=r.occurred, since_on=r.occurred_on) for h in s.co_handlers))


def ended(s: CaseState, r: Recorded, status: str, outcome: str) -> None:
    put(s, "status", status)
    put(s, "outcome", outcome)
    put(s, "closed", moment_of(r))
    put(s, "closed_on", r.occurred_on)
    put(s, "parked", 0)
    held(s, r, "", "")


def settled(s: CaseState) -> None:
    """Ends a pending request and a stopped clock together with the case."""
    put(s, "pending", None)
    put(s, "stopped", None)
    put(s, "stopped_by", "")


def not_ended(s: CaseState) -> None:
    put(s, "outcome", "")
    put(s, "closed", Moment())
    put(s, "closed_on", "")
    uncredited(s)


def uncredited(s: CaseState) -> None:
    """Clears what a closing said of its timeliness and its closer."""
    put(s, "timeliness", "")
    put(s, "closer", "")
    put(s, "closer_unit", "")
    put(s, "timed", 0)
    put(s, "resolve_seconds", 0)


def timed(s: CaseState, done_at: str) -> None:
    """Sets the time from registration to completion, where both are known to the second."""
    if done_at and s.registered.at:
        put(s, "timed", 1)
        put(s, "resolve_seconds", seconds_between(s.registered.at, done_at))


def due_from_here(s: CaseState, due: str, due_on: str) -> None:
    put(s, "due", due)
    put(s, "due_on", due_on)


def responded(s: CaseState) -> None:
    """Sets the response time, once first dispatch and first contact are known to the second."""
    if s.reached and s.dispatched.at:
        put(s, "contacted", 1)
        put(s, "contact_seconds", seconds_between(s.dispatched.at, s.reached))


def asked(s: CaseState, r: Recorded, what: str, to_unit: str = "", due: str = "", due_on: str = "") -> None:
    put(s, "pending", Pending(what, r.actor, r.counts_for, to_unit, due, due_on))


def answered(s: CaseState, r: Recorded, event: Event) -> None:
    put(s, "pending", None)


def touched_by(s: CaseState, r: Recorded) -> None:
    if r.counts_for not in s.touched:
        put(s, "touched", s.touched | {r.counts_for})
