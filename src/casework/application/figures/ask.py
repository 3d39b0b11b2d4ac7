"""Lists what somebody may ask of projections, and answers within what they may see."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import asdict, replace

from casework.application.access.actor import Actor
from casework.application.access.permissions import check_may, may
from casework.application.access.visibility import Condition, in_area, visibility_of
from casework.application.cases.filters import checked
from casework.application.cases.labels import labels
from casework.application.figures.answers import CountyQuestion, Figures
from casework.application.figures.area_tree import TREES, as_of_today
from casework.application.figures.refusals import refused
from casework.application.runtime.paging import cursor, place
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import County, Runtime
from casework.law.cases.facts import FACTS, NUMBER_FACTS
from casework.law.context import ROLES
from casework.law.kinds import KINDS
from casework.projection.ask import ask as ask_tally
from casework.projection.listing import listing
from casework.projection.projection import Projection
from casework.projection.question import DATES, Answer, Listing, NotAnswerable, NotInScope, Question
from casework.projection.source import NotCountable
from casework.projection.tally import Tally
from casework.text import term

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
#: levels of the area tree that counts can be rolled up to
LEVELS = ("township", "county")
_EVERYTHING = CountyQuestion()


def figures(runtime: Runtime, log: str, name: str, question: CountyQuestion, who: Actor) -> Figures:
    """The answer for WHO, with the names of its codes: a count or a page of a list."""
    projection, county = runtime.projection(name), runtime.county(log)
    if projection.is_register:
        return _page(runtime, county, projection, question, who)
    for given, member in ((question.queue, "queue"), (question.after, "after")):
        if given:
            raise refused("not-answerable/no-list", name=name, member=member)
    found = _ask(runtime, county, projection, question, who)
    return _named(runtime, county, projection, found, kind="count", **asdict(found))


def _page(runtime: Runtime, county: County, projection: Projection, question: CountyQuestion, who: Actor) -> Figures:
    name = projection.name
    for member in ("by", "since", "until", "rollup", "place"):
        if getattr(question, member):
            raise refused("not-answerable/list", name=name, member=member)
    marked: Sequence[Any] = [name, who.actor, who.role, who.area, question.queue, question.where, question.as_of]
    keys = [*(int if fact in NUMBER_FACTS else str for fact in projection.definition.order), str]
    asked = replace(question, after=place(marked, question.after, keys))
    members = asdict(found := _listed(runtime, county, projection, asked, who))
    members |= {"next": cursor(marked, members.pop("after")), "as_of": question.as_of}
    return _named(runtime, county, projection, found, kind="list", **members)


def _named(
    runtime: Runtime, county: County, projection: Projection, found: Answer | Listing, **members: Any
) -> Figures:
    return Figures(
        title_zh=projection.titles["zh"],
        title_en=projection.titles["en"],
        question=projection.question,
        labels=labels(runtime, county, found.columns, found.rows),
        definitions=dict(projection.definition.definitions),
        **members,
    )


def ask(
    runtime: Runtime, log: str, name: str, question: CountyQuestion = _EVERYTHING, who: Actor | None = None
) -> Answer:
    """The counts of a tally, of what WHO may see; the machine's operator, who is nobody, sees everything.

    Of what is declared ahead (the roster), "now" is the end of today.
    """
    return _ask(runtime, runtime.county(log), runtime.projection(name), question, who)


def _ask(
    runtime: Runtime, county: County, projection: Projection, question: CountyQuestion, who: Actor | None
) -> Answer:
    name = projection.name
    if question.tree not in TREES:
        raise unknown(refused, "unknown-tree", question.tree, TREES)
    _check_whole(projection)
    visible = _visible(county, who)
    check_may_count(projection, who)
    tally = projection.definition
    if isinstance(tally, Tally):
        question = _placed(county, name, tally, question)
    if question.at_least is not None and question.at_least > (size := runtime.store.head(county.log).size):
        raise refused("not-so-long", size=size, at_least=question.at_least)
    for date in (question.since, question.until):
        if date and not _DATE.match(date):
            raise refused("not-a-date", date=date)
    wait = runtime.settings.reading.wait_ms / 1000

    def answer(question: Question) -> Answer:
        return ask_tally(runtime.engine, projection, county.log, question)

    try:
        as_of = _look_back(question.as_of)
        ahead = isinstance(tally, Tally) and any(source.ahead for source in tally.sources)
        if isinstance(as_of, str) and as_of > county.today and not ahead:
            raise refused("day-ahead", as_of=as_of, today=county.today)
        question = replace(question, as_of=as_of, visible=visible, wait=wait)
        if question.tree == "today" and isinstance(tally, Tally):
            return as_of_today(county.roster, county.today, tally, question, answer)
        return answer(question)
    except NotInScope:
        raise refused("outside-your-area/village", name=name) from None
    except (NotAnswerable, NotCountable) as why:
        raise refused("not-answerable", name=name, why=why) from None


def list_cases(
    runtime: Runtime, log: str, name: str, question: Question = _EVERYTHING, who: Actor | None = None
) -> Listing:
    """One page of a register: by queue, by facts, as it is or as of a size of the log."""
    return _listed(runtime, runtime.county(log), runtime.projection(name), question, who)


def _listed(runtime: Runtime, county: County, projection: Projection, question: Question, who: Actor | None) -> Listing:
    _check_whole(projection)
    size = _look_back(question.as_of)
    if size and isinstance(size, str):
        raise refused("size-wanted")
    where = checked(county, question.where, FACTS)
    asked = replace(question, where=where, as_of=size, visible=_visible(county, who))
    try:
        return listing(runtime.engine, projection, county.log, asked)
    except (NotAnswerable, NotCountable) as why:
        raise refused("not-answerable", name=projection.name, why=why) from None


def _placed(county: County, name: str, tally: Tally, question: CountyQuestion) -> CountyQuestion:
    """The question with its places in the filters and columns of the tally."""
    where: Mapping[str, Any] = checked(county, question.where, tally.kept) if question.where else {}
    if question.place:
        where = {**where, **_within(county, name, tally, question.place, where)}
    columns = (*tally.kept, *DATES)
    by = _rolled_up([*tally.dims] if question.by is None else question.by, question.rollup)
    for column in by:
        if column not in columns:
            raise unknown(refused, "unknown-column", column, columns)
    until = question.until
    if not until and not _DATE.match(str(question.as_of)) and any(source.ahead for source in tally.sources):
        until = (dt.date.fromisoformat(county.today) + dt.timedelta(days=1)).isoformat()
    return replace(question, where=where, by=by, until=until)


def _rolled_up(by: Sequence[str], rollup: str) -> list[str]:
    """The columns to count by, those of the place exchanged for the level that is asked for."""
    if not rollup:
        return list(by)
    if rollup not in LEVELS:
        raise unknown(refused, "unknown-level", rollup, LEVELS)
    others = [column for column in by if column not in ("area", "township")]
    return ["township", *others] if rollup == "township" else others


def _within(
    county: County, name: str, tally: Tally, place: str, where: Mapping[str, Any]
) -> Mapping[str, tuple[str, ...]]:
    """The filter for an area and everything below it."""
    condition = in_area(county, place)
    for column in condition:
        if column not in tally.kept:
            raise refused("not-answerable/township", name=name, place=place)
    return {c: tuple(v for v in values if c not in where or v in where[c]) for c, values in condition.items()}


def check_may_count(projection: Projection, who: Actor | None) -> None:
    """Refuse figures of what WHO may not read at all; the machine's operator, who is nobody, may read everything."""
    if who is not None:
        for needs in _needed(projection):
            check_may(who.role, needs)


