"""What resolution, review, callback, closing and reopening make of a case."""

# ruff: noqa: D103 — each is named after its event, whose docstring says what happened

from __future__ import annotations

from msgspec.structs import force_setattr as put

from casework.law.cases import events as e
from casework.law.cases.state import OPEN, CaseState, Submission
from casework.law.cases.state_changes import (
    due_from_here,
    ended,
    entered,
    handed_back,
    moment_of,
    not_ended,
    settled,
    taken_up_again,
    timed,
)
from casework.law.event import Recorded


def submitted(s: CaseState, r: Recorded, event: e.ResolutionSubmitted) -> None:
    put(s, "status", "resolved")
    put(s, "beneficiaries", event.beneficiaries)
    put(s, "submission", Submission(moment_of(r), r.actor, r.counts_for, event.outcome, event.timeliness))


def approved(s: CaseState, r: Recorded, event: e.ResolutionApproved) -> None:
    put(s, "status", "callback")


def sent_back(s: CaseState, r: Recorded, event: e.ResolutionSentBack) -> None:
    put(s, "status", "in_progress")
    put(s, "beneficiaries", 0)
    put(s, "submission", None)


def called_back(s: CaseState, r: Recorded, event: e.CallbackRecorded) -> None:
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


def closed(s: CaseState, r: Recorded, event: e.CaseClosed) -> None:
    ended(s, r, "closed", event.outcome)
    put(s, "timeliness", event.timeliness)
    if s.submission is not None:
        put(s, "closer", s.submission.counts_for)
        put(s, "closer_unit", s.unit)  # once submitted, a case changes unit only by going back
        timed(s, s.submission.at.at)


def reopened(s: CaseState, r: Recorded, event: e.CaseReopened) -> None:
    was_open = s.status in OPEN
    moment = moment_of(r)
    not_ended(s)
    settled(s)
    put(s, "round", event.round)
    put(s, "rounds", (*s.rounds, moment))
    put(s, "reopenings", s.reopenings + 1)
    put(s, "returns_in_round", 0)
    put(s, "extensions_in_round", 0)
    put(s, "paused_in_round", 0)
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
    due_from_here(s, event.due, event.due_on)
    put(s, "due_basis", event.due_basis)
    if event.to == "same_unit":
        put(s, "status", "dispatched")
        put(s, "received", entered(r))
        if not was_open:
            taken_up_again(s, r)
    else:
        put(s, "status", "accepted")
        put(s, "accepted_on", s.accepted_on or r.occurred_on)
        handed_back(s, r)


def archived(s: CaseState, r: Recorded, event: e.CaseArchived) -> None:
    put(s, "status", "archived")


def confidentiality(s: CaseState, r: Recorded, event: e.ConfidentialityChanged) -> None:
    put(s, "confidentiality", event.level)


def corrected(s: CaseState, r: Recorded, event: e.RecordCorrected) -> None:
    if not event.along:
        put(s, "corrections", s.corrections + 1)  # what it corrects changes when the stream is folded anew
