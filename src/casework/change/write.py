"""Write change rows, within the append or in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress
from operator import is_not, itemgetter
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Table

from casework.change.case_lines import Tail
from casework.change.lines import Rows
from casework.change.tables import (
    activity_change,
    case_change,
    case_now,
    finding_change,
    hold_change,
    roster_change,
    survey_change,
)
from casework.database.rows import Insert, add_rows, insert_into
from casework.law.cases.facts import FACTS

if TYPE_CHECKING:
    from casework.log.submission import Appended

#: on PostgreSQL, from how many rows on COPY beats statements (measured: by half for two, ninefold for thousands)
_COPY_FROM = 2


def hook(connection: Connection, log: str, appended: Sequence[Appended]) -> None:
    """Write what these entries changed; runs in the transaction that appends them."""
    rows = Rows(log)
    for one in appended:
        rows.add(one.recorded, one.before, one.after, one.history)
    write(connection, rows)


def by_table(rows: Rows) -> tuple[tuple[Table, list[Tail]], ...]:
    """The lines of each change table, which are keyed by their place in the log."""
    return (
        (case_change, rows.case),
        (hold_change, rows.hold),
        (activity_change, rows.activity),
        (survey_change, rows.survey),
        (finding_change, rows.finding),
        (roster_change, rows.roster),
    )


def write(connection: Connection, rows: Rows) -> None:
    """Put rows into their tables, by position and without a dict per row."""
    tables = [(table, lines) for table, lines in by_table(rows) if lines]
    # in the order of streams everywhere, so that an append and a rebuild wait for each other but never both
    latest = list(rows.now().values())
    if connection.dialect.name == "sqlite":
        inserts: list[Insert] = []
        for table, lines in tables:
            if table is case_change:
                inserts += ((_into_told(told), some, "") for told, some in _by_what_changed(lines))
            else:
                inserts.append((_into(table), lines, ""))
        if latest:
            inserts.append((_into(case_now), latest, _keep_latest()))
        add_rows(connection, inserts)
        return
    for table, lines in tables:
        _copy(connection, table, lines)
    if latest:
        _execute(connection, case_now, latest, _keep_latest())


def _copy(connection: Connection, table: Table, lines: list[Tail]) -> None:
    """Add rows on PostgreSQL."""
    if len(lines) < _COPY_FROM:
        _execute(connection, table, lines)
        return
    driver = connection.connection.driver_connection
    assert driver is not None  # noqa: S101 — a connection in use has one
    with driver.cursor() as cursor, cursor.copy(_copy_from(table)) as copy:
        for line in lines:
            copy.write_row(line)


def _execute(connection: Connection, table: Table, lines: list[Tail], then: str = "") -> None:
    connection.exec_driver_sql(f"{_into(table)} VALUES ({', '.join(['%s'] * len(lines[0]))}){then}", lines)


# Python's sqlite3 takes half a microsecond to bind a None, and most of a line's facts before are None: more than half
# of the time of writing it. Lines that tell of the same facts before share a statement that names only these.
_NAMES = case_change.columns.keys()
_BEFORE = _NAMES.index(f"before_{FACTS[0]}")
_NONE: Tail = (None,) * len(FACTS)


def _by_what_changed(lines: list[Tail]) -> Iterator[tuple[tuple[bool, ...], list[Tail]]]:
    """Which facts before are told, and the lines that tell these: without the others."""
    found: dict[tuple[bool, ...], list[Tail]] = {}
    for line in lines:
        told = tuple(map(is_not, line[_BEFORE:], _NONE))
        like = found.get(told)
        if like is None:
            found[told] = [line]
        else:
            like.append(line)
    for told, like in found.items():
        yield told, list(map(itemgetter(*_told(told)), like))


def _told(told: tuple[bool, ...]) -> list[int]:
    return [*range(_BEFORE), *compress(range(_BEFORE, len(_NAMES)), told)]


@lru_cache(maxsize=1024)
def _into_told(told: tuple[bool, ...]) -> str:
    return insert_into("case_change", (_NAMES[place] for place in _told(told)))


@cache
def _copy_from(table: Table) -> str:
    return f"COPY {table.name} ({', '.join(table.columns.keys())}) FROM STDIN"


@cache
def _into(table: Table) -> str:
    return insert_into(table.name, table.columns.keys())


@cache
def _keep_latest() -> str:
    """A row of `case_now` gives way to an equal or later revision only: a rebuild never overtakes an append."""
    keys = {column.name for column in case_now.primary_key}
    moved = ", ".join(f"{c.name} = excluded.{c.name}" for c in case_now.columns if c.name not in keys)
    return f" ON CONFLICT (log, stream) DO UPDATE SET {moved} WHERE excluded.rev >= case_now.rev"
