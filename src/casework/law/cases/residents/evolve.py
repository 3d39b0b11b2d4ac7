"""What those who asked, and those who look after their receipts and data, make of a case."""

# ruff: noqa: D103 — each is named after its event, whose docstring says what happened

from __future__ import annotations

from msgspec.structs import force_setattr as put

from casework.law.cases import events as e
from casework.law.cases.state import CaseState
from casework.law.event import Recorded


def data_request_made(s: CaseState, r: Recorded, event: e.DataRequestMade) -> None:
    if event.what not in s.data_requests:
        put(s, "data_requests", (*s.data_requests, event.what))


def data_request_answered(s: CaseState, r: Recorded, event: e.DataRequestAnswered) -> None:
    put(s, "data_requests", tuple(what for what in s.data_requests if what != event.what))


def receipt_issued(s: CaseState, r: Recorded, event: e.ReceiptIssued) -> None:
    put(s, "receipt_unit", r.unit)


def messages_chosen(s: CaseState, r: Recorded, event: e.MessagesChosen) -> None:
    put(s, "no_messages", not event.wanted)
