"""The questions the law asks before it says yes, and the sentences with which it says no."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from typing import NoReturn

from casework.case.context import ROLES, Area, Cadre, Category, Context, Refused, Unit
from casework.case.deadlines import day, days_after, due_of, local_date, shifted
from casework.case.facts import STATUSES
from casework.case.history import Event
from casework.case.lifecycle import LIFECYCLE, commands_from
from casework.case.state import CaseState

#: how far ahead a due date may be stated: beyond it calendars end, and clocks could no longer be moved
FURTHEST_DUE_DAYS = 36_525
#: what a command causes: events in order, each with the stream it belongs to
Decided = list[tuple[str, Event]]


def named(code: str) -> str:
    """A value as a message shows it."""
    return f"“{code}”" if code else "none (无)"


def in_words(status: str) -> str:
    """A status in both languages."""
    return f"{status} ({STATUSES[status]})" if status else "not registered (未登记)"


def refuse(code: str, message: str, nearest: Sequence[str] = ()) -> NoReturn:
    """Say no."""
    raise Refused(code, message, tuple(nearest))


def close_to(word: str, words: Sequence[str]) -> tuple[str, ...]:
    """Up to three of the words that look like this one; all of them, when they are few and none does."""
    return tuple(get_close_matches(word, words, n=3, cutoff=0.4)) or tuple(words[:8])


# ── state, role, time ───────────────────────────────────────────────────────────────────────────────────────────


def check_role(command: str, roles: Sequence[str], context: Context) -> None:
    """Refuse a role that may not ask for this."""
    if context.role not in roles:
        may = "; ".join(f"{role} ({ROLES[role]})" for role in roles)
        here = f"{context.role} ({ROLES.get(context.role, '?')})"
        refuse("role-not-allowed", f"{command} is not for {here}; ask one who acts as {may}.")


def check_state(command: str, state: CaseState, context: Context) -> None:
    """Refuse what the table does not allow from this state."""
    if state.status in LIFECYCLE[command].states:
        return
    if not state.status:
        refuse("no-such-case", f"{command}: there is no such case (没有这个案件) yet; register it first.")
    if LIFECYCLE[command].states == ("",):
        refuse("case-exists", f"{command}: this case exists already as {state.number}; use another case id.")
    possible = commands_from(state.status, context.role) or commands_from(state.status)
    from_ = ", ".join(in_words(status) for status in LIFECYCLE[command].states)
    refuse(
        "not-in-this-state",
        f"{command} is not possible: case {state.number} is {in_words(state.status)}, and it would have to be"
        f" {from_}. Possible now: {', '.join(possible)}.",
        possible,
    )


def check_not_ahead(context: Context) -> None:
    """Refuse what is said to have happened later than now, but for the skew of clocks."""
    minutes = context.policy.clock_skew_minutes
    if context.occurred and context.occurred > context.at:
        latest = shifted(context.at, minutes * 60)
        if context.occurred > latest:
            refuse(
                "in-the-future",
                f"It is said to have happened at {context.occurred}, and now is {context.at};"
                f" at most {minutes} minutes ahead are allowed. Check the clock of the device.",
            )
    elif not context.occurred and context.occurred_on > context.today:
        latest_on = local_date(shifted(context.at, minutes * 60), context.time_zone)
        if context.occurred_on > latest_on:
            refuse(
                "in-the-future",
                f"It is said to have happened on {context.occurred_on}, and today is {context.today}. Check the date.",
            )
    if context.occurred_on:
        day(context.occurred_on)


def check_not_too_old(context: Context) -> None:
    """Refuse an act dated back further than the policy allows."""
    if context.occurred_on and context.occurred_on < context.today:
        earliest = days_after(context.today, -context.policy.backdating_days)
        if context.occurred_on < earliest:
            refuse(
                "backdated-too-far",
                f"It is said to have happened on {context.occurred_on}; acts can be entered back to {earliest}"
                f" ({context.policy.backdating_days} days). Enter it with today's date and say in words when it was.",
            )


def stated_due(due: str, due_on: str, context: Context) -> tuple[str, str, str]:
    """A stated due time with its basis; refused when it lies before the case."""
    due, due_on = due_of(due, due_on, context.time_zone)
    if due_on and due_on < context.happened_on:
        refuse("due-already-past", f"The due date {due_on} lies before {context.happened_on}: state a later one.")
    if due_on and due_on > (latest := days_after(context.today, FURTHEST_DUE_DAYS)):
        refuse("due-too-far", f"The due date {due_on} lies after {latest}, a hundred years on: state an earlier one.")
    return due, due_on, "stated" if due_on else ""


# ── persons and units ───────────────────────────────────────────────────────────────────────────────────────────


def check_other_person(context: Context, actor: str, counts_for: str, what: str) -> None:
    """Refuse that people decide on their own request, by their own hand or by another's."""
    if {context.actor, context.counts_for} & {actor, counts_for}:
        refuse(
            "own-request",
            f"{context.counts_for} may not decide on {what} of {counts_for} (entered by {actor}):"
            " somebody else must (不得审批本人事项).",
        )


