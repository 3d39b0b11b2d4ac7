"""Reminding the unit, and supervising a case until it is answered for."""

from __future__ import annotations

from typing import Annotated

from msgspec.structs import force_setattr as put

from casework.law.cases.deadlines import day
from casework.law.cases.guards import check_handles
from casework.law.cases.refusals import refused
from casework.law.cases.rules import OPEN, UNIT, Effects, no_effect
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Day, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Reminder = Annotated[T, meaning("催办内容", "in words")]
_Demand = Annotated[T, meaning("督办要求", "in words")]
_ReplyDueOn = Annotated[T, meaning("反馈期限", "date by which the unit must reply")]
_Feedback = Annotated[T, meaning("反馈内容", "in words")]
_Opinion = Annotated[T, meaning("意见", "in words")]


class ReminderSent(Event, frozen=True, kw_only=True):
    name = "reminder-sent.v1"
    term = Text("催办", "A supervisor urged the unit on.")
    sealed = {"note": _Reminder}
    unit: Annotated[str, meaning("被催单位", "unit code")] = ""


class SupervisionOpened(Event, frozen=True, kw_only=True):
    name = "supervision-opened.v1"
    term = Text("督办", "A supervisor watches the case until it is answered for.")
    sealed = {"note": _Demand}
    reply_due_on: _ReplyDueOn[str]


class SupervisionReplied(Event, frozen=True, kw_only=True):
    name = "supervision-replied.v1"
    term = Text("督办反馈", "The unit answered the supervisor.")
    sealed = {"note": _Feedback}


class SupervisionClosed(Event, frozen=True, kw_only=True):
    name = "supervision-closed.v1"
    term = Text("督办销号", "The supervisor is satisfied.")
    sealed = {"note": _Opinion}


class RemindUnit(Command, frozen=True, kw_only=True):
    name = "remind-unit"
    term = Text("催办", "Urge the unit on.")
    seals = {"note": (0, "note")}
    case: CaseStream
    note: _Reminder[Words] = ""


class OpenSupervision(Command, frozen=True, kw_only=True):
    name = "open-supervision"
    term = Text("督办", "Watch the case until it is answered for.")
    seals = {"note": (0, "note")}
    case: CaseStream
    reply_due_on: _ReplyDueOn[Day]
    note: _Demand[Words] = ""


class ReplySupervision(Command, frozen=True, kw_only=True):
    name = "reply-supervision"
    term = Text("督办反馈", "Answer the supervisor.")
    seals = {"note": (0, "note")}
    case: CaseStream
    note: _Feedback[Words] = ""


class CloseSupervision(Command, frozen=True, kw_only=True):
    name = "close-supervision"
    term = Text("督办销号", "Be satisfied with the answer.")
    seals = {"note": (0, "note")}
    case: CaseStream
    note: _Opinion[Words] = ""


def remind(command: RemindUnit, state: CaseState, context: Context) -> Decided:
    """催办."""
    return [(command.case, ReminderSent(unit=state.unit))]


def open_supervision(command: OpenSupervision, state: CaseState, context: Context) -> Decided:
    """督办."""
    if state.supervised:
        raise refused("already-supervised", case=state.number)
    day(command.reply_due_on)
    if command.reply_due_on < context.happened_on:
        raise refused("reply-due-past", reply_due_on=command.reply_due_on, happened_on=context.happened_on)
    return [(command.case, SupervisionOpened(reply_due_on=command.reply_due_on))]


def reply_supervision(command: ReplySupervision, state: CaseState, context: Context) -> Decided:
    """督办反馈."""
    _check_supervised(state)
    check_handles(state, context)
    return [(command.case, SupervisionReplied())]


def close_supervision(command: CloseSupervision, state: CaseState, context: Context) -> Decided:
    """督办销号."""
    _check_supervised(state)
    return [(command.case, SupervisionClosed())]


def _check_supervised(state: CaseState) -> None:
    if not state.supervised:
        raise refused("not-supervised", case=state.number)


def reminded(s: CaseState, r: Recorded, event: ReminderSent) -> None:
    put(s, "reminders", s.reminders + 1)


def supervised(s: CaseState, r: Recorded, event: SupervisionOpened) -> None:
    put(s, "supervised", 1)


def no_longer_supervised(s: CaseState, r: Recorded, event: SupervisionClosed) -> None:
    put(s, "supervised", 0)


#: supervision outlives the closing: only the supervisor ends it, and the archive waits for that
_WATCHED = (*OPEN, "closed", "rejected", "merged", "withdrawn")
RULES: tuple[Rule, ...] = (
    rule(RemindUnit, remind, OPEN, "supervisor", "reminder-sent", resource="reminders"),
    rule(OpenSupervision, open_supervision, OPEN, "supervisor", "supervision-opened", resource="supervision"),
    rule(ReplySupervision, reply_supervision, _WATCHED, UNIT, "supervision-replied", resource="supervision/reply"),
    rule(
        CloseSupervision, close_supervision, _WATCHED, "supervisor", "supervision-closed",
        resource="supervision/end",
    ),
)  # fmt: skip
EFFECTS: Effects = {
    ReminderSent: reminded,
    SupervisionOpened: supervised,
    SupervisionReplied: no_effect,
    SupervisionClosed: no_longer_supervised,
}
