"""Parking a hard case with a plan, reviewing it, and taking it up again."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
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
from casework.text import T, Text, meaning

_Plan = Annotated[T, meaning("计划", "in words")]
_ReviewOn = Annotated[T, meaning("复核日期", "when it must be looked at again")]
_Note = Annotated[T, meaning("复核意见", "in words")]
_NextReview = Annotated[T, meaning("下次复核日期", "next date")]


class CaseParked(Event, frozen=True, kw_only=True):
    name = "case-parked.v1"
    term = Text("挂账", "A hard case put on the shelf of hard cases, with a plan.")
    correctable = frozenset({"reason"})
    sealed = {"plan": _Plan}
    reason: Annotated[str, meaning("理由类别", "funding, policy, ownership, court, season, other")]
    review_on: _ReviewOn[str]


class ParkReviewed(Event, frozen=True, kw_only=True):
    name = "park-reviewed.v1"
    term = Text("挂账复核", "A parked case was looked at again and stays parked.")
    sealed = {"note": _Note}
    review_on: _NextReview[str]


class CaseUnparked(Event, frozen=True, kw_only=True):
    name = "case-unparked.v1"
    term = Text("恢复办理（解除挂账）", "Taken from the shelf; handling goes on.")
    paused_seconds: Annotated[int, meaning("挂账时长", "seconds")] = 0
    due: m.DueInForce[str] = ""
    due_on: m.DueInForceOn[str] = ""


class ParkCase(Command, frozen=True, kw_only=True):
    name = "park-case"
    term = Text("挂账", "Put a hard case on the shelf of hard cases, with a plan.")
    seals = {"plan": (0, "plan")}
    case: CaseStream
    reason: Annotated[
        Literal["funding", "policy", "ownership", "court", "season", "other"],
        meaning("理由类别", "funding, policy, ownership, court, season or other"),
    ]
    review_on: _ReviewOn[Day]
    plan: _Plan[Words] = ""


class ReviewPark(Command, frozen=True, kw_only=True):
    name = "review-park"
    term = Text("挂账复核", "Look at a parked case again and leave it parked.")
    seals = {"note": (0, "note")}
    case: CaseStream
    review_on: _NextReview[Day]
    note: _Note[Words] = ""


class UnparkCase(Command, frozen=True, kw_only=True):
    name = "unpark-case"
    term = Text(
        "恢复办理（解除挂账）",
        "Take a case from the shelf; handling goes on and the due instant moves by the time parked.",
    )
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
