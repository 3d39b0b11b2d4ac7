"""Extending the due time: asked for by the lead, then granted or refused."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases import names as called
from casework.law.cases.deadlines import days_after, due_of
from casework.law.cases.guards import (
    check_leads,
    check_nothing_waits,
    pending_of,
)
from casework.law.cases.refusals import refused
from casework.law.cases.rules import UNIT, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import answered, asked, due_from_here
from casework.law.command import CaseStream, Command, Day, Instant, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Due = Annotated[T, meaning("申请期限", "instant asked for")]


class ExtensionRequested(Event, frozen=True, kw_only=True):
    name = "extension-requested.v1"
    term = Text("延期申请", "The lead asks for more time, before the due instant.")
    correctable = frozenset({"reason"})
    sealed = {"explanation": m.Explanation}
    due: _Due[str]
    due_on: Annotated[str, meaning("申请期限日期", "its local date")]
    reason: Annotated[str, meaning("理由代码", "weather, material, coordination, resident, other")]


class ExtensionGranted(Event, frozen=True, kw_only=True):
    name = "extension-granted.v1"
    term = Text("同意延期", "More time was granted.")
    due: Annotated[str, meaning("新期限", "instant in force from here")]
    due_on: Annotated[str, meaning("新期限日期", "its local date")]
    due_before: Annotated[str, meaning("原期限", "instant in force until here")] = ""


class ExtensionRefused(Event, frozen=True, kw_only=True):
    name = "extension-refused.v1"
    term = Text("不同意延期", "The due instant stays.")
    sealed = {"explanation": m.Explanation}


class RequestExtension(Command, frozen=True, kw_only=True):
    name = "request-extension"
    term = Text("延期申请", "Ask for more time, before the due instant.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    due: _Due[Instant] = ""
    due_on: Annotated[Day, meaning("申请期限日期", "or the local date by whose end it would be due")] = ""
    reason: Annotated[
        Literal["weather", "material", "coordination", "resident", "other"],
        meaning("理由代码", "weather, material, coordination, resident or other"),
    ]
    explanation: m.Explanation[Words] = ""


class GrantExtension(Command, frozen=True, kw_only=True):
    name = "grant-extension"
    term = Text("同意延期", "Grant the time that was asked for.")
    case: CaseStream


class RefuseExtension(Command, frozen=True, kw_only=True):
    name = "refuse-extension"
    term = Text("不同意延期", "Leave the due instant as it is.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    explanation: m.Explanation[Words] = ""


def request_extension(command: RequestExtension, state: CaseState, context: Context) -> Decided:
    """延期申请: before the due instant, to a later one."""
    check_leads(state, context)
    check_nothing_waits(state)
    policy = context.policy
    if not state.due:
        raise refused("no-due", case=state.number)
    if context.windows_at > state.due:  # a claimed time would let anyone ask after the fact
        raise refused(
            "due-passed",
            case=state.number,
            due=called.moment(state.due, context),
            now=called.moment(context.windows_at, context),
        )
    if state.extensions_in_round >= policy.extensions_allowed:
        raise refused(
            "extensions-used-up",
            case=state.number,
            round=state.round,
            extensions=state.extensions_in_round,
            allowed=policy.extensions_allowed,
        )
    due, due_on = due_of(command.due, command.due_on, context.time_zone)
    if due <= state.due:
        raise refused(
            "not-later",
            case=state.number,
            due=called.moment(state.due, context),
            asked=Text(called.moment(due, context).zh, called.value(due).en),
        )
    latest = days_after(state.due_on, policy.extension_days)
    if due_on > latest:
        raise refused("extension-too-long", due_on=due_on, latest=latest, days=policy.extension_days)
    return [(command.case, ExtensionRequested(due=due, due_on=due_on, reason=command.reason))]


def grant_extension(command: GrantExtension, state: CaseState, context: Context) -> Decided:
    """同意延期."""
    pending = pending_of(state, "extension", RequestExtension, context)
    return [(command.case, ExtensionGranted(due=pending.due, due_on=pending.due_on, due_before=state.due))]


def refuse_extension(command: RefuseExtension, state: CaseState, context: Context) -> Decided:
    """不同意延期."""
    pending_of(state, "extension", RequestExtension, context)
    return [(command.case, ExtensionRefused())]


def extension_requested(s: CaseState, r: Recorded, event: ExtensionRequested) -> None:
    asked(s, r, "extension", due=event.due, due_on=event.due_on)


def extension_granted(s: CaseState, r: Recorded, event: ExtensionGranted) -> None:
    put(s, "pending", None)
    put(s, "extensions", s.extensions + 1)
    put(s, "extensions_in_round", s.extensions_in_round + 1)
    due_from_here(s, event.due, event.due_on)


RULES: tuple[Rule, ...] = (
    rule(RequestExtension, request_extension, ("in_progress",), UNIT, "extension-requested", resource="extension"),
    rule(
        GrantExtension, grant_extension, ("in_progress",), "supervisor", "extension-granted",
        resource="extension/grant", judges=True,
    ),
    rule(
        RefuseExtension, refuse_extension, ("in_progress",), "supervisor", "extension-refused",
        resource="extension/refusal", judges=True,
    ),
)  # fmt: skip
EFFECTS: Effects = {
    ExtensionRequested: extension_requested,
    ExtensionGranted: extension_granted,
    ExtensionRefused: answered,
}
