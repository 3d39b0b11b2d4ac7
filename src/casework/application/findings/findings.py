"""Lists and opens auditors' findings, and checks what a new one cites."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from casework.application.access.actor import Actor
from casework.application.access.reading_note import open_noted
from casework.application.access.visibility import outside, visibility_of
from casework.application.cases.filters import checked
from casework.application.cases.open_case import Step, step
from casework.application.findings.refusals import refused
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Prepared, Runtime
from casework.change.tables import case_now, finding_change
from casework.database.engine import reading
from casework.law.cases.facts import FACTS
from casework.law.findings.commands import RecordFinding
from casework.law.findings.events import FINDING_KINDS, FINDING_STATUSES
from casework.law.findings.state import FindingState
from casework.law.kinds import RULES, fold
from casework.log import codec
from casework.projection.question import DATES
from casework.projection.tally import Tally

_UUID = re.compile(r"(?:finding/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")
MOST = 200
_of = finding_change.c
#: columns that are the same on every line of a finding
_SAME = ("kind", "about", "about_case", "projection", "unit", "township", "area", "due_on")


class Line(Struct, frozen=True, kw_only=True):
    """A finding in a list.

    case    stream of the case it is about; number: the case's
    status  as of today: open, overdue, answered or closed
    """

    finding: str
    rev: int
    kind: str
    about: str
    case: str
    number: str
    projection: str
    unit: str
    township: str
    area: str
    status: str
    outcome: str
    recorded_on: str
    due_on: str
    answered_on: str
    closed_on: str


class Findings(Struct, frozen=True, kw_only=True):
    """A page of findings, the latest first, how many there are in all, and `next`, the cursor of the page after it."""

    log: str
    total: int
    rows: list[Line]
    next: str = ""


class Shown(Struct, frozen=True, kw_only=True):
    """A finding with all that was said to it.

    where, as_of  which figure, published at which size of the log
    evidence      `seq` of the entries that show it
    sees_case     whether the reader may open the case that it is about
    possible      commands that are lawful now, in the reader's role
    """

    log: str
    line: Line
    where: dict[str, str]
    as_of: int
    evidence: tuple[int, ...]
    sees_case: bool
    possible: tuple[str, ...]
    unsealed: bool
    steps: tuple[Step, ...]


def findings(
    runtime: Runtime,
    log: str,
    who: Actor | None = None,
    *,
    status: str = "",
    kind: str = "",
    unit: str = "",
    case: str = "",
    limit: int = 50,
    after: str = "",
) -> Findings:
    """Findings that WHO may see; the machine's operator, who is nobody, sees all. Open ones include the overdue."""
    if status and status not in FINDING_STATUSES:
        raise unknown(refused, "unknown-value/status", status, FINDING_STATUSES)
    if kind and kind not in FINDING_KINDS:
        raise unknown(refused, "unknown-value/kind", kind, FINDING_KINDS)
    if not 1 <= limit <= MOST:
        raise refused("page-length", most=MOST)
    asked = [who.actor if who else "", who.role if who else "", status, kind, unit, case]
    start = place(asked, after, [int])
    county = runtime.county(log)
    conditions = [] if who is None else [visibility_of(county, who).listed_things("finding")]
    conditions += [
        _of[name] == value for name, value in (("kind", kind), ("unit", unit), ("about_case", case)) if value
    ]
    query = _lines(log, county.today, *conditions)
    if status:
        wanted = ("open", "overdue") if status == "open" else (status,)
        query = query.where(query.selected_columns.status.in_(wanted))
    with reading(runtime.engine) as db:
        total = db.scalar(select(func.count()).select_from(query.subquery())) or 0
        if start is not None:
            query = query.where(query.selected_columns.seq < start[0])
        found = db.execute(query.order_by(query.selected_columns.seq.desc()).limit(limit + 1)).mappings().all()
        rows = _told(db, log, [dict(row) for row in found[:limit]])
    last = [found[limit - 1]["seq"]] if len(found) > limit else None
    return Findings(log=log, total=total, rows=rows, next=cursor(asked, last))


def find_finding(runtime: Runtime, log: str, name: str) -> str:
    """The stream of the finding with that id, or a Problem."""
    if (match := _UUID.match(name.strip())) and runtime.store.first(log, f"finding/{match[1]}"):
        return f"finding/{match[1]}"
    raise refused("no-such-finding", name=name)


