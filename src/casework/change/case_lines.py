"""Change tables and lines of cases and of their holders, and the latest facts.

`<fact>` is the fact after the entry and never null; `before_<fact>` is NULL where the entry did not change it:
`coalesce(before_<fact>, <fact>)` is the side before, and `before_<fact> IS NOT NULL` says "changed".

Every measure is a column and never null: what an entry does not say is '' or 0. A measure belongs to its entry, not to
the case: it is counted (Σ weight × measure), never a stock. `law/cases/facts.py` lists what stocks are of.
"""

from __future__ import annotations

from itertools import compress
from operator import ne
from typing import Any

from sqlalchemy import BigInteger, Column, Index, text

from casework.change.columns import Lines, Tail, change_table, days_between
from casework.database.metadata import Code, log_table, texts, wholes
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.deadlines import seconds_between
from casework.law.cases.escalating import DuePassed
from casework.law.cases.evolve import CASE_EVENTS
from casework.law.cases.facts import FACTS, TEXT_FACTS
from casework.law.cases.ledger import LedgerActionRecorded
from casework.law.cases.state import CaseState, Holder, facts_of, holders, round_at
from casework.law.event import Recorded

#: column → (Chinese term, what it says); text
TEXT_MEASURES: dict[str, tuple[str, str]] = {
    "action": ("办理方式", "code of the action or way of contact; '' for anything else"),
    "reason": ("理由代码", "code of the reason that the event states; '' when it states none"),
    "held_by": ("当时主办干部", "cadre who led when it occurred (field facts), else who led, or last led, before it"),
    "held_unit": (
        "当时主办单位",
        "unit that led when it occurred (field facts), else that led, or last led, before it",
    ),
}

#: column → (Chinese term, what it says, with its unit in brackets); whole numbers
NUMBER_MEASURES: dict[str, tuple[str, str]] = {
    "is_action": ("办理次数", "1 for an action, logged or stated by a ledger (action)"),
    "is_contact": ("联系次数", "1 for a contact with the resident, or the attempt (contact)"),
    "is_callback": ("回访次数", "1 for a callback, or the attempt (callback)"),
    "reached": ("联系上次数", "1 for a contact or callback that reached the resident (contact)"),
    "first_touch": ("经手件数", "1 when `counts_for` acts in the field on this case for the first time (case)"),
    "act_round": ("所属轮次", "round in which it occurred (field facts), else the round after it (round)"),
    "late": ("事后补录", "1 for a field fact recorded after the case had ended (act)"),
    "before_registration": ("登记前发生", "1 for a field fact that occurred before the case was registered (act)"),
    "days_late_recorded": ("补录天数", "`recorded_on` − `occurred_on` (calendar days; negative for a date ahead)"),
    "negative_duration": ("时长为负", "1 when this entry made a duration negative: kept, marked, reported (entry)"),
}

MEASURES: tuple[str, ...] = (*TEXT_MEASURES, *NUMBER_MEASURES)
_UNCHANGED: list[Any] = [None] * len(FACTS)
_PLACES = range(len(FACTS))
_WITH_REASON = frozenset(event for event in CASE_EVENTS.values() if "reason" in event.__struct_fields__)


def fact_columns(names: tuple[str, ...], *, before: bool = False) -> list[Column[Any]]:
    """Columns of facts of a case; `Facts` documents them."""
    stem = "before_" if before else ""
    kinds = {True: Code, False: BigInteger()}
    return [Column(f"{stem}{name}", kinds[name in TEXT_FACTS], nullable=before) for name in names]


def _sparse(column: str) -> Index:
    """An index over the rows in which a column is not blank: few, so it costs an append nothing where it is."""
    return Index(f"ix_case_now_{column}", "log", column, sqlite_where=text(f"{column} <> ''"))


case_change = change_table(
    "case_change",
    texts(" ".join(TEXT_MEASURES)),
    wholes(" ".join(NUMBER_MEASURES)),
    fact_columns(FACTS),
    fact_columns(FACTS, before=True),
    comment="What each entry changed of its case: facts after and before, measures, weight.",
)

