"""What each entry makes of a case: pure, and reading nothing but the stream.

A state is copied once per entry and the copy filled in before anyone else sees it, which costs half of what
`structs.replace` would: rebuilding a county calls this for every entry it ever stored.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from msgspec.structs import force_setattr as put
from msgspec.structs import replace

from casework.case import events as e
from casework.case.deadlines import seconds_between, timeliness
from casework.case.history import Event, Recorded
from casework.case.state import OPEN, CaseState, Holder, Moment, Pending, Submission, Tenure, round_at

#: acts by which somebody touches a case: whoever they count for is kept in `touched`
TOUCHES: tuple[type[Event], ...] = (e.ActionLogged, e.ResidentContacted, e.LedgerActionRecorded)


def evolve(state: CaseState, recorded: Recorded) -> CaseState:
    """The state after one more entry of its stream."""
    after = copy(state)
    put(after, "rev", recorded.rev)
    if recorded.occurred_on > state.effective_on:
        put(after, "effective_on", recorded.occurred_on)
    _EFFECTS[type(recorded.event)](after, recorded, recorded.event)
    return after


# ── what several effects share; each fills in the copy ──────────────────────────────────────────────────────────


def _moment(r: Recorded) -> Moment:
    return Moment(r.occurred, r.occurred_on)


def _held(s: CaseState, r: Recorded, unit: str, lead: str) -> None:
    """From here on this unit, and where named this cadre, leads; '' and '' for nobody."""
    last = s.tenures[-1] if s.tenures else None
    if (last.unit, last.lead) != (unit, lead) if last else bool(unit):
        put(s, "tenures", (*s.tenures, Tenure(_moment(r), unit, lead)))


def _led_by(s: CaseState, r: Recorded, unit: str, lead: str) -> None:
    """A lead is named: whoever leads is no co-handler of the same case beside it."""
    put(s, "unit", unit)
    put(s, "lead", lead)
    put(s, "co_handlers", tuple(h for h in s.co_handlers if (h.unit, h.cadre) not in ((unit, ""), (unit, lead))))
    _held(s, r, unit, lead)


def _handed_back(s: CaseState, r: Recorded) -> None:
    """Nobody has it any more: it waits to be dispatched."""
    put(s, "unit", "")
    put(s, "lead", "")
    put(s, "co_handlers", ())
    _held(s, r, "", "")


def _taken_up_again(s: CaseState, r: Recorded) -> None:
    """Those who had it before it ended have it again, from now."""
    _held(s, r, s.unit, s.lead)
    put(s, "co_handlers", tuple(replace(h, since_at=r.occurred, since_on=r.occurred_on) for h in s.co_handlers))


def _ended(s: CaseState, r: Recorded, status: str, outcome: str) -> None:
    put(s, "status", status)
    put(s, "outcome", outcome)
    put(s, "closed", _moment(r))
    put(s, "closed_on", r.occurred_on)
    put(s, "parked", 0)
    _held(s, r, "", "")


def _settled(s: CaseState) -> None:
    """Requests that waited and a clock that stood are over with the case."""
    put(s, "pending", None)
    put(s, "stopped", None)
    put(s, "stopped_by", "")


def _not_ended(s: CaseState) -> None:
    put(s, "outcome", "")
    put(s, "closed", Moment())
    put(s, "closed_on", "")
    put(s, "timeliness", "")
    put(s, "timed", 0)
    put(s, "resolve_seconds", 0)


def _timed(s: CaseState, done_at: str) -> None:
    """From being brought to being done, where both are known to the second."""
    if done_at and s.registered.at:
        put(s, "timed", 1)
        put(s, "resolve_seconds", seconds_between(s.registered.at, done_at))


def _due(s: CaseState, due: str, due_on: str) -> None:
    put(s, "due", due)
    put(s, "due_on", due_on)


def _responded(s: CaseState) -> None:
    """The response time, once both the first dispatch and the first contact are known to the second."""
    if s.reached and s.dispatched.at:
        put(s, "contacted", 1)
        put(s, "contact_seconds", seconds_between(s.dispatched.at, s.reached))


def _asked(s: CaseState, r: Recorded, what: str, to_unit: str = "", due: str = "", due_on: str = "") -> None:
    put(s, "pending", Pending(what, r.actor, r.counts_for, to_unit, due, due_on))


def _answered(s: CaseState, r: Recorded, event: Event) -> None:
    put(s, "pending", None)


def _touched(s: CaseState, r: Recorded) -> None:
    if r.counts_for not in s.touched:
        put(s, "touched", s.touched | {r.counts_for})


# ── intake ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _begun(s: CaseState, r: Recorded, event: e.CaseRegistered | e.LedgerCaseRecorded) -> None:
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
    moment = _moment(r)
    put(s, "registered", moment)
    put(s, "registered_on", r.occurred_on)
    put(s, "rounds", (moment,))
    put(s, "round", 1)


def _registered(s: CaseState, r: Recorded, event: e.CaseRegistered) -> None:
    _begun(s, r, event)
    put(s, "reporter", event.reporter)
    put(s, "resident", event.resident)
    put(s, "planned_beneficiaries", event.planned_beneficiaries)
    put(s, "on_the_spot", int(event.on_the_spot))


def _accepted(s: CaseState, r: Recorded, event: e.CaseAccepted) -> None:
    put(s, "status", "accepted")
    put(s, "accepted_on", r.occurred_on)
    put(s, "category", event.category)
    put(s, "topic", event.topic)
    put(s, "due_days", event.due_days)
    if event.due:
        _due(s, event.due, event.due_on)
        put(s, "due_basis", event.due_basis)


def _rejected(s: CaseState, r: Recorded, event: e.CaseRejected) -> None:
    _ended(s, r, "rejected", "rejected")


def _merged(s: CaseState, r: Recorded, event: e.CaseMerged) -> None:
    put(s, "before_merge", s.status)
    put(s, "merged_into", event.into)
    _ended(s, r, "merged", "merged")


def _absorbed(s: CaseState, r: Recorded, event: e.CaseAbsorbed) -> None:
    put(s, "absorbed", (*s.absorbed, event.merged))


def _unmerged(s: CaseState, r: Recorded, event: e.CaseUnmerged) -> None:
    put(s, "status", s.before_merge)
    put(s, "parked", int(s.before_merge == "parked"))
    put(s, "merged_into", "")
    put(s, "before_merge", "")
    _not_ended(s)
    _taken_up_again(s, r)


def _released(s: CaseState, r: Recorded, event: e.CaseReleased) -> None:
    put(s, "absorbed", tuple(stream for stream in s.absorbed if stream != event.released))


def _withdrawn(s: CaseState, r: Recorded, event: e.CaseWithdrawn) -> None:
    _ended(s, r, "withdrawn", "withdrawn")
    _settled(s)


def _voided(s: CaseState, r: Recorded, event: e.CaseVoided) -> None:
    if not s.closed_on:
        _ended(s, r, "closed", "registered_in_error")
    put(s, "status", "closed")
    put(s, "outcome", "registered_in_error")
    put(s, "timeliness", "")
    put(s, "timed", 0)
    put(s, "resolve_seconds", 0)
    _settled(s)


# ── handling ────────────────────────────────────────────────────────────────────────────────────────────────────


def _dispatched(s: CaseState, r: Recorded, event: e.CaseDispatched) -> None:
    moment = _moment(r)
    put(s, "status", "dispatched")
    if not s.dispatched.on:
        put(s, "dispatched", moment)
        _responded(s)
    put(s, "received", moment)
    _led_by(s, r, event.unit, event.lead)
    put(
        s,
        "co_handlers",
        tuple(
            Holder(role="co", unit=co.unit, cadre=co.cadre, since_at=moment.at, since_on=moment.on)
            for co in event.co_handlers
        ),
    )
    _due(s, event.due, event.due_on)
    put(s, "due_basis", event.due_basis)


def _acknowledged(s: CaseState, r: Recorded, event: e.CaseAcknowledged) -> None:
    put(s, "status", "in_progress")
    if event.lead:
        _led_by(s, r, s.unit, event.lead)


def _return_requested(s: CaseState, r: Recorded, event: e.ReturnRequested) -> None:
    _asked(s, r, "return")


def _return_approved(s: CaseState, r: Recorded, event: e.ReturnApproved) -> None:
    put(s, "pending", None)
    put(s, "status", "accepted")
    put(s, "returns", s.returns + 1)
    put(s, "returns_in_round", s.returns_in_round + 1)
    _handed_back(s, r)


def _return_refused(s: CaseState, r: Recorded, event: e.ReturnRefused) -> None:
    put(s, "pending", None)
    put(s, "return_final", s.return_final or event.final)


def _assigned(s: CaseState, r: Recorded, event: e.OfficerAssigned) -> None:
    _led_by(s, r, s.unit, event.lead)


def _transfer_requested(s: CaseState, r: Recorded, event: e.TransferRequested) -> None:
    _asked(s, r, "transfer", to_unit=event.to_unit)


def _transfer_accepted(s: CaseState, r: Recorded, event: e.TransferAccepted) -> None:
    put(s, "pending", None)
    put(s, "status", "dispatched")
    put(s, "received", _moment(r))
    _led_by(s, r, event.to_unit, event.lead)


def _co_handler_added(s: CaseState, r: Recorded, event: e.CoHandlerAdded) -> None:
    added = Holder(role="co", unit=event.unit, cadre=event.cadre, since_at=r.occurred, since_on=r.occurred_on)
    put(s, "co_handlers", (*s.co_handlers, added))


def _co_handler_removed(s: CaseState, r: Recorded, event: e.CoHandlerRemoved) -> None:
    gone = (event.unit, event.cadre)
    put(s, "co_handlers", tuple(h for h in s.co_handlers if (h.unit, h.cadre) != gone))


def _action_logged(s: CaseState, r: Recorded, event: e.ActionLogged) -> None:
    if event.round == s.round:
        put(s, "acted", True)
        put(s, "evidenced", s.evidenced or bool(event.evidence))
    _touched(s, r)


def _contacted(s: CaseState, r: Recorded, event: e.ResidentContacted) -> None:
    if event.reached and r.occurred and (not s.reached or r.occurred < s.reached):
        put(s, "reached", r.occurred)
        _responded(s)
    _touched(s, r)


# ── clocks ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _extension_requested(s: CaseState, r: Recorded, event: e.ExtensionRequested) -> None:
    _asked(s, r, "extension", due=event.due, due_on=event.due_on)


def _extension_granted(s: CaseState, r: Recorded, event: e.ExtensionGranted) -> None:
    put(s, "pending", None)
    put(s, "extensions", s.extensions + 1)
    put(s, "extensions_in_round", s.extensions_in_round + 1)
    _due(s, event.due, event.due_on)


def _paused(s: CaseState, r: Recorded, event: e.ClockPaused) -> None:
    put(s, "stopped", _moment(r))
    put(s, "stopped_by", r.role)


def _runs_on(s: CaseState, r: Recorded, event: e.ClockResumed | e.CaseUnparked) -> None:
    put(s, "stopped", None)
    put(s, "stopped_by", "")
    _due(s, event.due, event.due_on)


def _parked(s: CaseState, r: Recorded, event: e.CaseParked) -> None:
    put(s, "status", "parked")
    put(s, "parked", 1)
    _paused(s, r, e.ClockPaused(reason=event.reason))


def _unparked(s: CaseState, r: Recorded, event: e.CaseUnparked) -> None:
    put(s, "status", "in_progress")
    put(s, "parked", 0)
    _runs_on(s, r, event)


def _due_passed(s: CaseState, r: Recorded, event: e.DuePassed) -> None:
    put(s, "due_passed", event.due)


# ── supervision, milestones ─────────────────────────────────────────────────────────────────────────────────────


def _reminded(s: CaseState, r: Recorded, event: e.ReminderSent) -> None:
    put(s, "reminders", s.reminders + 1)


def _supervised(s: CaseState, r: Recorded, event: e.SupervisionOpened) -> None:
    put(s, "supervised", 1)


def _no_longer_supervised(s: CaseState, r: Recorded, event: e.SupervisionClosed) -> None:
    put(s, "supervised", 0)


def _escalated(s: CaseState, r: Recorded, event: e.CaseEscalated) -> None:
    put(s, "level", event.level)


def _milestone_planned(s: CaseState, r: Recorded, event: e.MilestonePlanned) -> None:
    put(s, "milestones", (*s.milestones, (event.milestone, event.planned_on)))


def _milestone_reached(s: CaseState, r: Recorded, event: e.MilestoneReached) -> None:
    put(s, "milestones_reached", s.milestones_reached | {event.milestone})


# ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _submitted(s: CaseState, r: Recorded, event: e.ResolutionSubmitted) -> None:
    put(s, "status", "resolved")
    put(s, "beneficiaries", event.beneficiaries)
    put(s, "submission", Submission(_moment(r), r.actor, r.counts_for, event.outcome, event.timeliness))


def _approved(s: CaseState, r: Recorded, event: e.ResolutionApproved) -> None:
    put(s, "status", "callback")


def _sent_back(s: CaseState, r: Recorded, event: e.ResolutionSentBack) -> None:
    put(s, "status", "in_progress")
    put(s, "beneficiaries", 0)
    put(s, "submission", None)


def _called_back(s: CaseState, r: Recorded, event: e.CallbackRecorded) -> None:
    put(s, "attempts", s.attempts + 1)
    if not event.reached:
        put(s, "unreached", s.unreached + 1)
        return
    put(s, "called", True)
    if event.solved:
        put(s, "solved_word", event.solved)
        put(s, "said_no", s.said_no or event.solved == "no")
    if event.satisfaction:
        put(s, "satisfaction", event.satisfaction)


def _closed(s: CaseState, r: Recorded, event: e.CaseClosed) -> None:
    _ended(s, r, "closed", event.outcome)
    put(s, "timeliness", event.timeliness)
    if s.submission is not None:
        _timed(s, s.submission.at.at)


def _reopened(s: CaseState, r: Recorded, event: e.CaseReopened) -> None:
    was_open = s.status in OPEN
    moment = _moment(r)
    _not_ended(s)
    _settled(s)
    put(s, "round", event.round)
    put(s, "rounds", (*s.rounds, moment))
    put(s, "reopenings", s.reopenings + 1)
    put(s, "returns_in_round", 0)
    put(s, "extensions_in_round", 0)
    put(s, "return_final", False)
    put(s, "acted", False)
    put(s, "evidenced", False)
    put(s, "submission", None)
    put(s, "called", False)
    put(s, "attempts", 0)
    put(s, "unreached", 0)
    put(s, "said_no", False)
    put(s, "beneficiaries", 0)
    put(s, "satisfaction", 0)
    put(s, "solved_word", "")
    _due(s, event.due, event.due_on)
    put(s, "due_basis", event.due_basis)
    if event.to == "same_unit":
        put(s, "status", "dispatched")
        put(s, "received", moment)
        if not was_open:
            _taken_up_again(s, r)
    else:
        put(s, "status", "accepted")
        put(s, "accepted_on", s.accepted_on or r.occurred_on)
        _handed_back(s, r)


def _archived(s: CaseState, r: Recorded, event: e.CaseArchived) -> None:
    put(s, "status", "archived")


def _confidentiality(s: CaseState, r: Recorded, event: e.ConfidentialityChanged) -> None:
    put(s, "confidentiality", event.level)


def _corrected(s: CaseState, r: Recorded, event: e.RecordCorrected) -> None:
    put(s, "corrections", s.corrections + 1)  # what it corrects changes when the stream is folded anew


# ── ledgers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _ledger_case(s: CaseState, r: Recorded, event: e.LedgerCaseRecorded) -> None:
    _begun(s, r, event)
    put(s, "row_hash", event.row_hash)
    if event.unit:
        put(s, "unit", event.unit)
        put(s, "tenures", (Tenure(s.registered, event.unit),))


def _ledger_closing(s: CaseState, r: Recorded, event: e.LedgerClosingRecorded) -> None:
    _ended(s, r, "closed", event.outcome)
    _settled(s)
    # not the stamped word: when the due time or the closing is corrected, this follows
    put(s, "timeliness", timeliness(s.due, s.due_on, r.occurred, r.occurred_on))
    put(s, "published", event.published)
    _timed(s, r.occurred)


def _ledger_action(s: CaseState, r: Recorded, event: e.LedgerActionRecorded) -> None:
    if round_at(s, r.occurred, r.occurred_on) == s.round:
        put(s, "acted", True)
    _touched(s, r)


def _nothing(s: CaseState, r: Recorded, event: Event) -> None:
    """It is on record, and changes nothing that the law decides by."""


_EFFECTS: dict[type[Event], Callable[[CaseState, Recorded, Any], None]] = {
    e.CaseRegistered: _registered,
    e.CaseAccepted: _accepted,
    e.CaseRejected: _rejected,
    e.CaseMerged: _merged,
    e.CaseAbsorbed: _absorbed,
    e.CaseUnmerged: _unmerged,
    e.CaseReleased: _released,
    e.CaseDispatched: _dispatched,
    e.CaseAcknowledged: _acknowledged,
    e.ReturnRequested: _return_requested,
    e.ReturnApproved: _return_approved,
    e.ReturnRefused: _return_refused,
    e.OfficerAssigned: _assigned,
    e.TransferRequested: _transfer_requested,
    e.TransferAccepted: _transfer_accepted,
    e.TransferRefused: _answered,
    e.CoHandlerAdded: _co_handler_added,
    e.CoHandlerRemoved: _co_handler_removed,
    e.ActionLogged: _action_logged,
    e.ResidentContacted: _contacted,
    e.ExtensionRequested: _extension_requested,
    e.ExtensionGranted: _extension_granted,
    e.ExtensionRefused: _answered,
    e.ClockPaused: _paused,
    e.ClockResumed: _runs_on,
    e.CaseParked: _parked,
    e.ParkReviewed: _nothing,
    e.CaseUnparked: _unparked,
    e.ReminderSent: _reminded,
    e.SupervisionOpened: _supervised,
    e.SupervisionReplied: _nothing,
    e.SupervisionClosed: _no_longer_supervised,
    e.CaseEscalated: _escalated,
    e.DuePassed: _due_passed,
    e.MilestonePlanned: _milestone_planned,
    e.MilestoneReached: _milestone_reached,
    e.ResolutionSubmitted: _submitted,
    e.ResolutionApproved: _approved,
    e.ResolutionSentBack: _sent_back,
    e.CallbackRecorded: _called_back,
    e.CaseClosed: _closed,
    e.CaseReopened: _reopened,
    e.CaseWithdrawn: _withdrawn,
    e.CaseArchived: _archived,
    e.CaseVoided: _voided,
    e.ConfidentialityChanged: _confidentiality,
    e.RecordCorrected: _corrected,
    e.LedgerCaseRecorded: _ledger_case,
    e.LedgerClosingRecorded: _ledger_closing,
    e.LedgerActionRecorded: _ledger_action,
}
