"""Returning a case to the dispatcher: asked for by the unit, then approved or refused."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.deadlines import days_after, hours_after
from casework.law.cases.guards import check_nothing_waits, check_of_unit, pending_of
from casework.law.cases.refusals import refused
from casework.law.cases.rules import UNIT, WORKING, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import asked, handed_back
from casework.law.command import CaseStream, Command, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Final = Annotated[T, meaning("终审", "no further return may be asked for in this round")]


class ReturnRequested(Event, frozen=True, kw_only=True):
    name = "return-requested.v1"
    term = Text("退单申请", "The unit asks to hand the case back.")
    correctable = frozenset({"reason"})
    sealed = {"explanation": m.Explanation}

    unit: Annotated[str, meaning("申请单位", "unit code")]
    reason: Annotated[str, meaning("理由代码", "not_our_duty, wrong_place, needs_other_unit, other")]


class ReturnApproved(Event, frozen=True, kw_only=True):
    name = "return-approved.v1"
    term = Text("同意退单", "Handed back to be dispatched anew.")


class ReturnRefused(Event, frozen=True, kw_only=True):
    name = "return-refused.v1"
    term = Text("不同意退单", "Stays where it is.")
    sealed = {"explanation": m.Explanation}
    final: _Final[bool] = False


class RequestReturn(Command, frozen=True, kw_only=True):
    name = "request-return"
    term = Text("退单申请", "Ask to hand the case back to the dispatcher.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Annotated[
        Literal["not_our_duty", "wrong_place", "needs_other_unit", "other"],
        meaning("理由代码", "not_our_duty, wrong_place, needs_other_unit or other"),
    ]
    explanation: m.Explanation[Words] = ""


class ApproveReturn(Command, frozen=True, kw_only=True):
    name = "approve-return"
    term = Text("同意退单", "Take the case back, to dispatch it anew.")
    case: CaseStream


class RefuseReturn(Command, frozen=True, kw_only=True):
    name = "refuse-return"
    term = Text("不同意退单", "Leave the case where it is.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    final: _Final[bool] = False
    explanation: m.Explanation[Words] = ""


def request_return(command: RequestReturn, state: CaseState, context: Context) -> Decided:
    """退单申请."""
    check_of_unit(state, context)
    check_nothing_waits(state)
    policy = context.policy
    if state.return_final:
        raise refused("return-refused-for-good", case=state.number, round=state.round)
    if state.returns_in_round >= policy.returns_allowed:
        raise refused(
            "returns-used-up",
            case=state.number,
            round=state.round,
            returned=state.returns_in_round,
            allowed=policy.returns_allowed,
        )
    received, now = state.received, context.windows_at
    if received.at:
        until = hours_after(received.at, policy.return_window_hours)
        over = now > until
    else:
        until = days_after(received.on, -(-policy.return_window_hours // 24))
        over = context.windows_on > until
    if over:
        raise refused(
            "return-window-over",
            case=state.number,
            until=called.moment(until, context),
            hours=policy.return_window_hours,
            now=called.moment(now, context),
        )
    return [(command.case, ReturnRequested(unit=state.unit, reason=command.reason))]


def approve_return(command: ApproveReturn, state: CaseState, context: Context) -> Decided:
    """同意退单."""
    pending_of(state, "return", RequestReturn, context)
    return [(command.case, ReturnApproved())]


def refuse_return(command: RefuseReturn, state: CaseState, context: Context) -> Decided:
    """不同意退单."""
    pending_of(state, "return", RequestReturn, context)
    return [(command.case, ReturnRefused(final=command.final))]


def return_requested(s: CaseState, r: Recorded, event: ReturnRequested) -> None:
    asked(s, r, "return")


def return_approved(s: CaseState, r: Recorded, event: ReturnApproved) -> None:
    put(s, "pending", None)
    put(s, "status", "accepted")
    put(s, "returns", s.returns + 1)
    put(s, "returns_in_round", s.returns_in_round + 1)
    handed_back(s, r)


def return_refused(s: CaseState, r: Recorded, event: ReturnRefused) -> None:
    put(s, "pending", None)
    put(s, "return_final", s.return_final or event.final)


RULES: tuple[Rule, ...] = (
    rule(RequestReturn, request_return, WORKING, UNIT, "return-requested", resource="return"),
    rule(
        ApproveReturn, approve_return, WORKING, "dispatcher", "return-approved → accepted",
        resource="return/approval", judges=True,
    ),
    rule(
        RefuseReturn, refuse_return, WORKING, "dispatcher", "return-refused",
        resource="return/refusal", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {
    ReturnRequested: return_requested,
    ReturnApproved: return_approved,
    ReturnRefused: return_refused,
}