def check_answers_not_for_it(state: CaseState, context: Context, what: str) -> None:
    """Refuse those who led the case or submitted it as done, whatever role they act in now."""
    own = {tenure.lead for tenure in state.tenures}
    if state.submission is not None:
        own |= {state.submission.actor, state.submission.counts_for}
    inside = {context.actor, context.counts_for} & own
    if inside:
        refuse(
            "own-case",
            f"{', '.join(sorted(inside))} led case {state.number} or submitted it as done, and may not {what}:"
            " somebody else must (不得办理本人经办事项).",
        )


def units_of(context: Context) -> frozenset[str]:
    """Units whose people act here: whoever enters it, and whose act it is."""
    own = {context.unit} if context.unit else set[str]()
    if context.for_:
        cadre = context.roster.cadre(context.for_, context.today)
        own |= {cadre.unit} if cadre else set()
    return frozenset(own)


def check_of_unit(state: CaseState, context: Context) -> None:
    """Refuse those who are not of the unit that leads."""
    if context.unit != state.unit:
        refuse(
            "not-your-unit",
            f"Case {state.number} is led by unit {named(state.unit)}, and you act for {named(context.unit)}"
            f" (非主办单位): somebody of {named(state.unit)} must do this.",
        )


def check_handles(state: CaseState, context: Context) -> None:
    """Refuse those who are of no unit that handles the case, be it as lead or together with the lead."""
    units = [state.unit, *(holder.unit for holder in state.co_handlers)]
    if context.unit not in units:
        refuse(
            "not-your-unit",
            f"Case {state.number} is handled by {', '.join(units)}, and you act for {named(context.unit)}"
            " (非承办单位): somebody of these units must do this.",
        )


def check_leads(state: CaseState, context: Context) -> None:
    """Refuse cadres of the unit who are not the one who leads; the head of the unit may always."""
    check_of_unit(state, context)
    if context.role == "cadre" and state.lead and context.counts_for != state.lead:
        refuse(
            "not-the-lead",
            f"Case {state.number} is led by {state.lead}, not by {context.counts_for} (非主办干部);"
            " let the lead do it, enter it for the lead, or have the unit's head assign it anew.",
        )


def check_nothing_waits(state: CaseState) -> None:
    """Refuse while a request waits for its answer or the clock stands still."""
    if state.pending is not None:
        what = state.pending.what
        refuse(
            f"{what}-pending",
            f"A request ({what}) of {state.pending.counts_for} waits for an answer in case {state.number}"
            " (有待审申请): have it answered first.",
        )
    if state.stopped is not None:
        refuse(
            "clock-stopped",
            f"The clock of case {state.number} stands still since {state.stopped.on} (计时暂停中):"
            " resume it first (resume-clock).",
        )


def check_waits(state: CaseState, what: str) -> None:
    """Refuse an answer where nothing was asked."""
    if state.pending is None or state.pending.what != what:
        asked = state.pending.what if state.pending else "nothing"
        refuse(
            f"no-{what}-pending",
            f"No {what} is asked for in case {state.number}: what waits for an answer is {asked}."
            f" It must be asked for first (request-{what}).",
        )


# ── the roster ──────────────────────────────────────────────────────────────────────────────────────────────────


def _unknown(thing: str, code: str, context: Context) -> NoReturn:
    nearest = context.roster.nearest(thing, code)
    hint = f" Nearest: {', '.join(nearest)}." if nearest else ""
    refuse(
        f"unknown-{thing}",
        f"No {thing} {named(code)} is declared for {context.today}.{hint} Use a declared one, or declare it first.",
        nearest,
    )


def area_of(code: str, context: Context) -> Area:
    """The area, or a refusal with the nearest ones."""
    return context.roster.area(code, context.today) or _unknown("area", code, context)


def unit_of(code: str, context: Context) -> Unit:
    """The unit, or a refusal with the nearest ones."""
    return context.roster.unit(code, context.today) or _unknown("unit", code, context)


def cadre_of(code: str, context: Context) -> Cadre:
    """The cadre, or a refusal with the nearest ones."""
    return context.roster.cadre(code, context.today) or _unknown("cadre", code, context)


def cadre_in(code: str, unit: str, context: Context) -> Cadre:
    """The cadre, who must be of that unit."""
    cadre = cadre_of(code, context)
    if cadre.unit != unit:
        refuse(
            "not-of-that-unit",
            f"{code} is of unit {named(cadre.unit)}, not of {named(unit)}, on {context.today}:"
            f" name somebody of {named(unit)}, or leave it open.",
        )
    return cadre


def category_of(code: str, context: Context) -> Category:
    """The category, or a refusal with the nearest ones."""
    return context.roster.category(code, context.today) or _unknown("category", code, context)


def check_topic(topic: str, category: Category | None, context: Context) -> None:
    """Refuse a topic that is not on its category's list."""
    topics = category.topics if category else ()
    if topic and topic not in topics:
        of = named(category.code) if category else "no category (未定类别)"
        nearest = close_to(topic, topics)
        refuse(
            "unknown-topic",
            f"Topic {named(topic)} is not on the list of {of}: choose one of {', '.join(nearest) or 'none there is'}.",
            nearest,
        )
