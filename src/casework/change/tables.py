"""The change tables: what each entry moved, one flat row each, and the latest facts of every case.

They follow from the log and can be dropped: `rebuild` brings them back equal, row for row. Every sum over them is
Σ weight × measure. `<fact>` is the fact after the entry and never null; `before_<fact>` is NULL where the entry did not
change it: `coalesce(before_<fact>, <fact>)` is the side before, and `before_<fact> IS NOT NULL` says "changed".

Three dates: `recorded_on` is when we knew, `occurred_on` when it happened, and `effective_on`, the latest `occurred_on`
of the stream so far, dates stocks: no figure of "open on that day" is ever negative.

`line` counts from 0 within an entry and a table. An entry that is no correction has line 0 in `case_change`. A
correction first lists, in the order of the stream, each earlier entry whose lines it changes: reversed (`weight` −1,
as they stood), then corrected (`weight` +1); its own line comes last. Such lines carry `of_seq` and `rev` of the entry
they describe, but the correction's `seq` and `recorded_on`; elsewhere `of_seq` equals `seq`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, Table, text

from casework.change.finding_lines import FINDING_FACTS
from casework.change.measures import NUMBER_MEASURES, TEXT_MEASURES
from casework.change.roster_lines import ROSTER_FACTS
from casework.database.metadata import Code, metadata
from casework.law.cases.facts import FACTS, TEXT_FACTS

#: facts that a line of `hold_change` carries, of the side that it stands for: before on release, after on taking
HOLD_FACTS: tuple[str, ...] = ("township", "kind", "category", "confidentiality", "unit", "urgency")


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Code, nullable=False) for name in names]


def _whole(*names: str) -> list[Column[int]]:
    return [Column(name, BigInteger, nullable=False) for name in names]


def _fact(name: str, *, before: bool = False) -> Column[Any]:
    kind = Code if name in TEXT_FACTS else BigInteger
    return Column(f"before_{name}" if before else name, kind, nullable=before)


def _sparse(column: str) -> Index:
    """An index over the rows in which a column is not blank."""
    filled = text(f"{column} <> ''")
    return Index(f"ix_case_now_{column}", "log", column, sqlite_where=filled, postgresql_where=filled)


def _line() -> list[Column[Any]]:
    """What every line of every change table begins with."""
    return [
        Column("log", Code, primary_key=True),
        Column("seq", BigInteger, primary_key=True, autoincrement=False),
        Column("line", Integer, primary_key=True, autoincrement=False),
        *_text("recorded_on"),
        *_whole("weight", "of_seq"),
        *_text("stream"),
        *_whole("rev"),
        *_text("type", "actor", "role", "actor_unit", "counts_for", "occurred_on", "effective_on"),
    ]


case_change = Table(
    "case_change",
    metadata,
    *_line(),
    *_text(*TEXT_MEASURES),
    *_whole(*NUMBER_MEASURES),
    *(_fact(name) for name in FACTS),
    *(_fact(name, before=True) for name in FACTS),
    info={"dist": "log"},
    comment="What each entry changed of its case: facts after and before, measures, weight.",
)

hold_change = Table(
    "hold_change",
    metadata,
    *_line(),
    # holder: cadre, '' when only the unit is named; hold_role: lead or co
    *_text("holder", "holder_unit", "hold_role"),
    # step: +1 has it on the desk, −1 no more. began, ended: 1 where the stake itself began or ended; 0 where it goes
    # on and only a fact that it is counted by moved. seconds: held, known on release only where timed is 1
    *_whole("step", "began", "ended", "timed", "seconds"),
    *(_fact(name) for name in HOLD_FACTS),
    info={"dist": "log"},
    comment="Whose stake moved: one line per holder, with the facts of the side that the line stands for.",
)

activity_change = Table(
    "activity_change",
    metadata,
    *_line(),
    *_text("activity", "area", "township", "unit", "station", "confidentiality"),
    # what this entry added: is_activity 1 for the activity itself, then households, people, cases it led to
    *_whole("is_activity", "households", "participants", "cases", "days_late_recorded"),
    info={"dist": "log"},
    comment="Acts without a case: what was done where, by whose unit, for how many.",
)

survey_change = Table(
    "survey_change",
    metadata,
    *_line(),
    # whom it asks where; unit leads, units are all that run it, between blanks: ' roads water '
    *_text("asked_group", "area", "township", "unit", "units", "confidentiality"),
    # of a reply: replies 1 once for each question answered, picks 1 for each choice, number as given
    *_text("question", "choice"),
    *_whole("replies", "picks", "number"),
    # of the entry itself: what it added
    *_whole("is_survey", "asked", "answered", "needs", "closed", "days_late_recorded"),
    Index(None, "log", "stream"),
    info={"dist": "log"},
    comment="Needs surveys: whom they ask, who answered what, which needs became cases.",
)

finding_change = Table(
    "finding_change",
    metadata,
    # effective_on: the day on which it begins or ceases to stand so; that of being overdue may lie ahead
    *_line(),
    *_text(*FINDING_FACTS),
    # step: +1 stands so from that day on, −1 no more, 0 on the line that says what was done: recorded, answered for the
    # first time (late or not, and after how many days), closed
    *_whole("step", "is_finding", "answered", "late", "days_to_answer", "closed"),
    Index(None, "log", "stream"),
    Index(None, "log", "about_case"),
    info={"dist": "log"},
    comment="What auditors found: about what, whom it concerns, and from which day how it stands.",
)

roster_change = Table(
    "roster_change",
    metadata,
    # effective_on: the day on which it begins or ceases to hold, which may lie ahead of the day of recording
    *_line(),
    *_text(*ROSTER_FACTS),
    # step: +1 holds from that day on, −1 no more; began, ended: 1 on lines of the one and of the other kind
    *_whole("step", "began", "ended"),
    info={"dist": "log"},
    comment="What holds of places, units, people and responsibilities, and from which day it no longer does.",
)

case_now = Table(
    "case_now",
    metadata,
    Column("log", Code, primary_key=True),
    Column("stream", Code, primary_key=True),
    *_text("number"),
    *_whole("rev", "seq"),
    # at: instant of the last entry; registered_at, due, held_since: instants, '' where only a date or nothing is known
    *_text("at", "effective_on", "registered_at", "due", "held_since", "held_since_on"),
    # pending: what waits for an answer; co_handlers: units and cadres between blanks, ' roads cadre/7 '
    # offered_to: unit that is asked to take the lead; brought_by: the reporter who brought it
    # data_requests: what is asked about personal data and not answered yet, between blanks
    *_text("pending", "merged_into", "co_handlers", "offered_to", "brought_by", "data_requests"),
    *(_fact(name) for name in FACTS),
    Index("ix_case_now_number", "log", "number"),
    Index("ix_case_now_township", "log", "township", "status"),
    Index("ix_case_now_unit", "log", "unit", "status"),
    Index("ix_case_now_lead", "log", "lead", "status"),
    Index("ix_case_now_area", "log", "area", "number"),
    # few cases have these, so their indexes are small and cost an append nothing where they are blank
    _sparse("pending"),
    _sparse("co_handlers"),
    _sparse("offered_to"),
    _sparse("brought_by"),
    _sparse("data_requests"),
    _sparse("survey"),
    info={"dist": "log"},
    comment="The latest facts of every case, one row each: queues, lists and search read it.",
)

#: tables whose rows are keyed by their place in the log
SEQUENCED: tuple[Table, ...] = (
    case_change,
    hold_change,
    activity_change,
    survey_change,
    finding_change,
    roster_change,
)
#: everything here that follows from the log, in the order in which it is written
DERIVED: tuple[Table, ...] = (*SEQUENCED, case_now)
