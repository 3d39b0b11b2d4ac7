"""Compile a tally to one SELECT over change rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy import (
    case as when,
)
from sqlalchemy.sql.util import ClauseAdapter
from sqlalchemy.sql.visitors import iterate

from casework.projection.measures import SIDES, Measure, bucket
from casework.projection.refusals import sentence
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
    carried: set[str]  # of these, facts that say where or how much: where one moved, both sides are taken

    def where(self) -> ColumnElement[bool]:
        """Rows that may move something. What stays as it was on both sides cancels out in the sums."""
        any_of = or_(*(move.where for move in self.moves))
        return and_(self.source.moved(frozenset(self.facts)), any_of) if self.facts else any_of


def _moves(tally: Tally, name: str, measure: Measure) -> Iterable[tuple[Any, ...]]:
    """The branches that move a measure: (side, day, where, value, facts, facts carried)."""
    table = measure.source.table
    condition = measure.condition.on(AFTER)
    weight = table.c.weight if measure.value is None else table.c.weight * measure.value.on(AFTER)
    nothing = frozenset[str]()
    if measure.kind == "count":
        yield AFTER, table.c.occurred_on, condition, weight, nothing, nothing
    elif measure.kind == "distinct":
        # kept is a running sum of first touches, right for all time; a range asks the change rows
        yield AFTER, table.c.occurred_on, condition, weight * table.c.first_touch, nothing, nothing
    elif measure.source.stock:
        yield AFTER, table.c.effective_on, condition, weight * table.c[measure.source.stock], nothing, nothing
    else:
        terms = [tally.term(measure, dim) for dim in tally.kept]
        terms += [measure.value] if measure.value is not None else []
        carried = frozenset[str]().union(*(term.facts for term in terms))
        facts = carried | measure.condition.facts
        for side, sign in SIDES:
            value = table.c.weight if sign > 0 else -table.c.weight
            if measure.value is not None and measure.kind == "stock":
                value = value * measure.value.on(side)
            yield side, table.c.effective_on, measure.condition.on(side), value, facts, carried


@lru_cache(maxsize=256)
def branches(tally: Tally, *, spread: bool) -> list[Branch]:
    """The branches that count a tally's measures: its distributions, or the plain ones."""
    measures = tally.spread if spread else tally.plain
    found: dict[tuple[Any, ...], Branch] = {}
    for name, measure in measures.items():
        for side, day, where, value, facts, carried in _moves(tally, name, measure):
            dims = tuple(tally.term(measure, dim).on(side) for dim in tally.kept)
            within_bucket = bucket(measure.value.on(side)) if spread and measure.value is not None else None
            texts = (_text(dim) for dim in dims)
            key = (measure.source.name, *texts, str(day), name if spread else "")
            branch = found.setdefault(key, Branch(measure.source, dims, day, within_bucket, [], set(), set()))
            branch.moves.append(Move(name, where, value))
            branch.facts.update(facts)
            branch.carried.update(carried)
    return list(found.values())


def _text(term: ColumnElement[Any]) -> str:
    """With its values: dimensions that differ in a value alone are different ones."""
    return str(term.compile(compile_kwargs={"literal_binds": True}))


def bounded(source: Source) -> list[ColumnElement[bool]]:
    """Which change rows, bounds open."""
    table = source.table
    since, until = bindparam("since", type_=BigInteger), bindparam("until", type_=BigInteger)
    return [table.c.log == bindparam("log", type_=table.c.log.type), table.c.seq >= since, table.c.seq < until]


def within(query: Select[*tuple[Any, ...]] | None, bounds: Bounds) -> Select[*tuple[Any, ...]] | None:
    """The SELECT with these bounds written into it."""
    return None if query is None else query.params(**bounds._asdict())


@lru_cache(maxsize=256)
def counts(tally: Tally) -> Select[*tuple[Any, ...]] | None:
    """The plain measures, bounds open: dimensions, day, recorded_on, slice, then each measure."""
    return _summed(tally, spread=False, measures=tuple(tally.plain))


