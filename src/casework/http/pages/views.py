"""What each page is made of: one struct per page, built in a thread, with every code already in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msgspec import Struct

from casework.application.answers import Figures
from casework.application.house import House
from casework.application.labels import TERMS, fact_names, labels
from casework.application.people import Person
from casework.application.projections import standings
from casework.case.context import ROLES
from casework.http.pages.words import Words

#: columns of a list whose words are too short to be broken
_SHORT = frozenset("status urgency confidentiality due_on registered_on accepted_on closed_on".split())


class Frame(Struct, frozen=True, kw_only=True):
    """What every page inside shows: the county, and who reads."""

    log: str
    county: str
    simulated: bool
    reader: str


class Column(Struct, frozen=True):
    """A column of a table."""

    title: str
    is_number: bool = False


class Cell(Struct, frozen=True):
    """A cell: its text, where it leads, the width of its bar in hundredths, and what it looks like."""

    text: str
    href: str = ""
    share: float | None = None
    looks: Literal["", "number", "short", "none"] = ""


def frame(house: House, log: str, who: Person, w: Words) -> dict[str, Any]:
    """The members of `Frame`."""
    county = house.county(log)
    role = ROLES.get(who.role, who.role) if w.language != "en" else who.role
    return {
        "log": log,
        "county": county.county,
        "simulated": county.clock == "simulated",
        "reader": f"{who.actor} {role}",
    }


def term(w: Words, fact: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    """A value of a fact in words."""
    if value in ("", None):
        return "–"
    if fact in TERMS and w.language == "en":
        return str(value).replace("_", " ")
    return names.get(fact, {}).get(value) or TERMS.get(fact, {}).get(value) or str(value)


def name_of(w: Words, column: str) -> str:
    """What a column is called."""
    also = {"number": ("编号", "number"), "cadre": ("干部", "cadre"), "day": ("日", "day"), "month": ("月", "month"),
            "year": ("年", "year"), "summary": ("摘要", "summary"),
            "question": ("题目", "question"), "choice": ("选项", "choice"),
            "finding_kind": ("问题种类", "kind of finding")}  # fmt: skip
    return w.of(also.get(column) or fact_names().get(column) or (column, column.replace("_", " ")))


class ProjectionPage(Frame, frozen=True, kw_only=True):
    """A projection: what was asked, its rows, what exactly is counted, and how far."""

    title: str
    is_list: bool
    queue: str
    queues: list[tuple[str, str]]
    by: list[tuple[str, str, bool]]
    since: str
    until: str
    as_of: str
    axis: str
    place: str
    filters: list[tuple[str, str]]
    names: dict[str, str]
    labels: dict[str, dict[str, str]]
    columns: list[Column]
    rows: list[Any]
    drills: bool
    definitions: list[tuple[str, str]]
    total: int | None
    next: str
    csv: str
    size: int
    lag: int
    failed_at: int | None


class Row(Struct, frozen=True):
    """A row, and the list of the cases behind it."""

    cells: list[Cell]
    href: str = ""


def projection_page(
    house: House, log: str, who: Person, w: Words, found: Figures, asked: Mapping[str, Any]
) -> ProjectionPage:
    """A count, or a list, as a page."""
    definition: Any = house.projection(found.name).definition
    is_list = found.kind == "list"
    where: Mapping[str, list[str]] = asked["where"]
    filters = [(column, value) for column, values in where.items() for value in values]
    columns = _telling(found) if is_list else found.columns
    facts = fact_names()
    dims = [] if is_list else [c for c in found.columns if c not in found.measures]
    # a list shows what is, or was at a size of the log: it leads nowhere from a range of days or a part of a place
    looks_back = bool(asked.get("since") or asked.get("until") or asked.get("place"))
    sized = asked.get("as_of", "")
    drills = not is_list and not looks_back and (not sized or sized.isdecimal())
    drills = drills and all(c in facts for c in (*dims, *where))
    tops = {m: max((_size(row[m]) for row in found.rows), default=0) for m in found.measures[:1]}
    kept = () if is_list else (*definition.kept, "day", "month", "year")
    behind = {**where, **({"as_of": [sized]} if sized else {})}
    titles = {n: w.of(told) for n, told in found.definitions.items()}
    query = {k: v for k, v in asked.items() if k not in ("where", "after") and v} | dict(where)
    return ProjectionPage(
        **frame(house, log, who, w),
        title=found.title_en if w.language == "en" else found.title_zh,
        is_list=is_list,
        queue=asked.get("queue", ""),
        queues=[(n, titles[n]) for n in definition.queues] if is_list else [],
        by=[(c, name_of(w, c), c in found.columns) for c in kept],
        since=found.since,
        until=found.until if not asked.get("as_of") else "",
        as_of=found.as_of,
        axis=found.axis,
        place=asked.get("place", ""),
        filters=filters,
        names={column: name_of(w, column) for column in where},
        labels=labels(house, log, where, [{column: value} for column, value in filters]),
        columns=[Column(_title(w, c, found), _is_number(c, found)) for c in columns],
        rows=[_row(log, w, found, row, columns, dims, tops, behind if drills else None) for row in found.rows],
        drills=drills,
        definitions=[(_title(w, n, found), told) for n, told in titles.items()] if not is_list else [],
        total=found.total,
        next="?" + urlencode({**query, "after": found.next}, doseq=True) if found.next else "",
        csv=f"/{log}/projections/{found.name}.csv" + ("?" + urlencode(query, doseq=True) if query else ""),
        size=found.size,
        lag=found.lag,
        failed_at=found.failed_at,
    )


def _row(
    log: str, w: Words, found: Figures, row: Mapping[str, Any], columns: list[str], dims: list[str],
    tops: Mapping[str, float], where: Mapping[str, list[str]] | None,
) -> Row:  # fmt: skip
    cells = []
    for column in columns:
        value = row[column]
        top = tops.get(column, 0)
        share = round(100 * _size(value) / top, 1) if top else None
        href = f"/{log}/cases/{value}" if column == "number" else ""
        text = figure(value) if column in found.measures else term(w, column, value, found.labels)
        cells.append(Cell(text, href, share, _looks(column, text, found)))
    href = ""
    if where is not None:
        behind = {**where, **{dim: [row[dim]] for dim in dims}}
        href = f"/{log}/projections/cases?{urlencode(behind, doseq=True)}"
    return Row(cells, href)


def _telling(found: Figures) -> list[str]:
    """The columns of a list that say something on this page; its number always, its file has them all."""
    told = ("number", "status")
    return [
        c for c in found.columns if c in told or (c != "stream" and any(row[c] not in ("", 0) for row in found.rows))
    ]


def _looks(column: str, text: str, found: Figures) -> Literal["", "number", "short", "none"]:
    if _is_number(column, found):
        return "number"
    return "none" if text == "–" else "short" if column in _SHORT else ""


def _title(w: Words, column: str, found: Figures) -> str:
    """The first words of a measure's definition are its name in Chinese; columns have names of their own."""
    if column in found.definitions and w.language != "en":
        return found.definitions[column][0].partition("；")[0].partition("，")[0].partition("：")[0]
    return name_of(w, column)


def _is_number(column: str, found: Figures) -> bool:
    return column in found.measures or any(isinstance(row[column], int) for row in found.rows[:1])


def _size(value: Any) -> float:
    number = value.get("rate") if isinstance(value, Mapping) else value
    return max(0.0, float(number or 0))


def figure(value: Any) -> str:
    """A figure as a person reads it: a rate with what it divides, a quantile to the unit, nothing as a dash."""
    if isinstance(value, Mapping):
        of = f"{value['numerator']}/{value['denominator']}"
        return f"– ({of})" if value["rate"] is None else f"{value['rate']:.1%} ({of})"
    if isinstance(value, float):
        return f"{round(value):,}"
    return "–" if value is None else f"{value:,}"


def local(instant: str, zone: str) -> str:
    """An instant as clocks in the county showed it."""
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def shelf_lines(house: House, log: str, w: Words) -> list[dict[str, str]]:
    """Every question with its title."""
    return [
        {"name": one.name, "title": one.title_en if w.language == "en" else one.title_zh, "error": one.error}
        for one in standings(house, log)
    ]
