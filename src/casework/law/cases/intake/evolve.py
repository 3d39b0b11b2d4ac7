"""What intake, merging and ledgers make of a case."""

# ruff: noqa: D103 — each is named after its event, whose docstring says what happened

from __future__ import annotations

from msgspec.structs import force_setattr as put

from casework.law.cases import events as e
from casework.law.cases.deadlines import timeliness
from casework.law.cases.state import CaseState, Tenure, round_at
from casework.law.cases.state_changes import (
    due_from_here,
    ended,
    moment_of,
    not_ended,
    settled,
    taken_up_again,
    timed,
    touched_by,
    uncredited,
)
from casework.law.event import Recorded


def begun(s: CaseState, r: Recorded, event: e.CaseRegistered | e.LedgerCaseRecorded) -> None:
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


def registered(s: CaseState, r: Recorded, event: e.CaseRegistered) -> None:
    begun(s, r, event)
    put(s, "reporter", event.reporter)
    put(s, "resident", event.resident)
    put(s, "brought_by", r.counts_for if r.role == "reporter" else "")
    put(s, "planned_beneficiaries", event.planned_beneficiaries)
    put(s, "on_the_spot", int(event.on_the_spot))
    put(s, "receipt_unit", r.unit)
    put(s, "survey", event.survey)


def accepted(s: CaseState, r: Recorded, event: e.CaseAccepted) -> None:
    put(s, "status", "accepted")
    put(s, "accepted_on", r.occurred_on)
    put(s, "category", event.category)
    put(s, "topic", event.topic)
    put(s, "due_days", event.due_days)
    if event.due:
        due_from_here(s, event.due, event.due_on)
        put(s, "due_basis", event.due_basis)


def rejected(s: CaseState, r: Recorded, event: e.CaseRejected) -> None:
    ended(s, r, "rejected", "rejected")


def merged(s: CaseState, r: Recorded, event: e.CaseMerged) -> None:
    put(s, "before_merge", s.status)
    put(s, "merged_into", event.into)
    ended(s, r, "merged", "merged")


def absorbed(s: CaseState, r: Recorded, event: e.CaseAbsorbed) -> None:
    put(s, "absorbed", (*s.absorbed, event.merged))


def unmerged(s: CaseState, r: Recorded, event: e.CaseUnmerged) -> None:
    put(s, "status", s.before_merge)
    put(s, "parked", int(s.before_merge == "parked"))
    put(s, "merged_into", "")
    put(s, "before_merge", "")
    not_ended(s)
    taken_up_again(s, r)


def released(s: CaseState, r: Recorded, event: e.CaseReleased) -> None:
    put(s, "absorbed", tuple(stream for stream in s.absorbed if stream != event.released))


def withdrawn(s: CaseState, r: Recorded, event: e.CaseWithdrawn) -> None:
    ended(s, r, "withdrawn", "withdrawn")
    settled(s)


def voided(s: CaseState, r: Recorded, event: e.CaseVoided) -> None:
    if not s.closed_on:
        ended(s, r, "closed", "registered_in_error")
    put(s, "status", "closed")
    put(s, "outcome", "registered_in_error")
    uncredited(s)
    settled(s)


def ledger_case(s: CaseState, r: Recorded, event: e.LedgerCaseRecorded) -> None:
    begun(s, r, event)
    put(s, "row_hash", event.row_hash)
    if event.unit:
        put(s, "unit", event.unit)
        put(s, "tenures", (Tenure(s.registered, event.unit),))


def ledger_closing(s: CaseState, r: Recorded, event: e.LedgerClosingRecorded) -> None:
    ended(s, r, "closed", event.outcome)
    settled(s)
    # not the stamped word: when the due time or the closing is corrected, this follows
    put(s, "timeliness", timeliness(s.due, s.due_on, r.occurred, r.occurred_on))
    put(s, "published", event.published)
    timed(s, r.occurred)


def ledger_action(s: CaseState, r: Recorded, event: e.LedgerActionRecorded) -> None:
    if round_at(s, r.occurred, r.occurred_on) == s.round:
        put(s, "acted", True)
    touched_by(s, r)
