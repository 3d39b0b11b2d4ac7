"""Change tables: what each entry changed, and the latest facts of every case.

They are derived from the log and can be dropped: `rebuild` makes them again equal, row for row. Every sum over them is
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

from sqlalchemy import BigInteger, Column, Index, Table, text

from casework.change.finding_lines import FINDING_FACTS
from casework.change.measures import NUMBER_MEASURES, TEXT_MEASURES
from casework.change.roster_lines import ROSTER_FACTS
from casework.database.metadata import APPEND_ONLY, Code, log_table, smalls, texts, wholes
from casework.law.cases.facts import FACTS, TEXT_FACTS

#: facts that a line of `hold_change` carries, of the side that it stands for: before on release, after on taking
HOLD_FACTS: tuple[str, ...] = ("township", "kind", "category", "confidentiality", "unit", "urgency")
_FOR_SCOPE = "for the scope of readers"
_LATE = "days between occurrence and recording"


def _facts(names: tuple[str, ...], *, before: bool = False) -> list[Column[Any]]:
    """Columns of facts of a case; `Facts` documents them."""
    stem = "before_" if before else ""
    kinds = {True: Code, False: BigInteger()}
    return [Column(f"{stem}{name}", kinds[name in TEXT_FACTS], nullable=before) for name in names]


def _sparse(column: str) -> Index:
    """An index over the rows in which a column is not blank: few, so it costs an append nothing where it is."""
    filled = text(f"{column} <> ''")
    return Index(f"ix_case_now_{column}", "log", column, sqlite_where=filled, postgresql_where=filled)


def _changes(name: str, *items: Any, effective_on: str = "", comment: str) -> Table:
    """A change table: the columns that every line begins with, then ITEMS."""
    return log_table(
        name,
        texts("log", primary=True),
        wholes("seq", primary=True),
        smalls("line", primary=True),
        texts("recorded_on"),
        wholes("weight of_seq"),
        texts("stream"),
        wholes("rev"),
        texts("type actor role actor_unit counts_for occurred_on"),
        texts(effective_on=effective_on) if effective_on else texts("effective_on"),
        *items,
        rights=APPEND_ONLY,
        comment=comment,
    )


case_change = _changes(
    "case_change",
    texts(" ".join(TEXT_MEASURES)),
    wholes(" ".join(NUMBER_MEASURES)),
    _facts(FACTS),
    _facts(FACTS, before=True),
    comment="What each entry changed of its case: facts after and before, measures, weight.",
)

hold_change = _changes(
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
    _facts(HOLD_FACTS),
    comment="Whose stake moved: one line per holder, with the facts of the side that the line stands for.",
)

activity_change = _changes(
    "activity_change",
    texts(
        activity="what was done: visit, patrol, service, study, …",
        area="where",
        township="township of the place",
        unit="by whose unit",
        station="service station; '' elsewhere",
        confidentiality=_FOR_SCOPE,
    ),
    wholes(
        is_activity="1 for the activity itself; 0 for what is added to it later",
        households="households visited",
        participants="people who took part",
        cases="cases it led to",
        days_late_recorded=_LATE,
    ),
    comment="Acts without a case: what was done where, by whose unit, for how many.",
)

survey_change = _changes(
    "survey_change",
    texts(
        asked_group="whom it asks: couriers, riders, truckers, …",
        area="where it asks",
        township="township of that place; '' above townships",
        unit="unit that leads",
        units="all units that run it, between blanks",
        confidentiality=_FOR_SCOPE,
        question="of a reply: code of the question; '' on the entry's own line",
        choice="of a reply: code chosen; '' of a number or words",
    ),
    wholes(
        replies="of a reply: 1 once for each question answered",
        picks="of a reply: 1 for each choice",
        number="of a reply: the number given",
        is_survey="1 for the opening of a survey",
        asked="people to be asked: what the entry added",
        answered="1 for a person's answer",
        needs="1 for a need that became a case",
        closed="1 for the end of the survey",
        days_late_recorded=_LATE,
    ),
    Index(None, "log", "stream"),
    comment="Needs surveys: whom they ask, who answered what, which needs became cases.",
)

finding_change = _changes(
    "finding_change",
    texts(
        " ".join(FINDING_FACTS),
        kind="what was found: fake_closure, backdating, recounted, …",
        about="case, figure or county",
        about_case="stream of the case it is about; '' otherwise",
        projection="projection whose figure it is about; '' otherwise",
        area="of the case, else home of the unit concerned; '' for the county as a whole",
        township="township of that place",
        unit="unit concerned, which answers; '' where supervisors answer",
        confidentiality="for the scope of readers: findings are seen as confidential cases are",
        status="open, overdue, answered or closed, from `effective_on` on",
        outcome="upheld, unfounded or remedied; '' until closed",
        due_on="date by whose end an answer is due",
    ),
    wholes(
        step="+1 stands so from that day on, −1 no more; 0 on the line that says what was done",
        is_finding="1 for the recording of a finding",
        answered="1 for the first answer",
        late="1 for a first answer recorded after the day it was due",
        days_to_answer="of a first answer: days from recording to it",
        closed="1 for the closing",
    ),
    Index(None, "log", "stream"),
    Index(None, "log", "about_case"),
    effective_on="day from which it stands so; that of being overdue may lie ahead",
    comment="What auditors found: about what, whom it concerns, and from which day how it stands.",
)

roster_change = _changes(
    "roster_change",
    texts(
        " ".join(ROSTER_FACTS),
        thing="area, unit, cadre, category or responsibility",
        code="code or id of the thing",
        level="level of an area or unit",
        kind="what a unit is: office, station, …; of a cadre's post: main or also (one held beside it)",
        parent="what it lies in or under",
        area="the area itself; of a unit its home, of a responsibility the place answered for",
        township="township of that area on the first day",
        unit="the unit itself; of a post its unit, of a responsibility the cadre's unit on its first day",
        cadre="whose post or responsibility",
        post="code of the post",
        duty="contract 包保, grid 网格员, co 协办 or link 挂联",
        reporter="as whom a cadre reports: courier, grid_worker, …",
        confidentiality=_FOR_SCOPE,
    ),
    wholes(
        step="+1 holds from that day on, −1 no more",
        began="1 where it begins to hold",
        ended="1 where it ceases to",
    ),
    effective_on="day on which it begins or ceases to hold; it may lie ahead",
    comment="What holds of places, units, people and responsibilities, and from which day it no longer does.",
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
    _facts(FACTS),
    Index("ix_case_now_number", "log", "number"),
    Index("ix_case_now_township", "log", "township", "status"),
    Index("ix_case_now_unit", "log", "unit", "status"),
    Index("ix_case_now_lead", "log", "lead", "status"),
    Index("ix_case_now_area", "log", "area", "number"),
    *(_sparse(name) for name in ("pending", "co_handlers", "offered_to", "brought_by", "data_requests", "survey")),
    rights="SELECT, INSERT, UPDATE",
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