#: facts that a line of `hold_change` carries, of the side that it stands for: before on release, after on taking
HOLD_FACTS: tuple[str, ...] = ("township", "kind", "category", "confidentiality", "unit", "urgency")

hold_change = change_table(
    "hold_change",
    texts(
        holder="cadre; '' where only the unit is named",
        holder_unit="unit whose stake it is",
        hold_role="lead 主办 or co 协办",
    ),
    wholes(
        step="+1 has it on the desk, −1 no more",
        began="1 where the stake itself began; 0 where only a fact that it is counted by moved",
        ended="1 where the stake itself ended",
        timed="1 where `seconds` is known",
        seconds="how long it was held, on release",
    ),
    fact_columns(HOLD_FACTS),
    comment="Whose stake moved: one line per holder, with the facts of the side that the line stands for.",
)

case_now = log_table(
    "case_now",
    texts("log stream", primary=True),
    texts(number="case number"),
    wholes(rev="last revision", seq="place of the last entry"),
    texts(at="instant of the last entry"),
    texts(
        "effective_on",
        registered_at="instant of registration; '' where only the date is known",
        due="due instant in force",
        held_since="since when the present holder has it; '' where only the date is known",
        held_since_on="the same as a date",
        pending="what waits for an answer: return, extension, transfer",
        merged_into="stream of the case it goes on in",
        co_handlers="units and cadres between blanks",
        offered_to="unit that is asked to take the lead; '' for none",
        brought_by="who brought it in the role of a reporter; '' when registered in another role",
        data_requests="requests about personal data that wait for the privacy officer; '' for none",
    ),
    fact_columns(FACTS),
    Index("ix_case_now_number", "log", "number"),
    Index("ix_case_now_township", "log", "township", "status"),
    Index("ix_case_now_unit", "log", "unit", "status"),
    Index("ix_case_now_lead", "log", "lead", "status"),
    Index("ix_case_now_area", "log", "area", "number"),
    *(_sparse(name) for name in ("pending", "co_handlers", "offered_to", "brought_by", "data_requests", "survey")),
    rights="SELECT, INSERT, UPDATE",
    comment="The latest facts of every case, one row each: queues, lists and search read it.",
)


def case_lines(r: Recorded, before: CaseState, after: CaseState) -> Lines:
    """The one line that every entry of a case has, also where no fact moved: acts are counted."""
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
    line = (
        after.effective_on,
        *_measures(event, r, before, after),
        0 if r.occurred_on == r.recorded_on else days_between(r.occurred_on, r.recorded_on),
        negative,
        *now,
        *changed,
    )
    return ((1, line),)


def _measures(event: Any, r: Recorded, before: CaseState, after: CaseState) -> tuple[str | int, ...]:
    """The measures but the last two, in the order of MEASURES.

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


def hold_lines(r: Recorded, before: CaseState, after: CaseState) -> Lines:
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
    start = (after.effective_on,)
    moved = was != now
    lines: list[tuple[int, Tail]] = []
    for key, holder in had.items():
        ends = key not in has
        if ends:
            timed = int(bool(holder.since_at and r.occurred))
            seconds = seconds_between(holder.since_at, r.occurred) if timed else 0
            lines.append((1, (*start, *key, -1, 0, 1, timed, seconds, *was)))
        elif moved:
            lines.append((1, (*start, *key, -1, 0, 0, 0, 0, *was)))
    for key in has:
        begins = key not in had
        if begins or moved:
            lines.append((1, (*start, *key, 1, int(begins), 0, 0, 0, *now)))
    return lines


def _counted_by(s: CaseState) -> Tail:
    """The facts of HOLD_FACTS, in their order."""
    return s.township, s.kind, s.category, s.confidentiality, s.unit, s.urgency


def _stakes(s: CaseState) -> dict[tuple[str, str, str], Holder]:
    return {(holder.cadre, holder.unit, holder.role): holder for holder in holders(s)}


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
