"""Read one answer in one snapshot: kept rows, and the SELECT over newer entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, Text, and_, cast, false, func, or_, select, true

from casework.projection import compile as sql
from casework.projection.checkpoint import Checkpoint
from casework.projection.compile import SLICE, Bounds
from casework.projection.measures import Measure, quantile
from casework.projection.packed import add_packed
from casework.projection.question import DATES, Question, RowFilter
from casework.projection.refusals import sentence
from casework.projection.source import AFTER, NotCountable
from casework.projection.tables import TallyTables
from casework.projection.tally import Tally

#: periods without a movement are told for at most so long before the last entry
_YEARS = 50
#: values of the columns grouped by, in their order
Key = tuple[str, ...]


def any_of(visible: RowFilter, column: Callable[[str], ColumnElement[Any]]) -> ColumnElement[bool]:
    """Whether one of the conditions holds; nothing is seen where there is none."""
    return or_(
        false(),
        *(and_(true(), *(column(name).in_(values) for name, values in condition.items())) for condition in visible),
    )


class Reader:
    """Reads the answer to a checked question in one snapshot: what the first `size` entries say."""

    def __init__(
        self,
        db: Connection,
        tally: Tally,
        tables: TallyTables,
        log: str,
        question: Question,
        now: Checkpoint | None,
        size: int,
    ) -> None:
        self.db, self.tally, self.tables, self.log, self.q = db, tally, tables, log, question
        self.now, self.size = now, size
        self.by = tuple(question.by or ())
        self.looks_back = isinstance(question.as_of, int)
        self.dated = bool(question.since or question.until) or any(column in DATES for column in self.by)

    def rows(self) -> list[dict[str, Any]]:
        """The answer, sorted by its columns."""
        sums, spreads = self._moved()
        dates = self._periods({self._dates_of(key) for found in (sums, *spreads.values()) for key in found})
        stocks = self.tally.stocks
        standing = self._standing({k: {n: v for n, v in f.items() if n in stocks} for k, f in sums.items()}, dates)
        sums = {key: {n: v for n, v in found.items() if n not in stocks} for key, found in sums.items()}
        for key, levels in standing.items():
            sums.setdefault(key, {}).update(levels)
        for name, moved in spreads.items():
            for key, values in self._standing(moved, dates).items():
                self._quantiles(sums.setdefault(key, {}), name, values)
        return [self._row(key, sums[key]) for key in sorted(sums) if self._asked(self._dates_of(key))]

    def _moved(self) -> tuple[dict[Key, dict[str, Any]], dict[str, dict[Key, dict[int, int]]]]:
        """Key → what moved there, by measure; and measure → key → how many of each value."""
        sums: dict[Key, dict[str, Any]] = {}
        for source in self._plain_sources():
            self._gather(sums, source)
        for name in self.tally.acts:
            measure = self.tally.plain[name]
            if measure.kind == "distinct" and not self._adds_up(measure):
                self._distinct(sums, name, measure)
        return sums, {n: self._values(m) if self.q.exact else self._buckets(n) for n, m in self.tally.spread.items()}

    def _dates_of(self, key: Key) -> Key:
        return tuple(value for column, value in zip(self.by, key, strict=True) if column in DATES)

    def _periods(self, moved: Collection[Key]) -> list[Key]:
        """The periods that get a row: by month and year every one, by day those in which the tally moved at all.

        Whether anything of what was asked for moved in a period does not matter: a level stands there either way.
        """
        lengths = [DATES[column] for column in self.by if column in DATES]
        if not lengths or not moved or not (self.tally.stocks or self.tally.spread):
            return sorted(moved)
        if max(lengths) == DATES["day"]:
            narrowed = bool(self.q.where) or self.q.visible is not None
            return sorted({*moved, *self._moved_dates()} if narrowed else moved)
        first, (last_year, last_month) = min(max(key) for key in moved), map(int, self._last_day().split("-")[:2])
        begins = max(int(first[:4]), last_year - _YEARS)
        months = (f"{year:04}-{month:02}" for year in range(begins, last_year + 1) for month in range(1, 13))
        ends = f"{last_year:04}-{last_month:02}"
        return sorted({*moved, *(tuple(month[:n] for n in lengths) for month in months if first <= month <= ends)})

    def _moved_dates(self) -> set[Key]:
        """The dates on which the tally moved at all, whatever was asked for of it."""
        question = replace(self.q, by=[column for column in self.by if column in DATES], where={}, visible=None)
        whole = Reader(self.db, self.tally, self.tables, self.log, question, self.now, self.size)
        sums, spreads = whole._moved()
        return {key for found in (sums, *spreads.values()) for key in found}

    def _last_day(self) -> str:
        """The day on which the last counted entry was recorded, or the last one asked for if that is earlier."""
        recorded = [
            self.db.scalar(
                select(table.c.recorded_on)
                .where(table.c.log == self.log, table.c.seq < self.size)
                .order_by(table.c.seq.desc())
                .limit(1)
            )
            for table in {source.table for source in self.tally.sources}
        ]
        last = max((day for day in recorded if day), default="0001-01-01")
        if not self.q.until:
            return last
        return min(last, (dt.date.fromisoformat(self.q.until) - dt.timedelta(days=1)).isoformat())

    def _asked(self, dates: Key) -> bool:
        """Whether these dates lie in the range: stocks are summed from their beginning, and shown from `since` on."""
        lengths = [DATES[column] for column in self.by if column in DATES]
        return all(date >= self.q.since[:length] for date, length in zip(dates, lengths, strict=True))

    def _standing(self, moved: Mapping[Key, Mapping[Any, int]], dates: Sequence[Key]) -> dict[Key, dict[Any, int]]:
        """What moved, as it stood at the end of each date: things stay where nothing moves them."""
        if not any(column in DATES for column in self.by):
            return {key: dict(found) for key, found in moved.items()}
        things: dict[Key, dict[Key, Mapping[Any, int]]] = {}
        for key, found in moved.items():
            rest = tuple(value for column, value in zip(self.by, key, strict=True) if column not in DATES)
            things.setdefault(rest, {})[self._dates_of(key)] = found
        standing: dict[Key, dict[Any, int]] = {}
        for rest, by_date in things.items():
            level: dict[Any, int] = {}
            for date in dates:
                for name, value in by_date.get(date, {}).items():
                    level[name] = level.get(name, 0) + value
                if level:
                    parts = {True: iter(date), False: iter(rest)}
                    standing[tuple(next(parts[column in DATES]) for column in self.by)] = dict(level)
        return standing

    def _row(self, key: tuple[str, ...], found: dict[str, Any]) -> dict[str, Any]:
        row: dict[str, Any] = dict(zip(self.by, key, strict=True))
        row |= {name: int(found.get(name, 0)) for name in self.tally.plain}
        for name in self.tally.spread:
            row[f"{name}_n"] = found.get(f"{name}_n", 0)
            for share in self.tally.shares:
                row[f"{name}_{share}"] = found.get(f"{name}_{share}")
        for name, (top, bottom) in self.tally.rates.items():
            whole = sum(row[part] for part in bottom)
            row[name] = {"numerator": row[top], "denominator": whole, "rate": row[top] / whole if whole else None}
        return row

    # -- whole-number measures: the kept rows up to a slice, and the bare SELECT over the rest --

    def _plain_sources(self) -> Iterable[Any]:
        """Row sources that together hold exactly the entries below `size`."""
        if self.now is not None and not self.looks_back and not self.dated:
            yield select(self.tables.now).where(*self._mine(self.tables.now)).subquery("k")
            return
        since = 0
        if self.now is not None:
            days = self.tables.days
            mine = self._mine(days)
            if not self.looks_back:
                since = self.size
            else:
                # what is kept of the slice that holds `size` may already count beyond it
                since = min(self.now.size, self.size) // SLICE * SLICE
                mine.append(days.c.slice < since // SLICE)
            yield select(days).where(*mine).subquery("k")
        if since < self.size:
            query = sql.within(sql.counts(self.tally), Bounds(self.log, since, self.size))
            if query is not None:
                yield query.subquery("k")

    def _mine(self, table: Any) -> list[ColumnElement[bool]]:
        generation = self.now.generation if self.now else 0
        return [table.c.log == self.log, table.c.generation == generation]

    def _keys(self, rows: Any) -> list[ColumnElement[Any]]:
        date = self._date(rows)
        return [func.substr(date, 1, DATES[c]) if c in DATES else rows.c[c] for c in self.by]

    def _date(self, rows: Any) -> ColumnElement[Any]:
        return rows.c.day if self.q.axis == "occurred" else rows.c.recorded_on

    def _filters(self, rows: Any) -> list[ColumnElement[bool]]:
        return self._asked_for(lambda column: rows.c[column])

    def _asked_for(self, column: Callable[[str], ColumnElement[Any]]) -> list[ColumnElement[bool]]:
        """What was asked for, and of that what the reader may see."""
        wanted: list[ColumnElement[bool]] = [column(name).in_(values) for name, values in self.q.where.items()]
        return wanted if self.q.visible is None else [*wanted, any_of(self.q.visible, column)]

    def _gather(self, sums: dict[Key, dict[str, Any]], rows: Any) -> None:
        if not self.tally.plain:
            return
        keys = self._keys(rows) if self.dated else [rows.c[c] for c in self.by]
        for names, window in self._windows(rows):
            query: Select[*tuple[Any, ...]] = select(*keys, *(func.sum(rows.c[name]) for name in names))
            query = query.where(*self._filters(rows))
            query = query.where(*window).group_by(*keys) if keys else query.where(*window)
            for row in self.db.execute(query):
                key = tuple(row[: len(keys)])
                if not keys and all(v is None for v in row):
                    continue
                found = sums.setdefault(key, {})
                for name, value in zip(names, row[len(keys) :], strict=True):
                    found[name] = found.get(name, 0) + int(value or 0)

    def _windows(self, rows: Any) -> list[tuple[list[str], list[ColumnElement[bool]]]]:
        """Measures with the dates that they are summed over: acts within the range, stocks up to its end."""
        acts, stocks = list(self.tally.acts), list(self.tally.stocks)
        if not self.dated:
            return [(acts + stocks, [])]
        date = self._date(rows)
        upto = [date < self.q.until] if self.q.until else []
        since = [date >= self.q.since] if self.q.since else []
        both = [(acts, [*since, *upto])] if acts else []
        return [*both, (stocks, upto)] if stocks else both

    # -- different things, and how facts are spread --

    def _adds_up(self, measure: Measure) -> bool:
        """Whether kept first touches are the answer: only person by person, over all time and all places.

        A first touch is one person's first of one case: summed over persons, a case that two touched would count twice;
        and a case that has moved was first touched under its place of that day.
        """
        persons = {c for c in self.tally.kept if self.tally.term(measure, c).columns == {"counts_for"}}
        mine = persons.intersection(self.by)
        everywhere = not self.dated and not self.looks_back and self.q.visible is None
        return everywhere and bool(mine) and {*self.by, *self.q.where} <= persons

    def _distinct(self, sums: dict[Key, dict[str, Any]], name: str, measure: Measure) -> None:
        """Different things within the range, from the change rows; exact, corrections included."""
        for found in sums.values():
            found[name] = 0
        table = measure.source.table
        date = table.c.occurred_on if self.q.axis == "occurred" else table.c.recorded_on
        keys = self._exprs(measure, date)
        where = [table.c.log == self.log, table.c.seq < self.size, measure.condition.on(AFTER)]
        where += self._range(date, since=True) + self._among(measure)
        each = (
            select(*(k.label(f"k{i}") for i, k in enumerate(keys)), table.c.stream.label("thing"))
            .where(*where)
            .group_by(*keys, table.c.stream)
            .having(func.sum(table.c.weight) > 0)
            .subquery("each_thing")
        )
        labels = [each.c[f"k{i}"] for i in range(len(keys))]
        for row in self.db.execute(
            select(*labels, func.count()).group_by(*labels) if labels else select(func.count()).select_from(each)
        ):
            sums.setdefault(tuple(row[:-1]), {})[name] = int(row[-1])

    def _exprs(self, measure: Measure, date: ColumnElement[Any]) -> list[ColumnElement[Any]]:
        return [
            func.substr(date, 1, DATES[c]) if c in DATES else self.tally.term(measure, c).on(AFTER) for c in self.by
        ]

    def _among(self, measure: Measure) -> list[ColumnElement[bool]]:
        return self._asked_for(lambda column: self.tally.term(measure, column).on(AFTER))

    def _range(self, date: ColumnElement[Any], *, since: bool) -> list[ColumnElement[bool]]:
        found = [date < self.q.until] if self.q.until else []
        return [*found, date >= self.q.since] if since and self.q.since else found

    def _buckets(self, name: str) -> dict[Key, dict[int, int]]:
        """How many lie in which bucket: few rows of the database for each key, since buckets are many."""
        found: dict[Key, dict[int, int]] = {}
        for rows in self._spread_sources():
            keys = self._keys(rows) if self.dated else [rows.c[c] for c in self.by]
            where = [rows.c.measure == name]
            where += self._filters(rows)
            where += self._range(self._date(rows), since=False) if self.dated else []
            if "buckets" in rows.c:
                query = select(*keys, rows.c.buckets).where(*where)
            else:
                query = select(*keys, _packed(rows.c.bucket, rows.c.n)).where(*where).group_by(*keys)
            for row in self.db.execute(query):
                if row[-1]:
                    add_packed(found.setdefault(tuple(row[:-1]), {}), row[-1])
        return found

    def _spread_sources(self) -> Iterable[Any]:
        spread, spread_now = self.tables.spread, self.tables.spread_now
        if spread is None or spread_now is None:
            return
        if self.now is not None and not self.looks_back and not self.dated:
            yield select(spread_now).where(*self._mine(spread_now)).subquery("s")
            return
        since = 0
        if self.now is not None:
            mine = self._mine(spread)
            since = self.size
            if self.looks_back:
                since = min(self.now.size, self.size) // SLICE * SLICE
                mine.append(spread.c.slice < since // SLICE)
            yield select(spread).where(*mine).subquery("s")
        if since < self.size:
            query = sql.within(sql.spreads(self.tally), Bounds(self.log, since, self.size))
            if query is not None:
                yield query.subquery("s")

    def _values(self, measure: Measure) -> dict[Key, dict[int, int]]:
        """Every value with how often it stands, from the change rows: quantiles of it are exact."""
        if measure.value is None:
            raise NotCountable(*sentence("distribution-without-value"))
        found: dict[Key, dict[int, int]] = {}
        table = measure.source.table
        terms = [measure.condition, measure.value, *(self.tally.term(measure, dim) for dim in self.tally.kept)]
        moved = measure.source.moved(frozenset().union(*(term.facts for term in terms)))
        date = table.c.effective_on if self.q.axis == "occurred" else table.c.recorded_on
        for side, sign in sql.SIDES:
            keys = [
                func.substr(date, 1, DATES[c]) if c in DATES else self.tally.term(measure, c).on(side) for c in self.by
            ]
            value = measure.value.on(side)
            where = [table.c.log == self.log, table.c.seq < self.size, moved, measure.condition.on(side)]
            where += self._asked_for(lambda column, side=side: self.tally.term(measure, column).on(side))
            where += self._range(date, since=False)
            query = select(*keys, value, func.sum(table.c.weight)).where(*where).group_by(*keys, value)
            for row in self.db.execute(query):
                values = found.setdefault(tuple(row[: len(keys)]), {})
                shown, number = tuple(row)[-2:]
                values[shown] = values.get(shown, 0) + sign * int(number)
        return found

    def _quantiles(self, found: dict[str, Any], name: str, values: Mapping[int, int]) -> None:
        ordered = sorted(values)
        upto = list(accumulate(values[value] for value in ordered))
        found[f"{name}_n"] = upto[-1] if upto else 0
        for share, part in self.tally.shares.items():
            found[f"{name}_{share}"] = quantile(ordered, upto, part)


def _packed(bucket: ColumnElement[int], number: ColumnElement[int]) -> ColumnElement[str]:
    """What `packed` writes, by the database; in no order."""
    return func.aggregate_strings(cast(bucket, Text) + "," + cast(number, Text), ",")
