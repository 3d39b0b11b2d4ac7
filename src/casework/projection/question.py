"""What can be asked of a projection, and the answers to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from casework.text import Spoken

#: what rows can be grouped by beside the columns that are kept: date columns and their months and years
DATES = {"day": 10, "month": 7, "year": 4}
AXES = ("occurred", "recorded")
#: conditions (column → values), one of which holds for every row that a reader may see; `{}` holds for every row
RowFilter = Sequence[Mapping[str, Sequence[str]]]


class NotAnswerable(Spoken, ValueError):
    """The question does not fit the projection; says what does."""


class NotInScope(NotAnswerable):
    """The counts cannot be narrowed to what the reader may see."""


class Question(Struct, frozen=True, kw_only=True):
    """What is asked of a projection: parsed at the door, handed down to the reader.

    where         column → value or values
    as_of         a size of the log: what the first so many entries say; of a count also a local date: as it stood at
                  the end of that day
    visible       the rows that the reader may see (None: all)

    Of a count:
    by            columns to group by: dimensions, columns of scope, day, month, year (None: the dimensions)
    since, until  local dates, half-open: acts within them; stocks as they stood at the end of the day before `until`;
                  by month and year stocks as they stood at the end of each, by day of each on which the tally moved
    axis          occurred (when it happened) or recorded (when we knew)
    at_least      wait, at most `wait` seconds, until so many entries are counted; the answer says its lag either way
    exact         quantiles from the change rows themselves instead of buckets

    Of a list:
    queue         its name ('': every case)
    limit         rows of a page
    after         keys of the last row of the page before; at a door the cursor that stands for them
    """

    where: Mapping[str, Any] = {}
    as_of: str | int = ""
    visible: RowFilter | None = None
    by: Sequence[str] | None = None
    since: str = ""
    until: str = ""
    axis: str = "occurred"
    at_least: int | None = None
    wait: float = 5.0
    exact: bool = False
    queue: str = ""
    limit: int = 50
    after: Any = None


class Answer(Struct, kw_only=True):
    """What a tally answers.

    columns    dimensions in the order of the rows, then measures
    rows       dimensions and measures by name, sorted by dimensions
    size       entries of the log that it counts
    lag        entries that the log has beyond that
    failed_at  entry at which the projection stopped, None while it runs
    exact      whether quantiles are exact (else at most 1 % off)
    """

    name: str
    log: str
    columns: list[str]
    measures: list[str]
    rows: list[dict[str, Any]]
    size: int
    lag: int
    failed_at: int | None = None
    error: str = ""
    exact: bool = False
    axis: str = "occurred"
    since: str = ""
    until: str = ""
    as_of: str = ""


class Listing(Struct, kw_only=True):
    """A page of a register.

    after  keys of its last row, by which the next page is asked for; None when this was the last
    total  rows of all pages
    """

    name: str
    log: str
    columns: list[str]
    rows: list[dict[str, Any]]
    size: int
    after: list[Any] | None = None
    total: int
