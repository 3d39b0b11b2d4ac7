"""A tally compiled to SELECTs: one branch, one pass over the rows, for each side and set of dimensions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import (
    case as when,
)
from sqlalchemy.dialects import postgresql

from casework.projection.measures import SIDES, Measure, bucket
from casework.projection.source import AFTER, NotCountable, Source
from casework.projection.tally import Tally

#: entries of one slice: an exact size is the slices before it and the bare SELECT over the rest of one
SLICE = 65_536


class Bounds(NamedTuple):
    """Which change rows: of one log, `since` ≤ seq < `until`."""

    log: str
    since: int
    until: int


class Move(NamedTuple):
    """One measure's part of a branch."""

    name: str
    where: ColumnElement[bool]
    value: ColumnElement[Any]


class Branch(NamedTuple):
    """Rows of one table taken on one side, with one set of dimensions and one date."""

    source: Source
    dims: tuple[ColumnElement[Any], ...]
    day: Column[Any]
    bucket: ColumnElement[Any] | None
    moves: list[Move]
    facts: set[str]  # only where one of these moved can the row move a measure; empty for acts

    def where(self) -> ColumnElement[bool]:
        """Rows that may move something. What stays as it was on both sides cancels out in the sums."""
        any_of = or_(*(move.where for move in self.moves))
        return and_(self.source.moved(frozenset(self.facts)), any_of) if self.facts else any_of


def _moves(tally: Tally, name: str, measure: Measure) -> Iterable[tuple[Any, ...]]:
    """The branches that move a measure: (side, day, where, value)."""
    table = measure.source.table
    condition = measure.condition.on(AFTER)
    weight = table.c.weight if measure.value is None else table.c.weight * measure.value.on(AFTER)
    nothing = frozenset[str]()
    if measure.kind == "count":
        yield AFTER, table.c.occurred_on, condition, weight, nothing
    elif measure.kind == "distinct":
        # kept is a running sum of first touches, right for all time; a range asks the change rows
        yield AFTER, table.c.occurred_on, condition, weight * table.c.first_touch, nothing
    elif measure.source.stock:
        yield AFTER, table.c.effective_on, condition, weight * table.c[measure.source.stock], nothing
    else:
        terms = [measure.condition, *([measure.value] if measure.value is not None else [])]
        terms += [tally.term(measure, dim) for dim in tally.kept]
        facts = frozenset[str]().union(*(term.facts for term in terms))
        for side, sign in SIDES:
            value = table.c.weight if sign > 0 else -table.c.weight
            if measure.value is not None and measure.kind == "stock":
                value = value * measure.value.on(side)
            yield side, table.c.effective_on, measure.condition.on(side), value, facts


@lru_cache(maxsize=256)
def branches(tally: Tally, *, spread: bool) -> list[Branch]:
    """The branches that count a tally's measures: its distributions, or the plain ones."""
    measures = tally.spread if spread else tally.plain
    found: dict[tuple[Any, ...], Branch] = {}
    for name, measure in measures.items():
        for side, day, where, value, facts in _moves(tally, name, measure):
            dims = tuple(tally.term(measure, dim).on(side) for dim in tally.kept)
            within_bucket = bucket(measure.value.on(side)) if spread and measure.value is not None else None
            texts = (_text(dim) for dim in dims)
            key = (measure.source.name, *texts, str(day), name if spread else "")
            branch = found.setdefault(key, Branch(measure.source, dims, day, within_bucket, [], set()))
            branch.moves.append(Move(name, where, value))
            branch.facts.update(facts)
    return list(found.values())


def _text(term: ColumnElement[Any]) -> str:
    """With its values: dimensions that differ in a value alone are different ones."""
    return str(term.compile(compile_kwargs={"literal_binds": True}))


def _bounded(source: Source) -> list[ColumnElement[bool]]:
    table = source.table
    since, until = bindparam("since", type_=BigInteger), bindparam("until", type_=BigInteger)
    return [table.c.log == bindparam("log", type_=table.c.log.type), table.c.seq >= since, table.c.seq < until]


def within(query: Select[Any] | None, bounds: Bounds) -> Select[Any] | None:
    """The SELECT with these bounds written into it."""
    return None if query is None else query.params(**bounds._asdict())


