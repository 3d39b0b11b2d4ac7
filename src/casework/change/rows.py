"""Change rows of entries: gathered with their numbers and weights, then written.

The append hands over each entry with the states around it; a rebuild hands over the same, folded from stored bytes. So
both write equal rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import compress
from operator import is_not, itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table

from casework.change.case_lines import now_row
from casework.change.columns import Tail
from casework.change.tables import CHANGES, SEQUENCED, MakeLines, case_change, case_now
from casework.database.rows import Insert, add_rows, insert_into
from casework.law.cases.corrections import corrected
from casework.law.cases.facts import FACTS
from casework.law.cases.state import CaseState
from casework.law.event import Recorded
from casework.law.kinds import KINDS, Kind

if TYPE_CHECKING:
    from casework.log.submission import Appended

#: on PostgreSQL, from how many rows on COPY beats statements (measured: by half for two, ninefold for thousands)
_COPY_FROM = 2


class Rows:
    """Rows gathered for one log, by table and in the order of its columns; written together, then cleared."""

    __slots__ = ("latest", "lines", "log")

    def __init__(self, log: str) -> None:
        self.log = log
        self.lines: dict[Table, list[Tail]] = {table: [] for table in SEQUENCED}
        #: stream of a case → its latest entry, and the state after it
        self.latest: dict[str, tuple[Recorded, CaseState]] = {}

    def add(self, recorded: Recorded, before: Any, after: Any, history: Sequence[Recorded] | None = None) -> None:
        """What one entry changed. HISTORY, for a correction: its whole stream as stored, up to and including it."""
        kind = recorded.stream.partition("/")[0]
        for table, make in CHANGES.get(kind, ()):
            if recorded.event.corrects:
                lines = _of_correction(_whole(recorded, history), KINDS[kind], make)
            else:
                lines = [(weight, (*_start(recorded), *tail)) for weight, tail in make(recorded, before, after)]
            for line, (weight, values) in enumerate(lines):
                self.lines[table].append((self.log, recorded.seq, line, recorded.recorded_on, weight, *values))
        if kind == "case":
            self.latest[recorded.stream] = recorded, after

    def now(self) -> dict[str, Tail]:
        """The row of `case_now` of each case that moved: stream → row."""
        return {stream: now_row(self.log, *latest) for stream, latest in sorted(self.latest.items())}


def _start(r: Recorded) -> Tail:
    """The values from `of_seq` to `occurred_on`, which say of which entry a line is."""
    return r.seq, r.stream, r.rev, r.event.name, r.actor, r.role, r.unit, r.counts_for, r.occurred_on


def _whole(correction: Recorded, history: Sequence[Recorded] | None) -> Sequence[Recorded]:
    if not history or history[-1].rev != correction.rev or len(history) != correction.rev + 1:
        had = "none" if history is None else f"{len(history)} entries"
        raise ValueError(
            f"a correction needs its whole stream {correction.stream}, {correction.rev + 1} entries "
            f"up to and including it, but was given {had}"
        )
    return history


def _of_correction(stored: Sequence[Recorded], kind: Kind, make: MakeLines) -> list[tuple[int, Tail]]:
    """A correction's lines: entry by entry what it changed, reversed and written again, then its own."""
    stood, stands = (_folded(history, kind, make) for history in (stored[:-1], stored))
    lines: list[tuple[int, Tail]] = []
    for was, now in zip(stood, stands, strict=False):
        if was != now:
            lines += [(-weight, values) for weight, values in was]
            lines += now
    return lines + stands[-1]


def _folded(history: Sequence[Recorded], kind: Kind, make: MakeLines) -> list[list[tuple[int, Tail]]]:
    """The lines of each entry of a stream, corrections applied."""
    state, found = kind.state(), list[list[tuple[int, Tail]]]()
    for recorded in corrected(history):
        before, state = state, kind.evolve(state, recorded)
        found.append([(weight, (*_start(recorded), *tail)) for weight, tail in make(recorded, before, state)])
    return found


def hook(connection: Connection, log: str, appended: Sequence[Appended]) -> None:
    """Write what these entries changed; runs in the transaction that appends them."""
    rows = Rows(log)
    for one in appended:
        rows.add(one.recorded, one.before, one.after, one.history)
    write(connection, rows)


def write(connection: Connection, rows: Rows) -> None:
    """Put rows into their tables, by position and without a dict per row."""
    tables = [(table, lines) for table, lines in rows.lines.items() if lines]
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
