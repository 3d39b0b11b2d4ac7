"""Questions of the doors to projections, and their answers as JSON or CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from casework.exchange import csv_rows
from casework.projection.question import Question


class CountyQuestion(Question, frozen=True, kw_only=True):
    """A question that knows the county's places.

    place   area code: only what lies in it and below it, by the roster of today
    rollup  township or county: places are counted at that level; counted anew, never summed from the levels below it
    tree    then: under the township and unit of the time; today: under those that have taken their place since
    """

    place: str = ""
    rollup: str = ""
    tree: str = "then"


class Figures(Struct, frozen=True, kw_only=True):
    """What a projection answers, with everything needed to read it.

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
