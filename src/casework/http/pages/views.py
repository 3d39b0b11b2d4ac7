"""Views that pages share, and the page of a projection."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.cases.labels import TERMS, fact_names, labels
from casework.application.figures.answers import CountyQuestion, Figures
from casework.application.figures.ask import figures, is_shown
from casework.application.figures.upkeep import standings
from casework.application.runtime.runtime import Runtime
from casework.http.pages import measured
from casework.http.pages.words import Words
from casework.law.context import ROLES

#: columns of a list whose words are too short to be broken
_SHORT = frozenset(
    "status outcome kind topic township lead urgency confidentiality due_on registered_on accepted_on closed_on".split()
)
#: rows of a count on its page; the CSV file has all
_ROWS = 200


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


def frame(runtime: Runtime, log: str, who: Actor, w: Words) -> dict[str, Any]:
    """The members of `Frame`."""
    county = runtime.county(log, fresh=True).state
    return {
        "log": log,
        "county": county.county,
        "simulated": county.clock == "simulated",
        "reader": dotted(plain(who.actor), role_of(w, who.role)),
    }


def dotted(*parts: str) -> str:
    """The parts that say something, with dots between them."""
    return " · ".join(part for part in parts if part)


def role_of(w: Words, role: str) -> str:
    """A role in words."""
    return w.of((ROLES.get(role, role), role.replace("_", " ")))


def plain(actor: str) -> str:
    """An actor by the id alone; '' for a resident, whose id differs from case to case and says nothing."""
    kind, _, name = actor.partition("/")
    return "" if kind == "resident" else name


def term(w: Words, fact: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    """A value of a fact in words."""
    if value in ("", None):
        return "–"
    if fact in TERMS and w.language == "en":
        return str(value).replace("_", " ")
    return names.get(fact, {}).get(value) or TERMS.get(fact, {}).get(value) or str(value).removeprefix("cadre/")


def name_of(w: Words, column: str) -> str:
    """What a column is called."""
    also = {"number": ("编号", "number"), "cadre": ("干部", "cadre"), "day": ("日", "day"), "month": ("月", "month"),
            "year": ("年", "year"), "summary": ("摘要", "summary"),
            "duty": ("责任种类", "duty"), "question": ("题目", "question"), "choice": ("选项", "choice"),
            "finding_kind": ("问题种类", "kind of finding")}  # fmt: skip
    return w.of(also.get(column) or fact_names().get(column) or (column, column.replace("_", " ")))


class ProjectionPage(Frame, frozen=True, kw_only=True):
    """A projection: what was asked, what was found, its rows, what exactly is counted, and how far."""

    asked: Mapping[str, Any]
    found: Figures
    title: str
    is_list: bool
    queues: list[tuple[str, str]]
    by: list[tuple[str, str, bool]]
    until: str
    filters: list[tuple[str, str]]
    names: dict[str, str]
    labels: dict[str, dict[str, str]]
    same: list[tuple[str, str]]
    places: list[tuple[str, str]]
    columns: list[Column]
    rows: list[Any]
    more: int
    drills: bool
    definitions: list[tuple[str, str]]
    next: str
    csv: str


class Row(Struct, frozen=True):
    """A row, and the list of the cases behind it."""

    cells: list[Cell]
    href: str = ""


def projection_page(
    runtime: Runtime, log: str, who: Actor, w: Words, name: str, question: CountyQuestion, asked: Mapping[str, Any]
) -> ProjectionPage:
    """A count, or a list, as a page; ASKED is what the address says, for its form and its links."""
    found = figures(runtime, log, name, question, who)
    definition: Any = runtime.projection(found.name).definition
    is_list = found.kind == "list"
    where: Mapping[str, list[str]] = asked["where"]
    filters = [(column, value) for column, values in where.items() for value in values]
    told = _telling(found) if is_list else found.columns
    same = [c for c in told if _is_same(c, found)] if is_list else []
    columns = [c for c in told if c not in same]
    facts = fact_names()
    dims = [] if is_list else [c for c in found.columns if c not in found.measures]
    # the list behind a figure is of now, or of a size of the log: it knows no range of days and no place
    looks_back = bool(asked.get("since") or asked.get("until") or asked.get("place") or asked.get("tree") == "today")
    sized = asked.get("as_of", "")
    drills = not is_list and not looks_back and (not sized or sized.isdecimal())
    drills = drills and all(c in facts for c in (*dims, *where))
    tops = {m: max((_size(row[m]) for row in found.rows), default=0) for m in found.measures[:1]}
    kept = () if is_list else (*definition.kept, "day", "month", "year")
    behind = {**where, **({"as_of": [sized]} if sized else {})}
    titles = {n: w.of(told) for n, told in found.definitions.items()}
    query = {k: v for k, v in asked.items() if k not in ("where", "after") and v} | dict(where)
    return ProjectionPage(
        **frame(runtime, log, who, w),
        asked=asked,
        found=found,
        title=w.of((found.title_zh, found.title_en)),
        is_list=is_list,
        queues=[(n, titles[n]) for n in definition.queues] if is_list else [],
        by=[(c, name_of(w, c), c in found.columns) for c in kept],
        until=found.until if not asked.get("as_of") else "",
        filters=filters,
        names={column: name_of(w, column) for column in where},
        labels=labels(runtime, runtime.county(log), where, [{column: value} for column, value in filters]),
        same=[(name_of(w, c), term(w, c, found.rows[0][c], found.labels)) for c in same],
        places=[] if is_list else townships(runtime, log),
        columns=[Column(_title(w, c, found), _is_number(c, found)) for c in columns],
        rows=[_row(log, w, found, row, columns, dims, tops, behind if drills else None) for row in found.rows[:_ROWS]],
        more=max(0, len(found.rows) - _ROWS),
        drills=drills,
        definitions=[(_title(w, n, found), told) for n, told in titles.items()] if not is_list else [],
        next="?" + urlencode({**query, "after": found.next}, doseq=True) if found.next else "",
        csv=f"/{log}/projections/{found.name}.csv" + ("?" + urlencode(query, doseq=True) if query else ""),
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
        text = (
            measured.text(w, column, value, found) if column in found.measures else term(w, column, value, found.labels)
        )
        cells.append(Cell(text, href, share, _looks(column, text, found)))
    href = ""
    if where is not None:
        behind = {**where, **{dim: [row[dim]] for dim in dims}}
        href = f"/{log}/projections/cases?{urlencode(behind, doseq=True)}"
    return Row(cells, href)


def _telling(found: Figures) -> list[str]:
    """The columns of a list with a value on this page, number and status always; the CSV has all."""
    told = ("number", "status")
    return [
        c for c in found.columns if c in told or (c != "stream" and any(row[c] not in ("", 0) for row in found.rows))
    ]


def _is_same(column: str, found: Figures) -> bool:
    """Whether a column of a list has one value in every row: it is shown once, above the table."""
    return len(found.rows) > 1 and column not in ("number", "status") and len({row[column] for row in found.rows}) == 1


def townships(runtime: Runtime, log: str) -> list[tuple[str, str]]:
    """The county's townships, by code and name: what a place that is typed in may be."""
    county = runtime.county(log)
    day = county.today
    areas = (county.roster.area(code, day) for code in county.roster.codes("area", day))
    return sorted((area.code, area.label) for area in areas if area and area.level == "township")


def _looks(column: str, text: str, found: Figures) -> Literal["", "number", "short", "none"]:
    if _is_number(column, found):
        return "number"
    return "none" if text == "–" else "short" if column in _SHORT else ""


def _title(w: Words, column: str, found: Figures) -> str:
    known = column in found.definitions or column in found.measures
    return measured.title(w, column, found) if known else name_of(w, column)


def _is_number(column: str, found: Figures) -> bool:
    return column in found.measures or any(isinstance(row[column], int) for row in found.rows[:1])


def _size(value: Any) -> float:
    number = value.get("rate") if isinstance(value, Mapping) else value
    return max(0.0, float(number or 0))


def local(instant: str, zone: str) -> str:
    """An instant as clocks in the county showed it."""
    return f"{datetime.fromisoformat(instant).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}"


def shelf_lines(runtime: Runtime, log: str, w: Words, who: Actor) -> list[dict[str, str]]:
    """Every question that WHO can ask, with its title."""
    shown = {one.name for one in runtime.shelf if is_shown(one, who)}
    return [
        {"name": one.name, "title": w.of((one.title_zh, one.title_en)), "error": one.error}
        for one in standings(runtime, log)
        if one.name in shown
    ]
