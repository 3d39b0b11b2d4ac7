"""Change lines of cases and of their holders: the fold behind every figure.

A tail is a line without its place (log, seq, line, recorded_on, weight): what a correction compares, reverses and
writes again. Tails are plain tuples in the order of the table's columns, because a county's whole history passes here.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from itertools import compress
from operator import ne
from typing import Any

from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.deadlines import seconds_between
from casework.law.cases.escalating import DuePassed
from casework.law.cases.evolve import CASE_EVENTS
from casework.law.cases.facts import FACTS
from casework.law.cases.ledger import LedgerActionRecorded
from casework.law.cases.state import CaseState, Holder, facts_of, holders, round_at
from casework.law.event import Recorded

Tail = tuple[Any, ...]

_UNCHANGED: list[Any] = [None] * len(FACTS)
_PLACES = range(len(FACTS))
_WITH_REASON = frozenset(event for event in CASE_EVENTS.values() if "reason" in event.__struct_fields__)


@lru_cache(maxsize=8192)
def _day(on: str) -> int:
    return date.fromisoformat(on).toordinal()


def days_between(start: str, end: str) -> int:
    """Calendar days from one local date to another; negative when the end lies first."""
    return 0 if start == end else _day(end) - _day(start)


def case_tail(r: Recorded, before: CaseState, after: CaseState) -> Tail:
    """The line of `case_change` that every entry of a case has, also where no fact moved: acts are counted."""
    event = r.event
    was, now = facts_of(before), facts_of(after)
    if was == now:
        changed = _UNCHANGED
        negative = 0
    else:
        changed = _UNCHANGED.copy()
        for place in compress(_PLACES, map(ne, was, now)):
            changed[place] = was[place]
        negative = _negative_duration(before, after)
    return (
        r.seq,
        r.stream,
        r.rev,
        event.name,
        r.actor,
        r.role,
        r.unit,
        r.counts_for,
        r.occurred_on,
        after.effective_on,
        *_measures(event, r, before, after),
        0 if r.occurred_on == r.recorded_on else days_between(r.occurred_on, r.recorded_on),
        negative,
        *now,
        *changed,
    )


def _measures(event: Any, r: Recorded, before: CaseState, after: CaseState) -> tuple[str | int, ...]:
    """The measures but the last two, in the order of `measures.MEASURES`.

    Who touches a case: those for whom acts from the field and a ledger's actions count.
    """
    if isinstance(event, ActionLogged | ResidentContacted):
        contact = isinstance(event, ResidentContacted)
        return (
            event.channel if contact else event.action,
            "",
            event.held_by,
            event.held_unit,
            int(not contact),
            int(contact),
            0,
            int(contact and event.reached),
            int(r.counts_for not in before.touched),
            event.round,
            int(event.late),
            int(event.before_registration),
        )
    if isinstance(event, LedgerActionRecorded):
        first = int(r.counts_for not in before.touched)
        act_round = round_at(before, r.occurred, r.occurred_on)
        return event.action, "", before.lead, before.unit, 1, 0, 0, 0, first, act_round, 0, 0
    if isinstance(event, DuePassed):
        return "", "", event.held_by, event.held_unit, 0, 0, 0, 0, 0, event.round, 0, 0
    if isinstance(event, CallbackRecorded):
        return "", "", before.lead, before.unit, 0, 0, 1, int(event.reached), 0, after.round, 0, 0
    reason = event.reason if type(event) in _WITH_REASON else ""
    return "", reason, before.lead, before.unit, 0, 0, 0, 0, 0, after.round, 0, 0


def _negative_duration(before: CaseState, after: CaseState) -> int:
    """1 when the entry made a duration negative: to the second where hours are known, else by local date."""
    if after.resolve_seconds < 0 and after.resolve_seconds != before.resolve_seconds:
        return 1
    if after.contact_seconds < 0 and after.contact_seconds != before.contact_seconds:
        return 1
    return int(before.closed_on != after.closed_on != "" and after.closed_on < after.registered_on)


# ── whose stake moved ───────────────────────────────────────────────────────────────────────────────────────────


def hold_tails(r: Recorded, before: CaseState, after: CaseState) -> tuple[Tail, ...]:
    """One line per holder whose stake moved: releases first, each in the order of holders.

    Where a fact that stakes are counted by moves while somebody holds the case, the stake moves with it: released under
    the old fact and taken under the new, with `began` and `ended` 0. So every stock adds up under every fact.
    """
    if (  # what did not move is the same object: the quick way out, which most entries take
        before.status is after.status
        and before.unit is after.unit
        and before.lead is after.lead
        and before.co_handlers is after.co_handlers
        and before.township is after.township
        and before.kind is after.kind
        and before.category is after.category
        and before.confidentiality is after.confidentiality
        and before.urgency is after.urgency
    ):
        return ()
    had, has = _stakes(before), _stakes(after)
    was, now = _counted_by(before), _counted_by(after)
    if had.keys() == has.keys() and (was == now or not had):
        return ()
    start: Tail = (r.seq, r.stream, r.rev, r.event.name, r.actor, r.role, r.unit, r.counts_for, r.occurred_on)
    start += (after.effective_on,)
    moved = was != now
    lines: list[Tail] = []
    for key, holder in had.items():
        ends = key not in has
        if ends:
            timed = int(bool(holder.since_at and r.occurred))
            seconds = seconds_between(holder.since_at, r.occurred) if timed else 0
            lines.append((*start, *key, -1, 0, 1, timed, seconds, *was))
        elif moved:
            lines.append((*start, *key, -1, 0, 0, 0, 0, *was))
    for key in has:
        begins = key not in had
        if begins or moved:
            lines.append((*start, *key, 1, int(begins), 0, 0, 0, *now))
    return tuple(lines)


def _counted_by(s: CaseState) -> Tail:
    """The facts of `tables.HOLD_FACTS`, in their order."""
    return s.township, s.kind, s.category, s.confidentiality, s.unit, s.urgency


def _stakes(s: CaseState) -> dict[tuple[str, str, str], Holder]:
    return {(holder.cadre, holder.unit, holder.role): holder for holder in holders(s)}


# ── the latest facts ────────────────────────────────────────────────────────────────────────────────────────────


def now_row(log: str, r: Recorded, after: CaseState) -> Tail:
    """The row of `case_now` after this entry."""
    held, facts = holders(after), facts_of(after)
    words = [word for holder in after.co_handlers for word in (holder.unit, holder.cadre) if word]
    return (
        log,
        r.stream,
        after.number,
        r.rev,
        r.seq,
        r.at,
        after.effective_on,
        after.registered.at,
        after.due,
        held[0].since_at if held else "",
        held[0].since_on if held else "",
        after.pending.what if after.pending else "",
        after.merged_into,
        f" {' '.join(words)} " if words else "",
        after.pending.to_unit if after.pending else "",
        after.brought_by,
        f" {' '.join(after.data_requests)} " if after.data_requests else "",
        *facts,
    )
