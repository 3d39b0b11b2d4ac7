"""Voiding a case that should never have been registered."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases.guards import check_answers_not_for_it
from casework.law.cases.refusals import refused
from casework.law.cases.rules import OPEN, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import ended, settled, uncredited
from casework.law.command import CaseStream, Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, listed, meaning


class CaseVoided(Event, frozen=True, kw_only=True):
    name = "case-registered-in-error.v1"
    term = Text("作废（登记有误）", "Registered in error; counts nowhere but there.")
    correctable = frozenset({"reason"})
    reason: Annotated[str, meaning("理由代码", "test_entry, typed_twice, wrong_county, other")]


class VoidCase(Command, frozen=True, kw_only=True):
    name = "void-case"
    term = Text("作废（登记有误）", "Close a case that should never have been registered.")
    case: CaseStream
    reason: Annotated[
        Literal["test_entry", "typed_twice", "wrong_county", "other"],
        meaning("理由代码", "test_entry, typed_twice, wrong_county or other"),
    ]


def void(command: VoidCase, state: CaseState, context: Context) -> Decided:
    """作废（登记有误）."""
    if state.outcome == "registered_in_error":
        return []
    check_answers_not_for_it(state, context, Text("认定其登记有误", "call it registered in error"))
    if state.absorbed:
        raise refused(
            "others-merged-into-it", absorbed=listed(state.absorbed), case=state.number, nearest=state.absorbed
        )
    return [(command.case, CaseVoided(reason=command.reason))]


def voided(s: CaseState, r: Recorded, event: CaseVoided) -> None:
    if not s.closed_on:
        ended(s, r, "closed", "registered_in_error")
    put(s, "status", "closed")
    put(s, "outcome", "registered_in_error")
    uncredited(s)
    settled(s)


RULES: tuple[Rule, ...] = (
    rule(
        VoidCase, void, (*OPEN, "closed", "rejected", "withdrawn"), "dispatcher",
        "case-registered-in-error → closed", resource="void",
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseVoided: voided}