def _dated(branch: Branch) -> list[ColumnElement[Any]]:
    table = branch.source.table
    seq = table.c.seq
    return [
        branch.day.label("day"),
        table.c.recorded_on.label("recorded_on"),
        # whole division in every dialect, DuckDB's included
        cast((seq - seq % SLICE) // SLICE, BigInteger).label("slice"),
    ]


@lru_cache(maxsize=256)
def counts(tally: Tally) -> Select[Any] | None:
    """The plain measures, bounds open: dimensions, day, recorded_on, slice, then each measure."""
    found = branches(tally, spread=False)
    if not found:
        return None
    parts: list[Select[Any]] = []
    for branch in found:
        sums = {}
        for name in tally.plain:
            moves = [move for move in branch.moves if move.name == name]
            sums[name] = sum_of(moves).label(name) if moves else literal(0).label(name)
        columns = [dim.label(name) for name, dim in zip(tally.kept, branch.dims, strict=True)]
        dated = _dated(branch)
        part: Any = select(*columns, *dated, *sums.values()).where(*_bounded(branch.source), branch.where())
        parts.append(part.group_by(*branch.dims, branch.day, branch.source.table.c.recorded_on, dated[2].element))
    return _summed(parts, (*tally.kept, "day", "recorded_on", "slice"), tuple(tally.plain))


def sum_of(moves: list[Move]) -> ColumnElement[Any]:
    """Σ of what the rows move."""
    (move,) = moves
    return func.coalesce(func.sum(when((move.where, move.value), else_=0)), 0)


def _summed(parts: list[Select[Any]], keys: tuple[str, ...], measures: tuple[str, ...]) -> Select[Any]:
    """The branches added up; what cancels out is no row."""
    sub = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("moved")
    sums = [func.sum(sub.c[name]) for name in measures]
    columns = [sub.c[key] for key in keys]
    labelled = [total.label(name) for name, total in zip(measures, sums, strict=True)]
    return select(*columns, *labelled).group_by(*columns).having(or_(*(total != 0 for total in sums)))


@lru_cache(maxsize=256)
def spreads(tally: Tally) -> Select[Any] | None:
    """The distributions, bounds open: dimensions, day, recorded_on, slice, measure, bucket, n."""
    found = branches(tally, spread=True)
    if not found:
        return None
    parts: list[Select[Any]] = []
    for branch in found:
        (name,) = {move.name for move in branch.moves}
        columns = [dim.label(label) for label, dim in zip(tally.kept, branch.dims, strict=True)]
        dated = _dated(branch)
        part = select(
            *columns,
            *dated,
            literal(name).label("measure"),
            _spread_of(branch).label("bucket"),
            sum_of(branch.moves).label("n"),
        ).where(*_bounded(branch.source), branch.where())
        parts.append(
            part.group_by(
                *branch.dims, branch.day, branch.source.table.c.recorded_on, dated[2].element, _spread_of(branch)
            )
        )
    return _summed(parts, (*tally.kept, "day", "recorded_on", "slice", "measure", "bucket"), ("n",))


def _spread_of(branch: Branch) -> ColumnElement[Any]:
    if branch.bucket is None:
        raise NotCountable("a distribution needs a value")
    return branch.bucket


def columns_read(tally: Tally) -> dict[str, set[str]]:
    """Physical columns it reads, by table: what an engine of mass work must be fed."""
    found: dict[str, set[str]] = {}
    for measure in tally.measures.values():
        names = found.setdefault(
            measure.source.table.name, {"log", "seq", "weight", "recorded_on", "occurred_on", "effective_on", "stream"}
        )
        terms = [measure.condition, *(tally.term(measure, dim) for dim in tally.kept)]
        terms += [measure.value] if measure.value is not None else []
        for term in terms:
            names |= term.columns
        if measure.kind == "distinct":
            names.add("first_touch")
        if measure.source.stock:
            names.add(measure.source.stock)
    return found


def literal_sql(query: Any) -> str:
    """The SELECT as text with its values in it, in the dialect that DuckDB reads too."""
    return str(query.compile(dialect=postgresql.dialect(paramstyle="named"), compile_kwargs={"literal_binds": True}))
