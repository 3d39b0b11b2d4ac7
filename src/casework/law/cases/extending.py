"""Extending the due time: asked for by the lead, then granted or refused."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

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
from casework.text import Text


class ExtensionRequested(Event, frozen=True, kw_only=True):
    """The lead asks for more time, before the due instant (延期申请).

    due — 申请期限 — instant asked for
    due_on — 申请期限日期 — its local date
    reason — 理由代码 — weather, material, coordination, resident, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-requested.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    due: str
    due_on: str
    reason: str


class ExtensionGranted(Event, frozen=True, kw_only=True):
    """More time was granted (同意延期).

    due — 新期限 — instant in force from here
    due_on — 新期限日期 — its local date
    due_before — 原期限 — instant in force until here
    """

    name: ClassVar[str] = "extension-granted.v1"
    due: str
    due_on: str
    due_before: str = ""


class ExtensionRefused(Event, frozen=True, kw_only=True):
    """The due instant stays (不同意延期).

    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-refused.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})


class RequestExtension(Command, frozen=True, kw_only=True):
    """Ask for more time, before the due instant (延期申请).

    case — 办件 — its stream
    due — 申请期限 — instant asked for
    due_on — 申请期限日期 — or the local date by whose end it would be due
    reason — 理由代码 — weather, material, coordination, resident or other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "request-extension"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    due: Instant = ""
    due_on: Day = ""
    reason: Literal["weather", "material", "coordination", "resident", "other"]
    explanation: Words = ""


class GrantExtension(Command, frozen=True, kw_only=True):
    """Grant the time that was asked for (同意延期).

    case — 办件 — its stream
    """

    name: ClassVar[str] = "grant-extension"
    case: CaseStream


class RefuseExtension(Command, frozen=True, kw_only=True):
    """Leave the due instant as it is (不同意延期).

    case — 办件 — its stream
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "refuse-extension"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    explanation: Words = ""


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