def finding(runtime: Runtime, log: str, stream: str, who: Actor | None = None) -> Shown:
    """One of them, its texts opened for those who may read what is sealed; that they did is written down."""
    entries = list(runtime.store.read_stream(log, stream))
    history = [codec.recorded(entry) for entry in entries]
    state: FindingState = fold(history)
    county = runtime.county(log)
    scope = None if who is None else visibility_of(county, who)
    if who is not None and scope is not None and not scope.sees_thing("finding", state):
        raise outside(who, "finding", state)
    opens = scope is not None and scope.unseals
    texts = open_noted(runtime, county, who, "finding", entries, stream) if opens and who is not None else {}
    with reading(runtime.engine) as db:
        row = db.execute(_lines(log, county.today, _of.stream == stream)).mappings().one()
        (line,) = _told(db, log, [dict(row)])
        listed = case_now.c.log == log, case_now.c.stream == state.case
        seen = select(case_now.c.stream).where(*listed, *([scope.listed() | scope.owned()] if scope else []))
        sees_case = bool(state.case) and db.scalar(seen) is not None
    return Shown(
        log=log,
        line=line,
        where=state.where,
        as_of=state.as_of,
        evidence=state.evidence,
        sees_case=sees_case,
        possible=_possible(state, who),
        unsealed=opens,
        steps=tuple(
            step(entry, recorded, texts.get(entry.seq)) for entry, recorded in zip(entries, history, strict=True)
        ),
    )


def check_cited(runtime: Runtime, log: str, command: RecordFinding, _: str) -> Prepared:
    """Prepares a finding: refuses one that cites missing entries, or a figure that nobody could have published."""
    size = runtime.store.head(log).size
    if beyond := [seq for seq in command.evidence if seq >= size]:
        raise refused("no-such-entry", size=size, last=size - 1, beyond=beyond[0])
    if command.as_of > size:
        raise refused("not-so-long", size=size, as_of=command.as_of)
    if command.projection:
        definition = runtime.projection(command.projection).definition
        columns = definition.kept if isinstance(definition, Tally) else FACTS
        dates = set(DATES) if isinstance(definition, Tally) else set[str]()
        checked(
            runtime.county(log), {name: value for name, value in command.where.items() if name not in dates}, columns
        )
    return command, ()


def _lines(log: str, day: str, *conditions: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """A row for each finding: what is the same on all its lines, how far it has come, and how it stands on that day."""
    own = finding_change.c.step == 0
    days = {
        name: func.max(case((flag == 1, _of.recorded_on), else_=""))
        for name, flag in (("recorded_on", _of.is_finding), ("answered_on", _of.answered), ("closed_on", _of.closed))
    }
    grouped = (
        select(
            _of.stream,
            func.min(_of.seq).label("seq"),
            func.max(_of.rev).label("rev"),
            *(func.max(_of[name]).label(name) for name in _SAME),
            func.max(_of.outcome).label("outcome"),
            *(value.label(name) for name, value in days.items()),
        )
        .where(and_(_of.log == log, own, *conditions))
        .group_by(_of.stream)
        .subquery()
    )
    stands = case(
        (grouped.c.closed_on != "", "closed"),
        (grouped.c.answered_on != "", "answered"),
        (grouped.c.due_on < day, "overdue"),
        else_="open",
    )
    whole = select(*grouped.c, stands.label("status")).subquery()
    return select(*whole.c)


def _told(db: Connection, log: str, rows: list[dict[str, Any]]) -> list[Line]:
    """The rows as lists show them, with the numbers of their cases."""
    cases = {row["about_case"] for row in rows} - {""}
    numbers = select(case_now.c.stream, case_now.c.number).where(case_now.c.log == log, case_now.c.stream.in_(cases))
    known = {row.stream: row.number for row in db.execute(numbers)} if cases else {}
    return [
        Line(
            finding=row["stream"],
            case=row["about_case"],
            number=known.get(row["about_case"], ""),
            **{name: row[name] for name in Line.__struct_fields__ if name in row},
        )
        for row in rows
    ]


def _possible(state: FindingState, who: Actor | None) -> tuple[str, ...]:
    """Commands that may be asked for now; whether this person may is for the law to say."""
    if state.closed_on:
        return ()
    after = ("answer-finding", "close-finding")
    return tuple(name for name in after if who is None or who.role in RULES[name].roles)
