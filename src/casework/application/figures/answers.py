"""A projection's answer as the doors give it: a count or a list, its columns named, its page, and as a CSV file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.cases.labels import labels
from casework.application.figures import ask as asking
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.exchange import csv_rows
from casework.law.cases.facts import NUMBER_FACTS
from casework.projection.ask import Answer
from casework.projection.listing import Listing
from casework.projection.register import Register


class Question(Struct, frozen=True, kw_only=True):
    """What is asked of a projection.

    by        columns to count by; none given is the projection's own
    where     column → values
    since     first day of a range; until, the first day after it
    axis      occurred or recorded
    as_of     a day, or a size of the log
    at_least  wait, bounded, until so many entries are counted
    exact     exact quantiles
    place     area code: only what lies in it and below
    rollup    township or county
    tree      then or today: under which townships and units
    queue     of a list: which queue
    limit     of a list: rows
    after     of a list: `next` of the page before
    """

    by: list[str] | None = None
    where: dict[str, list[str]] = {}
    since: str = ""
    until: str = ""
    axis: str = "occurred"
    as_of: str = ""
    at_least: int | None = None
    exact: bool = False
    place: str = ""
    rollup: str = ""
    tree: str = "then"
    queue: str = ""
    limit: int = 50
    after: str = ""


class Figures(Struct, frozen=True, kw_only=True):
    """What a projection answers, to be read without another question.

    title, question  what it is about
    columns          of the rows, in their order; of a count the measures come last
    labels           column → code → name
    definitions      measure or queue → what exactly is in it
    size             entries of the log that it counts
    lag              entries that the log has beyond that
    next             of a list: cursor of the next page; '' when this was the last
    total            of a list: rows in all
    """

    name: str
    log: str
    title_zh: str
    title_en: str
    question: str
    kind: str
    columns: list[str]
    measures: list[str] = []
    rows: list[dict[str, Any]]
    labels: dict[str, dict[str, str]] = {}
    definitions: dict[str, tuple[str, str]] = {}
    size: int
    lag: int = 0
    failed_at: int | None = None
    error: str = ""
    exact: bool = False
    axis: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""
    next: str = ""
    total: int | None = None


def figures(runtime: Runtime, log: str, name: str, question: Question, who: Actor) -> Figures:
    """The answer for WHO."""
    projection = runtime.projection(name)
    if isinstance(projection.definition, Register):
        return _list(runtime, log, name, question, who)
    for given, member in ((question.queue, "queue"), (question.after, "after")):
        if given:
            raise Problem("not-answerable", f"{name} 不是清单，没有 {member}", f"{name} is no list: it has no {member}")
    found = asking.ask(
        runtime,
        log,
        name,
        by=question.by,
        where=question.where,
        since=question.since,
        until=question.until,
        axis=question.axis,
        as_of=question.as_of,
        at_least=question.at_least,
        exact=question.exact,
        place=question.place,
        rollup=question.rollup,
        tree=question.tree,
        who=who,
    )
    return _told(runtime, log, found)


def in_csv(found: Figures) -> bytes:
    """The same as a file: beside each code its name."""
    return with_names(found.columns, found.rows, found.labels)


def with_names(
    columns: Sequence[str], rows: Sequence[Mapping[str, Any]], names: Mapping[str, Mapping[str, str]]
) -> bytes:
    """Rows as a CSV file; NAMES are column → code → name, and stand in a column of their own."""
    wide = [each for c in columns for each in ((c, f"{c}_label") if c in names else (c,))]
    named = [{**row, **{f"{c}_label": codes.get(row[c], "") for c, codes in names.items()}} for row in rows]
    return csv_rows.written(wide, named)


def _told(runtime: Runtime, log: str, found: Answer) -> Figures:
    projection = runtime.projection(found.name)
    return Figures(
        name=found.name,
        log=log,
        title_zh=projection.titles["zh"],
        title_en=projection.titles["en"],
        question=projection.question,
        kind="count",
        columns=found.columns,
        measures=found.measures,
        rows=found.rows,
        labels=labels(runtime, log, found.columns, found.rows),
        definitions=dict(projection.definition.definitions),
        size=found.size,
        lag=found.lag,
        failed_at=found.failed_at,
        error=found.error,
        exact=found.exact,
        axis=found.axis,
        since=found.since,
        until=found.until,
        as_of=found.as_of,
    )


def _list(runtime: Runtime, log: str, name: str, question: Question, who: Actor) -> Figures:
    projection = runtime.projection(name)
    register: Register = projection.definition
    for given, member in (
        (question.by, "by"),
        (question.since, "since"),
        (question.until, "until"),
        (question.rollup, "rollup"),
        (question.place, "place"),
    ):
        if given:
            raise Problem("not-answerable", f"{name} 是清单，没有 {member}", f"{name} is a list: it has no {member}")
    marked: Sequence[Any] = [name, who.actor, who.role, who.area, question.queue, question.where, question.as_of]
    found: Listing = asking.list_cases(
        runtime,
        log,
        name,
        queue=question.queue,
        where=question.where,
        as_of=question.as_of,
        limit=question.limit,
        after=place(marked, question.after, [*_kinds(register), str]),
        who=who,
    )
    return Figures(
        name=name,
        log=log,
        title_zh=projection.titles["zh"],
        title_en=projection.titles["en"],
        question=projection.question,
        kind="list",
        columns=found.columns,
        rows=found.rows,
        labels=labels(runtime, log, found.columns, found.rows),
        definitions=dict(register.definitions),
        size=found.size,
        as_of=question.as_of,
        next=cursor(marked, found.after),
        total=found.total,
    )


def _kinds(register: Register) -> list[type]:
    return [int if fact in NUMBER_FACTS else str for fact in register.order]


def shelf(runtime: Runtime, log: str, who: Actor | None = None) -> list[Mapping[str, Any]]:
    """Every question that WHO can ask, what it keeps, and how far it has counted."""
    return [_on_shelf(runtime, log, projection) for projection in runtime.shelf if asking.is_shown(projection, who)]


def _on_shelf(runtime: Runtime, log: str, projection: Any) -> Mapping[str, Any]:
    definition = projection.definition
    is_list = isinstance(definition, Register)
    return {
        "name": projection.name,
        "title_zh": projection.titles["zh"],
        "title_en": projection.titles["en"],
        "question": projection.question,
        "kind": "broken" if definition is None else "list" if is_list else "count",
        "columns": [] if definition is None else [*(definition.columns if is_list else definition.kept)],
        "measures": [] if definition is None or is_list else [*definition.measures, *definition.rates],
        "queues": [*definition.queues] if is_list else [],
        "definitions": {} if definition is None else dict(definition.definitions),
    }
