"""Closing a case: as submitted, or as the resident's word says."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases import names as called
from casework.law.cases.guards import check_answers_not_for_it
from casework.law.cases.refusals import refused
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import ended, timed
from casework.law.command import CaseStream, Command, Slug
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class CaseClosed(Event, frozen=True, kw_only=True):
    name = "case-closed.v1"
    term = Text("办结", "The case is closed.")
    outcome: Annotated[str, meaning("结果", "solved, explained or not_solved")]
    basis: Annotated[str, meaning("办结依据", "callback, waived or attempts_exhausted")]
    waiver: Annotated[str, meaning("免回访理由", "code, when waived")] = ""
    override: Annotated[
        str, meaning("否决理由", "code, when `solved` stands against the resident's word by a named person")
    ] = ""
    timeliness: Annotated[str, meaning("是否按时", "on_time, late or no_due, of the approved submission")] = "no_due"


class CloseCase(Command, frozen=True, kw_only=True):
    name = "close-case"
    term = Text("办结", "Close the case.")
    case: CaseStream
    outcome: Annotated[
        Literal["", "solved", "explained", "not_solved"],
        meaning("结果", "'' as submitted; not_solved when the resident's word is to stand"),
    ] = ""
    waiver: Annotated[
        Literal["", "anonymous", "sample", "declined", "collective", "other"],
        meaning("免回访理由", "why no callback is needed; sample only for a matter"),
    ] = ""
    override: Annotated[
        Slug, meaning("否决理由", "why `solved` stands against the resident's word; supervisors only")
    ] = ""


def close(command: CloseCase, state: CaseState, context: Context) -> Decided:
    """办结: the outcome as submitted, unless the resident's word stands against it."""
    submitted = state.submission.outcome if state.submission else "not_solved"
    outcome = command.outcome or submitted
    if outcome not in (submitted, "not_solved"):
        raise refused(
            "not-as-submitted", case=state.number, submitted=called.outcome(submitted), outcome=called.outcome(outcome)
        )
    override = _override(command, state, context, outcome)
    event = CaseClosed(
        outcome=outcome,
        basis=_basis(command, state, context),
        waiver=command.waiver if not state.called else "",
        override=override,
        timeliness=state.submission.timeliness if state.submission else "no_due",
    )
    return [(command.case, event)]


def _override(command: CloseCase, state: CaseState, context: Context, outcome: str) -> str:
    """Whether `solved` stands against the resident's word: only by a supervisor, with a reason."""
    if not (state.said_no and outcome == "solved"):
        return ""
    if not command.override:
        raise refused("resident-says-not-solved", round=state.round, case=state.number)
    if context.role != "supervisor":
        raise refused(
            "override-by-supervisor",
            reason=Text(called.value(command.override).zh, command.override),
            own_role=called.role(context.role),
        )
    check_answers_not_for_it(state, context, Text("否决群众意见", "override the resident's word"))
    return command.override


def _basis(command: CloseCase, state: CaseState, context: Context) -> str:
    """Why the case may be closed: it was called back about, need not be, or could not be."""
    if state.called:
        return "callback"
    if command.waiver:
        if context.role == "clock":
            raise refused("waiver-by-a-person", case=state.number)
        if command.waiver == "sample" and state.kind != "matter":
            raise refused("sample-of-a-difficulty", case=state.number, kind=called.kind(state.kind))
        check_answers_not_for_it(state, context, Text("决定免予回访", "waive the callback"))
        return "waived"
    allowed = context.policy.callback_attempts
    if state.unreached >= allowed:
        return "attempts_exhausted"
    if not state.resident and state.kind != "matter":
        raise refused("nobody-to-call", case=state.number)
    raise refused("callback-missing", case=state.number, round=state.round, unreached=state.unreached, allowed=allowed)


def closed(s: CaseState, r: Recorded, event: CaseClosed) -> None:
    ended(s, r, "closed", event.outcome)
    put(s, "timeliness", event.timeliness)
    if s.submission is not None:
        put(s, "closer", s.submission.counts_for)
        put(s, "closer_unit", s.unit)  # once submitted, a case changes unit only by going back
        timed(s, s.submission.at.at)


RULES: tuple[Rule, ...] = (
    rule(
        CloseCase, close, ("callback",), "dispatcher supervisor clock", "case-closed → closed",
        resource="closing", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseClosed: closed}
