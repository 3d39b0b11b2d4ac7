"""What each entry makes of a case: pure, and reading nothing but the stream.

A state is copied once per entry and the copy filled in before anyone else sees it, which costs half of what
`structs.replace` would: rebuilding a county calls this for every entry it ever stored.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import force_setattr as put

from casework.law.cases import events as e
from casework.law.cases.closing import evolve as closing
from casework.law.cases.handling import evolve as handling
from casework.law.cases.intake import evolve as intake
from casework.law.cases.residents import evolve as residents
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import answered
from casework.law.event import Event, Recorded

#: acts by which somebody touches a case: whoever they count for is kept in `touched`
TOUCHES: tuple[type[Event], ...] = (e.ActionLogged, e.ResidentContacted, e.LedgerActionRecorded)


#: what copy.copy would look up anew for every entry
_copy: Callable[[CaseState], CaseState] = getattr(CaseState, "__copy__")  # noqa: B009 — unknown to the type stubs


def evolve(state: CaseState, recorded: Recorded) -> CaseState:
    """The state after one more entry of its stream."""
    after = _copy(state)
    put(after, "rev", recorded.rev)
    if recorded.occurred_on > state.effective_on:
        put(after, "effective_on", recorded.occurred_on)
    _EFFECTS[type(recorded.event)](after, recorded, recorded.event)
    return after


def _nothing(s: CaseState, r: Recorded, event: Event) -> None:
    """It is on record, and changes nothing that the law decides by."""


_EFFECTS: dict[type[Event], Callable[[CaseState, Recorded, Any], None]] = {
    e.CaseRegistered: intake.registered,
    e.CaseAccepted: intake.accepted,
    e.CaseRejected: intake.rejected,
    e.CaseMerged: intake.merged,
    e.CaseAbsorbed: intake.absorbed,
    e.CaseUnmerged: intake.unmerged,
    e.CaseReleased: intake.released,
    e.CaseDispatched: handling.dispatched,
    e.CaseAcknowledged: handling.acknowledged,
    e.ReturnRequested: handling.return_requested,
    e.ReturnApproved: handling.return_approved,
    e.ReturnRefused: handling.return_refused,
    e.OfficerAssigned: handling.assigned,
    e.TransferRequested: handling.transfer_requested,
    e.TransferAccepted: handling.transfer_accepted,
    e.TransferRefused: answered,
    e.CoHandlerAdded: handling.co_handler_added,
    e.CoHandlerRemoved: handling.co_handler_removed,
    e.ActionLogged: handling.action_logged,
    e.ResidentContacted: handling.contacted,
    e.ExtensionRequested: handling.extension_requested,
    e.ExtensionGranted: handling.extension_granted,
    e.ExtensionRefused: answered,
    e.ClockPaused: handling.paused,
    e.ClockResumed: handling.resumed,
    e.CaseParked: handling.parked,
    e.ParkReviewed: _nothing,
    e.CaseUnparked: handling.unparked,
    e.ReminderSent: handling.reminded,
    e.SupervisionOpened: handling.supervised,
    e.SupervisionReplied: _nothing,
    e.SupervisionClosed: handling.no_longer_supervised,
    e.CaseEscalated: handling.escalated,
    e.DuePassed: handling.due_passed,
    e.MilestonePlanned: handling.milestone_planned,
    e.MilestoneReached: handling.milestone_reached,
    e.ResolutionSubmitted: closing.submitted,
    e.ResolutionApproved: closing.approved,
    e.ResolutionSentBack: closing.sent_back,
    e.CallbackRecorded: closing.called_back,
    e.CaseClosed: closing.closed,
    e.CaseReopened: closing.reopened,
    e.CaseWithdrawn: intake.withdrawn,
    e.CaseArchived: closing.archived,
    e.CaseVoided: intake.voided,
    e.InformationAdded: _nothing,
    e.DataRequestMade: residents.data_request_made,
    e.DataRequestAnswered: residents.data_request_answered,
    e.ReceiptIssued: residents.receipt_issued,
    e.MessagesChosen: residents.messages_chosen,
    e.ConfidentialityChanged: closing.confidentiality,
    e.RecordCorrected: closing.corrected,
    e.LedgerCaseRecorded: intake.ledger_case,
    e.LedgerClosingRecorded: intake.ledger_closing,
    e.LedgerActionRecorded: intake.ledger_action,
}
