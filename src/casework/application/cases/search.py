"""Searches and counts cases by queue, facts, place, dates or a person's number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, tuple_

from casework.application.access.actor import Actor
from casework.application.access.permissions import check_may
from casework.application.access.reading_note import note
from casework.application.access.visibility import Visibility, in_area, visibility_of
from casework.application.cases import rows as case_rows
from casework.application.cases.filters import checked
from casework.application.cases.labels import labels
from casework.application.cases.overdue import is_overdue
from casework.application.cases.refusals import refused
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Runtime
from casework.application.runtime.time_input import day
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.facts import FACTS
from casework.law.cases.queues import QUEUES

Order = Literal["newest", "oldest", "due"]
#: rows of a page at most, and of a file
MOST, MOST_IN_FILE = 200, 20_000
#: most cases of a number: one with more is a telephone that a village shares
_OF_A_PERSON = 500
#: sorts last, for a case without a due date
_NEVER = "9999-12-31"


class Search(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is looked for; everything given must hold.

    queue       one of QUEUES, or `overdue`
    where       fact → value or values
    place       area code: the area and everything below it
    number      a case number, or how it begins
    since       registered on that day or later
    until       registered before that day
    mine        only cases of one's own: led, co-handled, offered, brought, or waiting for one's role
    person      phone or identity number, as somebody wrote it: compared by keyed token, stored nowhere
    summary     the one-line summary, spaces, case and punctuation aside; by keyed token too
    order       newest, oldest, or due (first due first; without a due date last)
    """

    queue: str = ""
    where: dict[str, str | list[str]] = {}
    place: str = ""
    number: str = ""
    since: str = ""
    until: str = ""
    mine: bool = False
    person: str = ""
    summary: str = ""
    order: Order = "newest"


class Page(Struct, frozen=True, kw_only=True):
    """One page of a list.

    size   of the log when it was read
    next   the cursor of the next page; '' when this was the last
    total  how many there are in all, where it was asked for
    """

    log: str
    size: int
    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    next: str = ""
    total: int | None = None


class Counts(Struct, frozen=True, kw_only=True):
    """How many cases a list has, by one fact of theirs.

    size    of the log when they were counted
    by      the fact
    rows    its values, each with `cases`
    labels  fact → value → name
    """

    log: str
    size: int
    by: str
    rows: list[dict[str, Any]]
    labels: dict[str, dict[str, str]]


def search(
    runtime: Runtime,
    log: str,
    who: Actor,
    wanted: Search,
    *,
    limit: int = 50,
    after: str = "",
    total: bool = False,
    to_file: bool = False,
) -> Page:
    """A page of the cases that WHO may see and that are wanted; TO_FILE it is long, and nothing sealed is opened."""
    most = MOST_IN_FILE if to_file else MOST
    if not 1 <= limit <= most:
        raise refused("page-length", most=most)
    county = runtime.county(log)
    scope = visibility_of(county, who)
    if wanted.person or wanted.summary:
        check_may(who.role, "case.find-person")
    # the cursor is bound to its list, but a person's number must not be guessable from it
    asked = [who.actor, who.role, who.area, wanted.order, wanted.queue, wanted.where, wanted.place, wanted.number,
             wanted.since, wanted.until, wanted.mine, bool(wanted.person), bool(wanted.summary)]  # fmt: skip
    keys = _keys(wanted.order)
    start = place(asked, after, [str] * len(keys))
    with reading(runtime.engine) as db:
        conditions = _wanted(runtime, db, log, scope, wanted)
        found = db.scalar(select(func.count()).select_from(case_now).where(*conditions)) if total else None
        if start is not None:
            before = wanted.order == "newest"
            conditions.append(tuple_(*keys) < tuple_(*start) if before else tuple_(*keys) > tuple_(*start))
        query = _ordered(case_rows.columns().add_columns(*keys).where(and_(*conditions)), wanted.order, keys)
        page = db.execute(query.limit(limit + 1)).all()
        rows = case_rows.shown(runtime, db, log, page[:limit], scope, open_sealed=not to_file)
        size = runtime.store.head(log).size
    if told := sum(bool(row.get("summary")) for row in rows):
        note(runtime, county, who, "search" if wanted.person or wanted.summary else "list", shown=told)
    last = list(page[limit - 1][len(case_rows.COLUMNS) :]) if len(page) > limit else None
    return Page(
        log=log,
        size=size,
        columns=case_rows.COLUMNS if to_file else (*case_rows.COLUMNS, "summary"),
        rows=rows,
        next=cursor(asked, last),
        total=found,
    )


