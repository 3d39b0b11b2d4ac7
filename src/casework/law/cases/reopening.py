"""Reopening a case for a new round, with a new due time."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases.deadlines import days_after, due_after
from casework.law.cases.guards import check_asked, stated_due
from casework.law.cases.refusals import refused
from casework.law.cases.rules import OPEN, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import (
    due_from_here,
    entered,
    handed_back,
    moment_of,
    not_ended,
    settled,
    taken_up_again,
)
from casework.law.command import CaseStream, Command, Day, Instant, Slug, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_BackTo = Annotated[T, meaning("去向", "same_unit (back to the unit) or dispatch (back to be dispatched)")]


class CaseReopened(Event, frozen=True, kw_only=True):
    name = "case-reopened.v1"
    term = Text("重办", "The case is taken up again.")
    correctable = frozenset({"reason"})
    sealed = {"explanation": m.Explanation}
    to: _BackTo[str]
    reason: Annotated[str, meaning("理由类别", "not_solved, came_back, false_closing, appeal, other")]
    round: Annotated[int, meaning("轮次", "the new round")]
    override: Annotated[str, meaning("越期理由", "code, when after the window by a supervisor")] = ""
    due: m.DueInForce[str] = ""
    due_on: m.DueInForceOn[str] = ""
    due_basis: m.NewDueBasis[str] = ""


class ReopenCase(Command, frozen=True, kw_only=True):
    name = "reopen-case"
    term = Text("重办", "Take the case up again.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    to: _BackTo[Literal["same_unit", "dispatch"]]
    reason: Annotated[
        Literal["not_solved", "came_back", "false_closing", "appeal", "other"],
        meaning("理由类别", "not_solved, came_back, false_closing, appeal or other"),
    ]
    override: Annotated[Slug, meaning("越期理由", "code, by which a supervisor reopens after the window")] = ""
    due: m.Due[Instant] = ""
    due_on: m.DueOn[Day] = ""
    explanation: m.Explanation[Words] = ""


def reopening_ends_on(state: CaseState, context: Context) -> str:
    """The last day on which the case may be reopened without an override."""
    return days_after(state.closed_on, context.policy.reopen_window_days)


def reopen(command: ReopenCase, state: CaseState, context: Context) -> Decided:
    """重办: a new round, with a new due time."""
    check_asked(command.case, state, context)
    if state.outcome == "registered_in_error":
        raise refused("registered-in-error", case=state.number)
    override = ""
    if not state.is_open:
        ends_on = reopening_ends_on(state, context)
        if context.windows_on > ends_on:
            if context.role != "supervisor" or not command.override:
                raise refused("reopen-window-over", case=state.number, ends_on=ends_on, today=context.windows_on)
            override = command.override
    if command.to == "same_unit" and not state.unit:
        raise refused("no-unit-yet", case=state.number, nearest=("dispatch",))
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    if not due and command.to == "same_unit":
        due, due_on = due_after(context.happened_on, state.due_days or context.policy.due_days, context.time_zone)
        due_basis = "calendar_days" if due else ""
    event = CaseReopened(
        to=command.to,
        reason=command.reason,
        round=state.round + 1,
        override=override,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
    )
    return [(command.case, event)]


def reopened(s: CaseState, r: Recorded, event: CaseReopened) -> None:
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


RULES: tuple[Rule, ...] = (
    rule(
        ReopenCase, reopen, ("callback", "closed", "rejected"), "caller resident supervisor",
        "case-reopened → dispatched", "case-reopened → accepted", resource="reopening",
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseReopened: reopened}
