"""Parking a hard case with a plan, reviewing it, and taking it up again."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases.deadlines import day, days_after
from casework.law.cases.guards import check_nothing_waits
from casework.law.cases.pausing import moved_due, paused, runs_on, stood_still
from casework.law.cases.refusals import refused
from casework.law.cases.rules import Effects, no_effect
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Day, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule


class CaseParked(Event, frozen=True, kw_only=True):
    """A hard case put on the shelf of hard cases, with a plan (挂账).

    reason — 理由类别 — funding, policy, ownership, court, season, other
    review_on — 复核日期 — when it must be looked at again
    plan — 计划 — (sealed)
    """

    name: ClassVar[str] = "case-parked.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"plan"})
    reason: str
    review_on: str


class ParkReviewed(Event, frozen=True, kw_only=True):
    """A parked case was looked at again and stays parked (挂账复核).

    review_on — 下次复核日期 — next date
    note — 复核意见 — (sealed)
    """

    name: ClassVar[str] = "park-reviewed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    review_on: str


class CaseUnparked(Event, frozen=True, kw_only=True):
    """Taken from the shelf; handling goes on (恢复办理（解除挂账）).

    paused_seconds — 挂账时长 — seconds
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    """

    name: ClassVar[str] = "case-unparked.v1"
    paused_seconds: int = 0
    due: str = ""
    due_on: str = ""


class ParkCase(Command, frozen=True, kw_only=True):
    """Put a hard case on the shelf of hard cases, with a plan (挂账).

    case — 办件 — its stream
    reason — 理由类别 — funding, policy, ownership, court, season or other
    review_on — 复核日期 — when it must be looked at again
    plan — 计划 — (sealed)
    """

    name: ClassVar[str] = "park-case"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"plan": (0, "plan")}
    case: CaseStream
    reason: Literal["funding", "policy", "ownership", "court", "season", "other"]
    review_on: Day
    plan: Words = ""


class ReviewPark(Command, frozen=True, kw_only=True):
    """Look at a parked case again and leave it parked (挂账复核).

    case — 办件 — its stream
    review_on — 下次复核日期 — next date
    note — 复核意见 — (sealed)
    """

    name: ClassVar[str] = "review-park"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"note": (0, "note")}
    case: CaseStream
    review_on: Day
    note: Words = ""


class UnparkCase(Command, frozen=True, kw_only=True):
    """Take a case from the shelf; handling goes on and the due instant moves by the time parked (恢复办理（解除挂账）).

    case — 办件 — its stream
    """

    name: ClassVar[str] = "unpark-case"
    case: CaseStream


def park(command: ParkCase, state: CaseState, context: Context) -> Decided:
    """挂账: with a date on which it is looked at again."""
    check_nothing_waits(state)
    _check_review(command.review_on, context)
    return [(command.case, CaseParked(reason=command.reason, review_on=command.review_on))]


def review_park(command: ReviewPark, state: CaseState, context: Context) -> Decided:
    """挂账复核."""
    _check_review(command.review_on, context)
    return [(command.case, ParkReviewed(review_on=command.review_on))]


def _check_review(review_on: str, context: Context) -> None:
    day(review_on)
    latest = days_after(context.today, context.policy.park_review_days)
    if not context.today < review_on <= latest:
        raise refused(
            "review-out-of-range",
            review_on=review_on,
            today=context.today,
            latest=latest,
            days=context.policy.park_review_days,
        )


def unpark(command: UnparkCase, state: CaseState, context: Context) -> Decided:
    """恢复办理（解除挂账）: the due instant moves by the time parked."""
    seconds = stood_still(state, context)
    due, due_on = moved_due(state, seconds, context)
    return [(command.case, CaseUnparked(paused_seconds=seconds, due=due, due_on=due_on))]


def parked(s: CaseState, r: Recorded, event: CaseParked) -> None:
    put(s, "status", "parked")
    put(s, "parked", 1)
    paused(s, r, event)


def unparked(s: CaseState, r: Recorded, event: CaseUnparked) -> None:
    put(s, "status", "in_progress")
    put(s, "parked", 0)
    runs_on(s, event.due, event.due_on)


RULES: tuple[Rule, ...] = (
    rule(ParkCase, park, ("in_progress",), "supervisor", "case-parked → parked", resource="park"),
    rule(ReviewPark, review_park, ("parked",), "supervisor", "park-reviewed", resource="park/review"),
    rule(UnparkCase, unpark, ("parked",), "supervisor", "case-unparked → in_progress", resource="park/end"),
)
EFFECTS: Effects = {CaseParked: parked, ParkReviewed: no_effect, CaseUnparked: unparked}
