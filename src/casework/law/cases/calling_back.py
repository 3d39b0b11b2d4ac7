"""Calling the resident back, or hearing from them, whether the case is solved."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta
from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.guards import check_answers_not_for_it, check_asked, own_units_that_handle
from casework.law.cases.refusals import refused
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Note = Annotated[T, meaning("回访情况", "in words")]
_Solved = Annotated[T, meaning("是否解决", "yes, no, or '' when not said")]


class CallbackRecorded(Event, frozen=True, kw_only=True):
    name = "callback-recorded.v1"
    term = Text("回访", "A caller outside the handling unit asked the resident, or the resident came and said so.")
    correctable = frozenset({"satisfaction", "occurred", "occurred_on"})
    sealed = {"note": _Note}
    reached: Annotated[bool, meaning("是否接通", "an attempt that reached nobody is recorded too")]
    solved: _Solved[str] = ""
    satisfaction: Annotated[int, meaning("满意度", "1 … 5; 0 when not said")] = 0
    attempt: Annotated[int, meaning("第几次", "1 and up, within the round")] = 1


class RecordCallback(Command, frozen=True, kw_only=True):
    name = "record-callback"
    term = Text("回访", "Record what the resident said, or that nobody was reached.")
    seals = {"note": (0, "note")}
    case: CaseStream
    reached: Annotated[bool, meaning("是否接通", "whether the resident answered")]
    solved: _Solved[Literal["yes", "no", ""]] = ""
    satisfaction: Annotated[
        int, Meta(ge=0, le=5), meaning("满意度", "1 (very dissatisfied) … 5 (very satisfied); 0 when not said")
    ] = 0
    note: _Note[Words] = ""


_SOLVED = {"yes": "是", "no": "否", "": "未填"}


def call_back(command: RecordCallback, state: CaseState, context: Context) -> Decided:
    """回访: by a person outside the units that handle or led the case; or by the person who asked."""
    check_asked(command.case, state, context)
    if units := own_units_that_handle(state, context):
        raise refused("caller-of-the-unit", case=state.number, units=units)
    if context.role == "resident" and (command.solved == "yes" or command.satisfaction):
        _check_receipt_of_others(state, context)
    check_answers_not_for_it(state, context, Text("回访本案", "call back about it"))
    if not command.reached and (command.solved or command.satisfaction):
        raise refused(
            "nobody-reached",
            solved=Text(_SOLVED[command.solved], called.value(command.solved).en),
            satisfaction=command.satisfaction,
        )
    event = CallbackRecorded(
        reached=command.reached,
        solved=command.solved,
        satisfaction=command.satisfaction,
        attempt=state.attempts + 1,
    )
    return [(command.case, event)]


def _check_receipt_of_others(state: CaseState, context: Context) -> None:
    """Refuse a rating by a receipt that a unit handling the case issued."""
    if state.receipt_unit and state.receipt_unit in {state.unit, *(holder.unit for holder in state.co_handlers)}:
        unit = called.unit(state.receipt_unit, context)
        raise refused("receipt-of-the-unit", case=state.number, unit=unit)


def called_back(s: CaseState, r: Recorded, event: CallbackRecorded) -> None:
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


RULES: tuple[Rule, ...] = (
    rule(
        RecordCallback, call_back, ("callback", "closed"), "caller resident", "callback-recorded",
        resource="callbacks",
    ),
)  # fmt: skip
EFFECTS: Effects = {CallbackRecorded: called_back}
