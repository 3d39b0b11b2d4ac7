"""Escalating a case to the next level, and marking that its due time passed."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.refusals import refused
from casework.law.cases.rules import OPEN, Effects
from casework.law.cases.state import CaseState, held_at
from casework.law.command import CaseStream, Command, Instant, Reference
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_EscalatedTo = Annotated[T, meaning("升级对象", "unit code or role")]
_Due = Annotated[T, meaning("办理期限", "the instant that passed")]


class CaseEscalated(Event, frozen=True, kw_only=True):
    name = "case-escalated.v1"
    term = Text("升级", "Brought before a higher level.")
    level: Annotated[int, meaning("级别", "1 and up")]
    to: _EscalatedTo[str] = ""
    trigger: Annotated[str, meaning("触发", "overdue, reopened, person")] = "person"


class DuePassed(Event, frozen=True, kw_only=True):
    name = "due-passed.v1"
    term = Text("超期", "The due instant passed while the case was open; written by the clock.")
    due: _Due[str]
    due_on: m.DueInForceOn[str]
    round: Annotated[int, meaning("轮次", "round in which it passed")] = 1
    held_by: Annotated[str, meaning("当时主办干部", "who led at that instant")] = ""
    held_unit: Annotated[str, meaning("当时主办单位", "unit that led at that instant")] = ""


class EscalateCase(Command, frozen=True, kw_only=True):
    name = "escalate-case"
    term = Text("升级", "Bring the case before the next level.")
    case: CaseStream
    level: Annotated[int, meaning("级别", "the next level; 0 for the one above the present")] = 0
    to: _EscalatedTo[Reference] = ""
    trigger: Annotated[Literal["overdue", "reopened", "person"], meaning("触发", "overdue, reopened or person")] = (
        "person"
    )


class MarkDuePassed(Command, frozen=True, kw_only=True):
    name = "mark-due-passed"
    term = Text("超期", "Record that the due instant passed; for the clock alone.")
    case: CaseStream
    due: _Due[Instant]


def escalate(command: EscalateCase, state: CaseState, context: Context) -> Decided:
    """升级: one level at a time, so that two clocks do not bring it up twice."""
    level = command.level or state.level + 1
    if level == state.level:
        return []
    if level != state.level + 1:
        raise refused("not-the-next-level", case=state.number, level=state.level, asked=level)
    return [(command.case, CaseEscalated(level=level, to=command.to, trigger=command.trigger))]


def mark_due_passed(command: MarkDuePassed, state: CaseState, context: Context) -> Decided:
    """超期: of the unit that held the case at that instant."""
    if state.due_passed == command.due:
        return []
    if state.due != command.due:
        raise refused(
            "not-that-due",
            case=state.number,
            due=Text(called.moment(state.due, context).zh, called.value(state.due).en),
            asked=Text(called.moment(command.due, context).zh, called.value(command.due).en),
        )
    if state.stopped is not None:
        raise refused("clock-stopped/due", case=state.number, since=state.stopped.on)
    if context.at <= state.due:
        raise refused(
            "not-yet-due",
            case=state.number,
            due=called.moment(state.due, context),
            now=called.moment(context.at, context),
        )
    unit, lead = held_at(state, state.due, state.due_on)
    event = DuePassed(due=state.due, due_on=state.due_on, round=state.round, held_by=lead, held_unit=unit)
    return [(command.case, event)]


def escalated(s: CaseState, r: Recorded, event: CaseEscalated) -> None:
    put(s, "level", event.level)


def due_passed(s: CaseState, r: Recorded, event: DuePassed) -> None:
    put(s, "due_passed", event.due)


def marked_already(command: MarkDuePassed, state: CaseState, context: Context) -> bool:
    """Whether that very instant is marked."""
    return bool(state.due_passed) and state.due_passed == command.due


RULES: tuple[Rule, ...] = (
    rule(
        EscalateCase, escalate, OPEN, "clock caller dispatcher supervisor", "case-escalated",
        resource="escalation",
    ),
    rule(
        MarkDuePassed, mark_due_passed, ("registered", "accepted", "dispatched", "in_progress"), "clock",
        "due-passed", done=marked_already,
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseEscalated: escalated, DuePassed: due_passed}
