"""Count change rows in memory, during a full rebuild and in short windows.

Every branch of every tally becomes part of one Python function per change table, made from the very expressions of the
compiled SELECT: a database and this module count the same. What several questions ask of a row is asked once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, select

from casework.projection.compile import SLICE, Bounds, Branch, bounded, branches, sides
from casework.projection.source import Source
from casework.projection.tally import Tally
from casework.projection.to_python import NAMES, Untranslatable, python_of
from casework.projection.totals import Counted, Row

#: key (dimensions, day, recorded_on, slice, and of a distribution measure and bucket) → sums
Sums = dict[tuple[Any, ...], list[int]]
#: change rows of one table up to which they are counted here rather than by the database
FEW = 16


class RowCounter:
    """The counts of several tallies while rows pass. Raises Untranslatable where only a database can count one."""

    def __init__(self, tallies: Sequence[Tally]) -> None:
        self._sums: list[tuple[Sums, Sums]] = [({}, {}) for _ in tallies]
        self._all = [sums for pair in self._sums for sums in pair]
        self._counts = _functions(tuple(tallies))

    def count(self, table: str, rows: Sequence[Row]) -> None:
        """Rows of a change table, in the order of its columns."""
        if rows and table in self._counts:
            self._counts[table](rows, self._all)

    def __len__(self) -> int:
        """How many rows of counts are in memory."""
        return sum(len(sums) for sums in self._all)

    def take(self) -> list[Counted]:
        """What was counted since the last time, tally by tally; what cancelled out is no row."""
        taken = [Counted(*[[(*k, *v) for k, v in sums.items() if any(v)] for sums in pair]) for pair in self._sums]
        for sums in self._all:
            sums.clear()
        return taken


def count_few(db: Connection, tally: Tally, bounds: Bounds) -> Counted | None:
    """What a window of at most `FEW` change rows adds; None where it has more, or only a database can count them.

    To compile the SELECTs of all tallies takes 0.2 s, which a run of one command would spend on one entry.
    """
    found: dict[str, list[Row]] = {}
    for source in tally.sources:
        found[source.table.name] = rows = [tuple(row) for row in db.execute(_few_rows(source), bounds._asdict())]
        if len(rows) > FEW:
            return None
    if not any(found.values()):
        return Counted([], [])
    try:
        counter = RowCounter([tally])
    except Untranslatable:
        return None
    for table, rows in found.items():
        counter.count(table, rows)
    return counter.take()[0]


@lru_cache(maxsize=64)
def _few_rows(source: Source) -> Select[Any]:
    """The change rows within bounds: at most one more than `FEW`."""
    return select(source.table).where(*bounded(source)).limit(FEW + 1)


@lru_cache(maxsize=256)
def _functions(tallies: tuple[Tally, ...]) -> dict[str, Callable[[Sequence[Row], list[Sums]], None]]:
    """Change table → the function that counts its rows for all TALLIES."""
    writers: dict[str, _Writer] = {}
    for at, tally in enumerate(tallies):
        for into, spread in ((2 * at, False), (2 * at + 1, True)):
            names = [] if spread else list(tally.plain)
            for pair in sides(branches(tally, spread=spread)):
                table = pair[0].source.table
                writers.setdefault(table.name, _Writer(table)).add(pair, into, names)
    return {name: writer.made() for name, writer in writers.items()}


class _Writer:
    """Writes the function that counts the rows of one table."""

    def __init__(self, table: Table) -> None:
        self._place = {column.name: at for at, column in enumerate(table.columns)}
        self._acts: list[str] = []
        self._moves: list[str] = []
        self._facts: set[str] = set()
        self._known: dict[str, str] = {}  # source → the name that holds its value, for every row
        self._known_moved: dict[str, str] = {}  # the same, only where a fact moved
        self._used: set[int] = set()

    def add(self, pair: tuple[Branch, ...], into: int, names: Sequence[str]) -> None:
        self._used.add(into)
        self._moved = bool(pair[0].facts)
        self._lines = self._moves if self._moved else self._acts
        self._facts |= pair[0].facts
        width = len(names) or 1
        sides = [self._side(branch) for branch in pair]
        place = {move.name: names.index(move.name) if names else 0 for move in pair[0].moves}
        if len(pair) == 1:
            (branch,), ((key, wheres, values),) = pair, sides
            self._line(f"if {' or '.join(wheres)}:")
            self._sum(" ", key, into, width)
            for move, where, value in zip(branch.moves, wheres, values, strict=True):
                self._line(f" if {where}: s[{place[move.name]}] += {value}")
            return
        (key, wheres, values), (key_before, wheres_before, values_before) = sides
        some, some_before = " or ".join(wheres), " or ".join(wheres_before)
        self._line(f"if {some} or {some_before}:")
        self._line(f" k, kb = {key}, {key_before}")
        # where both sides fall on one row, most cancel out and need none
        self._line(" if k == kb:")
        for at in range(len(wheres)):
            after = f"({values[at]} if {wheres[at]} else 0)"
            before = f"({values_before[at]} if {wheres_before[at]} else 0)"
            self._line(f"  d{at} = {after} + {before}")
        self._line(f"  if {' or '.join(f'd{at}' for at in range(len(wheres)))}:")
        self._sum("   ", "k", into, width)
        for at, move in enumerate(pair[0].moves):
            self._line(f"   s[{place[move.name]}] += d{at}")
        self._line(" else:")
        for name, branch, conditions, amounts in (
            ("k", pair[0], wheres, values),
            ("kb", pair[1], wheres_before, values_before),
        ):
            self._line(f"  if {' or '.join(conditions)}:")
            self._sum("   ", name, into, width)
            for move, where, value in zip(branch.moves, conditions, amounts, strict=True):
                self._line(f"   if {where}: s[{place[move.name]}] += {value}")

    def made(self) -> Callable[[Sequence[Row], list[Sums]], None]:
        lines = ["def count(rows, sums):"]
        lines += [f" s{at} = sums[{at}]; g{at} = s{at}.get" for at in sorted(self._used)]
        lines.append(" for r in rows:")
        lines += self._acts
        if self._moves:
            befores = " and ".join(f"{self._read(f'before_{fact}')} is None" for fact in sorted(self._facts))
            lines.append(f"  if {befores}: continue")
            lines += self._moves
        made: dict[str, Any] = {}
        exec("\n".join(lines), dict(NAMES), made)  # noqa: S102 — of expressions of our own, every value written by repr
        return made["count"]

    def _line(self, text: str) -> None:
        self._lines.append(f"  {text}")

    def _sum(self, indent: str, key: str, into: int, width: int) -> None:
        if key not in ("k", "kb"):
            self._line(f"{indent}k = {key}")
            key = "k"
        self._line(f"{indent}s = g{into}({key})")
        self._line(f"{indent}if s is None: s{into}[{key}] = s = [0] * {width}")

    def _side(self, branch: Branch) -> tuple[str, list[str], list[str]]:
        wheres = [self._keep(python_of(move.where, self._column, self._keep)) for move in branch.moves]
        values = [python_of(move.value, self._column, self._keep) for move in branch.moves]
        key = [python_of(dim, self._column, self._keep) for dim in branch.dims]
        key += [self._column(branch.day), self._read("recorded_on"), self._keep(f"{self._read('seq')} // {SLICE}")]
        if branch.bucket is not None:
            # nobody else asks for it, and few rows need it: it is worked out where it is used
            key += [repr(branch.moves[0].name), python_of(branch.bucket, self._column, _as_is)]
        return f"({', '.join(key)},)", wheres, values

    def _column(self, column: Column[Any]) -> str:
        return self._keep(self._read(column.name))

    def _read(self, name: str) -> str:
        return f"r[{self._place[name]}]"

    def _keep(self, source: str) -> str:
        """A name that holds what SOURCE says, worked out once for each row."""
        if source.isidentifier():
            return source
        name = self._known.get(source) or (self._known_moved.get(source) if self._moved else None)
        if name is None:
            name = f"v{len(self._known) + len(self._known_moved)}"
            (self._known_moved if self._moved else self._known)[source] = name
            self._line(f"{name} = {source}")
        return name


def _as_is(source: str) -> str:
    return source
