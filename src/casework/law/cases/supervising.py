"""Reminding the unit, and supervising a case until it is answered for."""

from __future__ import annotations

from typing import ClassVar

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


class ReminderSent(Event, frozen=True, kw_only=True):
    """A supervisor urged the unit on (催办).

    unit — 被催单位 — unit code
    note — 催办内容 — (sealed)
    """

    name: ClassVar[str] = "reminder-sent.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    unit: str = ""


class SupervisionOpened(Event, frozen=True, kw_only=True):
    """A supervisor watches the case until it is answered for (督办).

    reply_due_on — 反馈期限 — date by which the unit must reply
    note — 督办要求 — (sealed)
    """

    name: ClassVar[str] = "supervision-opened.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reply_due_on: str


class SupervisionReplied(Event, frozen=True, kw_only=True):
    """The unit answered the supervisor (督办反馈).

    note — 反馈内容 — (sealed)
    """

    name: ClassVar[str] = "supervision-replied.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class SupervisionClosed(Event, frozen=True, kw_only=True):
    """The supervisor is satisfied (督办销号).

    note — 意见 — (sealed)
    """

    name: ClassVar[str] = "supervision-closed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class RemindUnit(Command, frozen=True, kw_only=True):
    """Urge the unit on (催办).

    case — 办件 — its stream
    note — 催办内容 — (sealed)
    """

    name: ClassVar[str] = "remind-unit"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class OpenSupervision(Command, frozen=True, kw_only=True):
    """Watch the case until it is answered for (督办).

    case — 办件 — its stream
    reply_due_on — 反馈期限 — date by which the unit must reply
    note — 督办要求 — (sealed)
    """

    name: ClassVar[str] = "open-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    reply_due_on: Day
    note: Words = ""


class ReplySupervision(Command, frozen=True, kw_only=True):
    """Answer the supervisor (督办反馈).

    case — 办件 — its stream
    note — 反馈内容 — (sealed)
    """

    name: ClassVar[str] = "reply-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


class CloseSupervision(Command, frozen=True, kw_only=True):
    """Be satisfied with the answer (督办销号).

    case — 办件 — its stream
    note — 意见 — (sealed)
    """

    name: ClassVar[str] = "close-supervision"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    note: Words = ""


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