def count(runtime: Runtime, log: str, who: Actor, wanted: Search, by: str) -> Counts:
    """How many of the same cases there are, by the fact BY: their sum is the total of the list."""
    if by not in FACTS:
        raise unknown(refused, "unknown-column", by, FACTS)
    county = runtime.county(log)
    scope = visibility_of(county, who)
    fact = case_now.c[by]
    with reading(runtime.engine) as db:
        counted = select(fact, func.count()).where(*_wanted(runtime, db, log, scope, wanted)).group_by(fact)
        rows = [{by: value, "cases": cases} for value, cases in db.execute(counted.order_by(fact))]
        size = runtime.store.head(log).size
    return Counts(log=log, size=size, by=by, rows=rows, labels=labels(runtime, county, [by], rows))


def _wanted(runtime: Runtime, db: Connection, log: str, scope: Visibility, wanted: Search) -> list[ColumnElement[bool]]:
    """Conditions on `case_now`: the search, within what is visible."""
    conditions = [case_now.c.log == log, *_conditions(runtime, log, wanted)]
    if wanted.person or wanted.summary:
        streams = _tokens(runtime, db, log, wanted)
        # a handful of cases found by a person's own number may be one's own beyond what lists hold
        return [*conditions, case_now.c.stream.in_(streams), or_(scope.listed(), scope.owned())]
    return [*conditions, _seen(scope, wanted.mine)]


def _keys(order: Order) -> list[ColumnElement[Any]]:
    case = case_now.c
    if order == "due":
        return [func.coalesce(func.nullif(case.due_on, ""), _NEVER), case.number, case.stream]
    return [case.number, case.stream]


def _ordered(query: Select[Any], order: Order, keys: Sequence[ColumnElement[Any]]) -> Select[Any]:
    return query.order_by(*(key.desc() if order == "newest" else key for key in keys))


def _seen(scope: Visibility, mine: bool) -> ColumnElement[bool]:
    if mine:
        return scope.owned()
    if not scope.among:
        raise refused("outside-your-area")
    return scope.listed()


def _conditions(runtime: Runtime, log: str, wanted: Search) -> list[ColumnElement[bool]]:
    case = case_now.c
    county = runtime.county(log)
    found = [case[fact].in_(values) for fact, values in checked(county, wanted.where, FACTS).items()]
    found += in_queue(runtime, log, wanted.queue) if wanted.queue else []
    if wanted.place:
        found += [case[fact].in_(values) for fact, values in in_area(county, wanted.place).items()]
    if wanted.number:
        found += [case.number >= wanted.number, case.number < f"{wanted.number}\U0010ffff"]
    if wanted.since:
        found.append(case.registered_on >= day(wanted.since))
    if wanted.until:
        found.append(case.registered_on < day(wanted.until))
    return found


def in_queue(runtime: Runtime, log: str, queue: str) -> list[ColumnElement[bool]]:
    """What stands in a queue, as conditions on `case_now`."""
    if queue == "overdue":
        return [is_overdue(runtime.county(log).today)]
    if queue not in QUEUES:
        raise unknown(refused, "unknown-queue", queue, (*QUEUES, "overdue"))
    return stands_in(queue)


def stands_in(queue: str) -> list[ColumnElement[bool]]:
    """The facts of a queue, as conditions on `case_now`."""
    return [case_now.c[fact].in_(values) for fact, values in QUEUES[queue].facts.items()]


def _tokens(runtime: Runtime, db: Any, log: str, wanted: Search) -> list[str]:
    found: set[str] | None = None
    for text, look in ((wanted.person, runtime.sealer.find_person), (wanted.summary, runtime.sealer.find_text)):
        if text:
            streams = set(look(db, log, text))
            found = streams if found is None else found & streams
    return sorted(found or ())[:_OF_A_PERSON]
