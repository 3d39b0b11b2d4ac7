"""Ask a projection: what to count by, which rows, from when to when, as of when; or list cases from a register."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from casework.application.access.actor import Actor, today
from casework.application.access.permissions import check_may, may
from casework.application.access.visibility import Condition, in_area, visibility_of
from casework.application.cases.filters import checked
from casework.application.figures.area_tree import TREES, as_of_today
from casework.application.runtime.problem import Problem, unknown
from casework.application.runtime.runtime import Runtime
from casework.law.cases.facts import FACTS
from casework.law.context import ROLES
from casework.projection.ask import Answer, NotAnswerable, NotInScope
from casework.projection.ask import ask as ask_tally
from casework.projection.listing import Listing, listing
from casework.projection.projection import Projection
from casework.projection.reader import DATES
from casework.projection.source import NotCountable
from casework.projection.tally import Tally

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
AXES = ("occurred", "recorded")
#: levels of the area tree that counts can be rolled up to
LEVELS = ("township", "county")
Where = Mapping[str, str | Sequence[str]]
#: what is counted → the permission to read it, where figures are not for all who may ask for figures
_NEEDS = {"finding": "finding.read"}


def ask(
    runtime: Runtime,
    log: str,
    name: str,
    *,
    by: Sequence[str] | None = None,
    where: Where | None = None,
    since: str = "",
    until: str = "",
    axis: str = "occurred",
    as_of: str = "",
    at_least: int | None = None,
    exact: bool = False,
    place: str = "",
    rollup: str = "",
    tree: str = "then",
    who: Actor | None = None,
) -> Answer:
    """The counts of a tally; `at_least` waits, bounded, until it has counted that many entries.

    place   area code: only what lies in it and below it, by the roster of today
    rollup  township or county: places are counted at that level; counted anew, never summed from the levels below it
    tree    then: under the township and unit of the time; today: under those that have taken their place since

    Of what is declared ahead (the roster), "now" is the end of today.

    Of a question that WHO asks, what WHO may see is counted; the machine's operator, who is nobody, sees everything.
    """
    if tree not in TREES:
        raise unknown("unknown-tree", "区划口径", "tree", tree, TREES)
    projection = _whole(runtime, name)
    scope = _among(runtime, log, who)
    check_may_count(projection, who)
    tally = projection.definition
    if isinstance(tally, Tally):
        columns = (*tally.kept, *DATES)
        filters: Where | None = checked(runtime, log, where or {}, tally.kept)  # type: ignore[assignment]
        if place:
            filters = {**(filters or {}), **_within(runtime, log, name, tally, place, filters or {})}
        by = _rolled_up(by if by is not None else [*tally.dims], rollup)
        for column in by:
            if column not in columns:
                raise unknown("unknown-column", "列", "column", column, columns)
        where = filters
        if not until and not _DATE.match(as_of) and any(source.ahead for source in tally.sources()):
            until = (dt.date.fromisoformat(today(runtime, log)) + dt.timedelta(days=1)).isoformat()
    if at_least is not None and at_least > (size := runtime.store.head(log).size):
        raise Problem(
            "not-so-long",
            f"账上只有 {size} 条，还没有 {at_least} 条",
            f"the log has {size} entries, not yet {at_least}",
        )
    for date in (since, until):
        if date and not _DATE.match(date):
            raise Problem("not-a-date", f"{date} 不是日期（YYYY-MM-DD）", f"{date} is no date (YYYY-MM-DD)")

    def answer(by: Sequence[str] | None, where: Where | None) -> Answer:
        return ask_tally(
            runtime.engine,
            projection,
            log,
            by=by,
            where=where,
            since=since or None,
            until=until or None,
            axis=axis,
            as_of=look_back(as_of),
            at_least=at_least,
            wait=runtime.settings.reading.wait_ms / 1000,
            exact=exact,
            scope=scope,
        )

    try:
        if tree == "today" and isinstance(tally, Tally) and by is not None:
            return as_of_today(runtime.roster_lately(log), today(runtime, log), tally, by, where or {}, answer)
        return answer(by, where)
    except NotInScope:
        raise Problem(
            "outside-your-area",
            f"{name} 统计到乡镇为止，不能只统计您所在的村：请看清单，或用案件计数（cases/count）",
            f"{name} is kept by township and cannot be counted for your village alone: ask for the list, or count the"
            " cases of the list (cases/count)",
        ) from None
    except (NotAnswerable, NotCountable) as why:
        raise Problem("not-answerable", f"{name} 答不了：{why.zh}", f"{name} cannot answer that: {why.en}") from None


def list_cases(
    runtime: Runtime,
    log: str,
    name: str,
    *,
    queue: str = "",
    where: Where | None = None,
    as_of: str = "",
    limit: int = 50,
    after: Sequence[Any] | None = None,
    who: Actor | None = None,
) -> Listing:
    """One page of a register: by queue, by facts, as it is or as of a size of the log."""
    projection = _whole(runtime, name)
    size = look_back(as_of)
    if isinstance(size, str):
        raise Problem(
            "size-wanted",
            "清单只能按账上条数回看",
            "a list looks back to a size of the log (a number of entries), not a day",
        )
    filters = checked(runtime, log, where or {}, FACTS)
    try:
        return listing(
            runtime.engine,
            name,
            projection.definition,
            log,
            queue=queue,
            where=filters,
            as_of=size,
            limit=limit,
            after=after,
            total=True,
            scope=_among(runtime, log, who),
        )
    except (NotAnswerable, NotCountable) as why:
        raise Problem("not-answerable", f"{name} 答不了：{why.zh}", f"{name} cannot answer that: {why.en}") from None


def _rolled_up(by: Sequence[str], rollup: str) -> list[str]:
    """The columns to count by, those of the place exchanged for the level that is asked for."""
    if not rollup:
        return list(by)
    if rollup not in LEVELS:
        raise unknown("unknown-level", "级别", "level", rollup, LEVELS)
    others = [column for column in by if column not in ("area", "township")]
    return ["township", *others] if rollup == "township" else others


def _within(
    runtime: Runtime, log: str, name: str, tally: Tally, place: str, where: Mapping[str, Any]
) -> Mapping[str, tuple[str, ...]]:
    """The filter for an area and everything below it."""
    condition = in_area(runtime, log, place)
    for column in condition:
        if column not in tally.kept:
            raise Problem(
                "not-answerable",
                f"{name} 只统计到乡镇，不能按 {place} 查询",
                f"{name} is counted by township: it cannot be asked for {place} alone",
            )
    return {c: tuple(v for v in values if c not in where or v in where[c]) for c, values in condition.items()}


def check_may_count(projection: Projection, who: Actor | None) -> None:
    """Refuse figures of what WHO may not read at all; the machine's operator, who is nobody, may read everything."""
    if who is not None:
        for needs in _needed(projection):
            check_may(who.role, needs)


