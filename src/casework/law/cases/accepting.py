"""Accepting a case, or rejecting it with a reason."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases.guards import stated_due
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import category_of, check_topic
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import due_from_here, ended
from casework.law.command import CaseStream, Code, Command, Day, Instant, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Explanation = Annotated[T, meaning("说明", "what the resident was told")]


class CaseAccepted(Event, frozen=True, kw_only=True):
    name = "case-accepted.v1"
    term = Text("受理", "The township took the case up.")
    correctable = frozenset({"category", "topic"})

    category: m.CategoryCode[str]
    topic: m.Topic[str] = ""
    due: Annotated[str, meaning("办理期限", "instant; '' when none is set yet")] = ""
    due_on: m.DueDate[str] = ""
    due_basis: m.NewDueBasis[str] = ""
    due_days: Annotated[
        int, meaning("办理天数", "calendar days the category grants; 0 when none (the clock starts at dispatch)")
    ] = 0
    category_rev: Annotated[
        int, meaning("类别版本", "revision of the category's stream whose rules were used; -1 when stated")
    ] = -1


class CaseRejected(Event, frozen=True, kw_only=True):
    name = "case-rejected.v1"
    term = Text("不予受理", "Not taken up.")
    correctable = frozenset({"reason", "told"})
    sealed = {"explanation": _Explanation}

    reason: Annotated[
        str, meaning("理由代码", "out_of_scope, in_court, duplicate_settled, unreasonable, insufficient, other")
    ]
    told: Annotated[
        str, meaning("告知方式", "how the resident was told: phone, visit, sms, letter, page, or not_possible")
    ]


class AcceptCase(Command, frozen=True, kw_only=True):
    name = "accept-case"
    term = Text("受理", "Take the case up.")
    case: CaseStream
    category: Annotated[Code, meaning("类别", "category code; '' keeps the one registered")] = ""
    topic: Annotated[Code, meaning("主题", "from the category's list; '' keeps the one registered")] = ""
    due: Annotated[
        Instant, meaning("办理期限", "instant, when it is stated; else the category's days count from dispatch")
    ] = ""
    due_on: m.DueOn[Day] = ""


class RejectCase(Command, frozen=True, kw_only=True):
    name = "reject-case"
    term = Text("不予受理", "Do not take the case up, and tell the resident why.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Annotated[
        Literal["out_of_scope", "in_court", "duplicate_settled", "unreasonable", "insufficient", "other"],
        meaning("理由代码", "why not"),
    ]
    told: Annotated[
        Literal["phone", "visit", "sms", "letter", "page", "not_possible"],
        meaning("告知方式", "how the resident was told, or that it was not possible"),
    ]
    explanation: _Explanation[Words] = ""


def accept(command: AcceptCase, state: CaseState, context: Context) -> Decided:
    """受理."""
    code = command.category or state.category
    if not code:
        raise refused("category-missing", case=state.number)
    category = category_of(code, context)
    topic = command.topic or (state.topic if code == state.category else "")
    check_topic(command.topic, category, context)
    due, due_on, due_basis = stated_due(command.due, command.due_on, context)
    event = CaseAccepted(
        category=code,
        topic=topic,
        due=due,
        due_on=due_on,
        due_basis=due_basis,
        due_days=0 if due else category.due_days or context.policy.due_days,
        category_rev=-1 if due else category.rev,
    )
    return [(command.case, event)]


def reject(command: RejectCase, state: CaseState, context: Context) -> Decided:
    """不予受理."""
    return [(command.case, CaseRejected(reason=command.reason, told=command.told))]


def accepted(s: CaseState, r: Recorded, event: CaseAccepted) -> None:
    put(s, "status", "accepted")
    put(s, "accepted_on", r.occurred_on)
    put(s, "category", event.category)
    put(s, "topic", event.topic)
    put(s, "due_days", event.due_days)
    if event.due:
        due_from_here(s, event.due, event.due_on)
        put(s, "due_basis", event.due_basis)


def rejected(s: CaseState, r: Recorded, event: CaseRejected) -> None:
    ended(s, r, "rejected", "rejected")


RULES: tuple[Rule, ...] = (
    rule(AcceptCase, accept, ("registered",), "dispatcher", "case-accepted → accepted", resource="acceptance"),
    rule(
        RejectCase, reject, ("registered", "accepted"), "dispatcher", "case-rejected → rejected",
        resource="rejection",
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseAccepted: accepted, CaseRejected: rejected}
