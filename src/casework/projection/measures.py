"""Measures of a tally: acts are counted, cases are stocks, distributions are buckets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, func, literal
from sqlalchemy import case as when

from casework.projection.refusals import sentence
from casework.projection.source import AFTER, BEFORE, NotCountable, Source, Term
from casework.text import listed

#: durations are kept in buckets at most 1/128 wide of their value
_FINE = 7
_LARGEST = 40


class Measure(Struct, frozen=True, kw_only=True):
    """One figure.

    kind       count, stock, distinct or distribution
    condition  which rows count
    value      what is summed (None: 1)
    dims       dimension → its own expression, where it differs from the tally's
    """

    kind: str
    condition: Term
    value: Term | None = None
    dims: dict[str, Term] = {}

    @property
    def source(self) -> Source:
        """The change table it counts over."""
        return self.condition.source

    @property
    def is_stock(self) -> bool:
        """Whether it is a figure about things, which leave it as they entered it."""
        return self.kind in ("stock", "distribution")


def count(condition: Term, sum: Term | None = None, **dims: Term) -> Measure:
    """Acts: things that happened, dated by when they occurred. With `sum`, that measure of theirs."""
    return Measure(kind="count", condition=condition, value=sum, dims=dims)


def stock(condition: Term, sum: Term | None = None, **dims: Term) -> Measure:
    """Things for which `condition` holds: +1 when it begins to, −1 when it ceases. With `sum`, that fact of theirs.

    Raises NotCountable when condition, sum or a dimension belongs to an entry and not to the thing.
    """
    measure = Measure(kind="stock", condition=condition, value=sum, dims=dims)
    for term in (condition, sum, *dims.values()):
        if term is not None and term.per_entry:
            raise NotCountable(*sentence("stock-of-entries", columns=listed(sorted(term.columns))))
    return measure


def distinct(condition: Term, **dims: Term) -> Measure:
    """Different things among the acts for which `condition` holds: a case touched twice is one case."""
    return Measure(kind="distinct", condition=condition, dims=dims)


def distribution(value: Term, where: Term, **dims: Term) -> Measure:
    """How a fact is spread over the things for which `where` holds: kept in buckets, quantiles when read."""
    checked = stock(where, sum=value, **dims)
    return Measure(kind="distribution", condition=checked.condition, value=value, dims=dims)


def bucket(value: ColumnElement[Any]) -> ColumnElement[Any]:
    """The lower bound (towards 0) of the bucket a whole number lies in: exact below 256, then at most 1/128 wide."""
    size = func.abs(value)
    steps = [(size < 2 ** (power + 1), size - size % 2 ** (power - _FINE)) for power in range(_FINE + 1, _LARGEST)]
    lower = when((size < 2 ** (_FINE + 1), size), *steps, else_=literal(2**_LARGEST))
    return when((value < 0, -lower), else_=lower)


def quantile(values: Sequence[int], upto: Sequence[int], share: float) -> float | None:
    """The interpolated quantile of values in order, of which so many lie at each or below; None where there are none.

    Between the two closest ranks it interpolates, as `percentile_cont` does.
    """
    total = upto[-1] if upto else 0
    if total <= 0:
        return None
    rank = share * (total - 1)
    low, part = int(rank), rank - int(rank)
    first = values[bisect_right(upto, low)]
    if part == 0:
        return float(first)
    return first + (values[bisect_right(upto, low + 1)] - first) * part


SIDES = ((AFTER, 1), (BEFORE, -1))
