"""Columns that every change line begins with, and types that lines share.

Three dates: `recorded_on` is when we knew, `occurred_on` when it happened, and `effective_on`, the latest `occurred_on`
of the stream so far, dates stocks: no figure of "open on that day" is ever negative.

`line` counts from 0 within an entry and a table. An entry that is no correction has line 0 in `case_change`. A
correction first lists, in the order of the stream, each earlier entry whose lines it changes: reversed (`weight` −1,
as they stood), then corrected (`weight` +1); its own line comes last. Such lines carry `of_seq` and `rev` of the entry
they describe, but the correction's `seq` and `recorded_on`; elsewhere `of_seq` equals `seq`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from casework.database.metadata import APPEND_ONLY, log_table, smalls, texts, wholes

#: values of a line in the order of its columns; those that a kind makes begin at `effective_on`, `Rows` adds the rest.
#: A plain tuple, because a county's whole history passes here
Tail = tuple[Any, ...]
#: lines with their weights
Lines = Sequence[tuple[int, Tail]]
FOR_SCOPE = "for the scope of readers"
LATE = "days between occurrence and recording"
#: activities and the roster know no levels of secrecy: they are seen as cases are by default, within the office
CONFIDENTIALITY = "internal"


def change_table(name: str, *items: Any, effective_on: str = "", comment: str) -> Table:
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


@lru_cache(maxsize=8192)
def _day(on: str) -> int:
    return date.fromisoformat(on).toordinal()


def days_between(start: str, end: str) -> int:
    """Calendar days from one local date to another; negative when the end lies first."""
    return 0 if start == end else _day(end) - _day(start)
