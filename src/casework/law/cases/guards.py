"""Checks that decisions share: role, time, unit, person and pending requests."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from casework.law.cases import names as called
from casework.law.cases.deadlines import day, days_after, due_of, local_date, shifted
from casework.law.cases.refusals import refused
from casework.law.cases.state import CaseState, Pending, asker
from casework.law.command import Command
from casework.law.context import Context
from casework.law.rule import Decide, Decided, Rule
from casework.text import Text, listed

#: how far ahead a due date may be stated: beyond it calendars end, and clocks could no longer be moved
FURTHEST_DUE_DAYS = 36_525


def close_to(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the words that look like this one; all of them, when they are few and none does."""
    return tuple(get_close_matches(word, words, n=3, cutoff=0.4)) or tuple(words[:8])


# ── state, role, time ───────────────────────────────────────────────────────────────────────────────────────────


def check_role(command: type[Command], roles: Sequence[str], context: Context) -> None:
    """Refuse a role that may not ask for this."""
    if context.role not in roles:
        may = called.several(map(called.role, roles))
        raise refused(
            "role-not-allowed", command=called.command(command), own_role=called.role(context.role), roles=may
        )


def deciding(rules: tuple[Rule, ...]) -> Decide:
    """The decision by rules that know no state: role and time are checked, then the command's own rule decides."""
    rule_of = {rule.command: rule for rule in rules}

    def decide(command: Command, state: Any, context: Context) -> Decided:
        rule = rule_of[type(command)]
        check_role(rule.command, rule.roles, context)
        check_not_ahead(context)
        return rule.decide(command, state, context)

    return decide


def check_not_ahead(context: Context) -> None:
    """Refuse a time later than now, beyond the allowed clock skew."""
    minutes = context.policy.clock_skew_minutes
    if context.occurred and context.occurred > context.at:
        latest = shifted(context.at, minutes * 60)
        if context.occurred > latest:
            raise refused(
                "in-the-future",
                occurred=called.moment(context.occurred, context),
                now=called.moment(context.at, context),
                minutes=minutes,
            )
    elif not context.occurred and context.occurred_on > context.today:
        latest_on = local_date(shifted(context.at, minutes * 60), context.time_zone)
        if context.occurred_on > latest_on:
            raise refused("in-the-future/day", occurred_on=context.occurred_on, today=context.today)
    if context.occurred_on:
        day(context.occurred_on)


def check_not_too_old(context: Context) -> None:
    """Refuse an act dated back further than the policy allows."""
    if context.occurred_on and context.occurred_on < context.today:
        earliest = days_after(context.today, -context.policy.backdating_days)
        if context.occurred_on < earliest:
            raise refused(
                "backdated-too-far",
                occurred_on=context.occurred_on,
                earliest=earliest,
                days=context.policy.backdating_days,
            )


def stated_due(due: str, due_on: str, context: Context) -> tuple[str, str, str]:
    """A stated due time with its basis; refused when it lies before the case."""
    due, due_on = due_of(due, due_on, context.time_zone)
    if due_on and due_on < context.happened_on:
        raise refused("due-already-past", due_on=due_on, happened_on=context.happened_on)
    if due_on and due_on > (latest := days_after(context.today, FURTHEST_DUE_DAYS)):
        raise refused("due-too-far", due_on=due_on, latest=latest)
    return due, due_on, "stated" if due_on else ""


# ── persons and units ───────────────────────────────────────────────────────────────────────────────────────────


def check_other_person(context: Context, actor: str, counts_for: str, what: Text) -> None:
    """Refuse a decision on a request by the person who asked for it or entered it."""
    if {context.actor, context.counts_for} & {actor, counts_for}:
        raise refused("own-request", actor=context.counts_for, asker=counts_for, what=what, entered_by=actor)


def check_answers_not_for_it(state: CaseState, context: Context, what: Text) -> None:
    """Refuse those who led the case or submitted it as done, in any role."""
    own = {tenure.lead for tenure in state.tenures}
    if state.submission is not None:
        own |= {state.submission.actor, state.submission.counts_for}
    inside = {context.actor, context.counts_for} & own
    if inside:
        raise refused("own-case", actors=listed(sorted(inside)), case=state.number, what=what)


def check_asked(case: str, state: CaseState, context: Context) -> None:
    """Refuse residents who did not ask; offices act on the word of the resident who did."""
    if context.role == "resident" and context.counts_for != asker(case, state):
        raise refused(
            "not-your-request", case=state.number, asker=called.asked_by(state.resident), actor=context.counts_for
        )


def own_units_that_handle(state: CaseState, context: Context) -> Text | None:
    """Units of the actor that handle the case or once led it; None where there are none."""
    led = (tenure.unit for tenure in state.tenures)
    handling = {state.unit, *led, *(holder.unit for holder in state.co_handlers)} - {""}
    inside = sorted(units_of(context) & handling)
    return Text(called.several(called.unit(unit, context) for unit in inside).zh, ", ".join(inside)) if inside else None


def units_of(context: Context) -> frozenset[str]:
    """Units of the person who enters the command and of the person whose act it is."""
    own = {context.unit} if context.unit else set[str]()
    if context.for_:
        cadre = context.roster.cadre(context.for_, context.today)
        own |= set(cadre.units) if cadre else set()
    return frozenset(own)


def leading(state: CaseState, context: Context) -> str:
    """The unit that answers for the case today: the one that leads, or that which has taken its place."""
    return context.roster.successor("unit", state.unit, context.today) or state.unit


def check_of_unit(state: CaseState, context: Context) -> None:
    """Refuse those who are not of the unit that leads, or that has taken its place."""
    if context.unit not in (state.unit, leading(state, context)):
        lead, own = called.unit(state.unit, context), called.unit(context.unit, context)
        raise refused("not-your-unit", case=state.number, unit=lead, own_unit=own)


def check_handles(state: CaseState, context: Context) -> None:
    """Refuse those who are of no unit that handles the case, be it as lead or together with the lead."""
    units = [state.unit, *(holder.unit for holder in state.co_handlers)]
    if context.unit not in units and context.unit != leading(state, context):
        handling = called.several(called.unit(unit, context) for unit in units)
        own = called.unit(context.unit, context)
        raise refused("not-your-unit/handles", case=state.number, units=handling, own_unit=own)


def check_leads(state: CaseState, context: Context) -> None:
    """Refuse cadres of the unit who are not the one who leads; the head of the unit may always."""
    check_of_unit(state, context)
    if context.role == "cadre" and state.lead and context.counts_for != state.lead:
        raise refused("not-the-lead", case=state.number, lead=state.lead, actor=context.counts_for)


def check_nothing_waits(state: CaseState) -> None:
    """Refuse while a request is pending or the clock is stopped."""
    if state.pending is not None:
        what = state.pending.what
        raise refused(f"{what}-pending", case=state.number, asker=state.pending.counts_for)
    if state.stopped is not None:
        raise refused("clock-stopped", case=state.number, since=state.stopped.on)


def pending_of(state: CaseState, what: str, asks: type[Command], context: Context) -> Pending:
    """The request that waits for this answer; refused where none does, and to the person whose request it is."""
    pending = state.pending
    if pending is None or pending.what != what:
        waiting = called.request(pending.what) if pending else Text("无", "nothing")
        raise refused(f"no-{what}-pending", case=state.number, waiting=waiting, asks=called.command(asks))
    check_other_person(context, pending.actor, pending.counts_for, called.request(what))
    return pending