def is_shown(projection: Projection, who: Actor | None) -> bool:
    """Whether it stands on the shelf before WHO: what they may not read at all does not."""
    return who is None or all(may(who.role, needs) for needs in _needed(projection))


def _needed(projection: Projection) -> set[str]:
    tally = projection.definition
    sources = tally.sources() if isinstance(tally, Tally) else ()
    return {_NEEDS[one.name] for one in sources if one.name in _NEEDS}


def _among(runtime: Runtime, log: str, who: Actor | None) -> Sequence[Condition] | None:
    if who is None:
        return None
    scope = visibility_of(runtime, log, who)
    if not scope.among:
        raise Problem(
            "outside-your-area",
            f"{who.actor} 以{ROLES[who.role]}身份只能看本人的案件，不能看统计和清单",
            f"{who.actor} as {who.role} sees their own cases only, no counts and no lists",
        )
    return scope.among


def look_back(text: str) -> str | int | None:
    """`--as-of`: a date, or a size of the log (the number of its entries)."""
    if not text:
        return None
    if _DATE.match(text):
        return text
    if text.isdecimal():
        return int(text)
    raise Problem(
        "not-a-time",
        f"{text} 既不是日期（YYYY-MM-DD）也不是条数",
        f"{text} is neither a date (YYYY-MM-DD) nor a number of entries",
    )


def _whole(runtime: Runtime, name: str) -> Projection:
    projection = runtime.projection(name)
    if projection.definition is None:
        raise Problem(
            "broken-projection",
            f"统计 {name} 的文件有误：{projection.error}",
            f"the file of {name} is broken: {projection.error}",
        )
    return projection