def is_shown(projection: Projection, who: Actor | None) -> bool:
    """Whether WHO may read the projection at all."""
    return who is None or all(may(who.role, needs) for needs in _needed(projection))


def shelf(runtime: Runtime, log: str, who: Actor | None = None) -> list[Mapping[str, Any]]:
    """Every question that WHO can ask."""
    return [_on_shelf(projection) for projection in runtime.shelf if is_shown(projection, who)]


def _on_shelf(projection: Projection) -> Mapping[str, Any]:
    of = projection.definition
    return {
        "name": projection.name,
        "title_zh": projection.titles["zh"],
        "title_en": projection.titles["en"],
        "question": projection.question,
        "kind": "broken" if of is None else "list" if projection.is_register else "count",
        "columns": [*(of.kept if isinstance(of, Tally) else getattr(of, "columns", ()))],
        "measures": [*of.measures, *of.rates] if isinstance(of, Tally) else [],
        "queues": [*getattr(of, "queues", ())],
        "definitions": dict(getattr(of, "definitions", ())),
    }


def _needed(projection: Projection) -> set[str]:
    """Permissions to read what it counts, beside that to ask for figures."""
    tally = projection.definition
    sources = tally.sources if isinstance(tally, Tally) else ()
    return {KINDS[one.name].reads for one in sources if one.name in KINDS and KINDS[one.name].reads}


def _visible(county: County, who: Actor | None) -> Sequence[Condition] | None:
    if who is None:
        return None
    visibility = visibility_of(county, who)
    if not visibility.among:
        raise refused("outside-your-area/figures", actor=who.actor, role=term(ROLES, who.role))
    return visibility.among


def _look_back(as_of: str | int) -> str | int:
    """A date, or a size of the log (the number of its entries)."""
    if isinstance(as_of, int) or not as_of:
        return as_of
    if _DATE.match(as_of):
        try:
            return dt.date.fromisoformat(as_of).isoformat()
        except ValueError:
            raise refused("not-a-date", date=as_of) from None
    if as_of.isdecimal():
        return int(as_of)
    raise refused("not-a-time", text=as_of)


def _check_whole(projection: Projection) -> None:
    if projection.definition is None:
        raise refused("broken-projection", name=projection.name, error=projection.error)