@lru_cache(maxsize=256)
def spreads(tally: Tally) -> Select[*tuple[Any, ...]] | None:
    """The distributions, bounds open: dimensions, day, recorded_on, slice, measure, bucket, n."""
    return _summed(tally, spread=True, measures=("n",))


def sides(found: list[Branch]) -> Iterator[tuple[Branch, ...]]:
    """Branches that take the two sides of the same measures go together; acts stand alone."""
    left = list(found)
    while left:
        one = left.pop(0)
        names = [move.name for move in one.moves]
        like = [o for o in left if one.facts and o.facts == one.facts and [m.name for m in o.moves] == names]
        if like:
            left.remove(like[0])
        yield (one, *like[:1])


def _summed(tally: Tally, *, spread: bool, measures: tuple[str, ...]) -> Select[*tuple[Any, ...]] | None:
    """Every row that may move something, on each side that it is taken on, added up; what cancels out is no row."""
    taken: list[Select[*tuple[Any, ...]]] = []
    for place, pair in enumerate(sides(branches(tally, spread=spread))):
        parts = [_taken(branch, tally, spread=spread, measures=measures) for branch in pair]
        if len(pair) == 1:
            taken.append(parts[0].where(*bounded(pair[0].source), pair[0].where()))
            continue
        rows = ClauseAdapter(_rows(pair, parts).cte(f"moved_{place}"))
        taken += [select(*(rows.traverse(column) for column in part.selected_columns)) for part in parts]
    if not taken:
        return None
    sub = (union_all(*taken) if len(taken) > 1 else taken[0]).subquery("taken")
    keys = [sub.c[key] for key in (*tally.kept, *DATED, *(("measure", "bucket") if spread else ()))]
    sums = [func.sum(sub.c[name]) for name in measures]
    labelled = [total.label(name) for name, total in zip(measures, sums, strict=True)]
    return select(*keys, *labelled).group_by(*keys).having(or_(*(total != 0 for total in sums)))


#: what a row of counts is dated by
DATED = ("day", "recorded_on", "slice")


def _taken(branch: Branch, tally: Tally, *, spread: bool, measures: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    """A branch's rows as they are: dimensions, dates, and what each moves."""
    table = branch.source.table
    seq = table.c.seq
    columns = [dim.label(name) for name, dim in zip(tally.kept, branch.dims, strict=True)]
    dates = (branch.day, table.c.recorded_on, seq // SLICE)
    columns += [date.label(name) for date, name in zip(dates, DATED, strict=True)]
    if spread:
        (move,) = branch.moves
        if branch.bucket is None:
            raise NotCountable(*sentence("distribution-without-value"))
        return select(
            *columns,
            literal(move.name).label("measure"),
            branch.bucket.label("bucket"),
            _if(move.where, move.value).label("n"),
        )
    moved = {move.name: _if(move.where, move.value) for move in branch.moves}
    return select(*columns, *(moved.get(name, literal(0)).label(name) for name in measures))


def _rows(pair: tuple[Branch, ...], parts: list[Select[*tuple[Any, ...]]]) -> Select[*tuple[Any, ...]]:
    """The rows of a change that differ on its two sides, with the columns that either side reads: one look at each."""
    after, before = pair
    columns = {
        column.name: column
        for part in parts
        for element in part.selected_columns
        for column in iterate(element)
        if isinstance(column, Column)
    }
    differ: list[ColumnElement[bool]] = [after.source.moved(frozenset(after.carried))] if after.carried else []
    if judged := after.facts - after.carried:
        held = {move.name: move.where for move in before.moves}
        changed = or_(*(_if(move.where, 1) != _if(held[move.name], 1) for move in after.moves))
        differ.append(and_(after.source.moved(frozenset(judged)), changed))
    return select(*columns.values()).where(*bounded(after.source), or_(*differ))


def _if(condition: ColumnElement[bool], value: Any) -> ColumnElement[Any]:
    return when((condition, value), else_=0)
