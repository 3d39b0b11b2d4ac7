"""A tally: one question counted by dimensions, checked when its file is loaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from casework.projection.example import Example
from casework.projection.measures import Measure
from casework.projection.refusals import sentence
from casework.projection.source import SCOPE, NotCountable, Source, Term

_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}\Z")
#: columns of every tally's table that an author cannot use as names
RESERVED = frozenset({"log", "generation", "day", "recorded_on", "slice", "measure", "bucket", "n"})


class Tally:
    """Counts over a change table.

    version      raised when the meaning changes: the new tables are built beside the old ones
    over         the source whose columns the dimensions are
    by           dimensions
    measures     name → Measure
    titles       zh and en
    definitions  measure → (zh, en): what exactly is counted (口径)
    rates        name → (numerator, (measures that sum to the denominator))
    quantiles    shares read from a distribution

    What follows from these:
    kept          dimensions as kept: the author's, then the columns of scope that are not among them
    plain         measures kept as whole numbers: `acts`, and `stocks`, which leave a figure as they entered it
    spread        measures kept as buckets
    shares        part of a column's name → quantile: p50 → 0.5
    shown         columns of an answer after the dimensions
    sources       the change tables that it counts over
    """

    def __init__(
        self,
        *,
        version: int,
        over: Source,
        by: Sequence[Term],
        measures: Mapping[str, Measure],
        titles: Mapping[str, str],
        definitions: Mapping[str, tuple[str, str]],
        rates: Mapping[str, tuple[str, tuple[str, ...]]] | None = None,
        quantiles: Sequence[float] = (0.5, 0.9),
        examples: Sequence[Example] = (),
    ) -> None:
        self.version = version
        self.over = over
        self.dims: dict[str, Term] = {term.name: term for term in by}
        self.measures = dict(measures)
        self.titles = dict(titles)
        self.definitions = dict(definitions)
        self.rates = dict(rates or {})
        self.shares = {f"p{round(share * 100)}": share for share in quantiles}
        self.examples = list(examples)
        self.kept = (*self.dims, *(name for name in SCOPE if name not in self.dims))
        self.plain = {name: m for name, m in self.measures.items() if m.kind != "distribution"}
        self.spread = {name: m for name, m in self.measures.items() if m.kind == "distribution"}
        self.acts = tuple(name for name, m in self.plain.items() if not m.is_stock)
        self.stocks = tuple(name for name, m in self.plain.items() if m.is_stock)
        self.shown = (
            *self.plain,
            *(f"{name}_{part}" for name in self.spread for part in ("n", *self.shares)),
            *self.rates,
        )
        self.sources = tuple({m.source.name: m.source for m in self.measures.values()}.values())
        self._check(len(by))

    def term(self, measure: Measure, dim: str) -> Term:
        """A dimension as a measure has it: its own expression, the tally's, or the column of that name."""
        if dim in measure.dims:
            return measure.dims[dim]
        if measure.source is self.over and dim in self.dims:
            return self.dims[dim]
        return measure.source.term(dim)

    def digest(self) -> str:
        """A digest of everything that is counted: tells whether the meaning changed under the same version."""
        lines = [f"kept {' '.join(self.kept)}"]
        for name, measure in self.measures.items():
            value = measure.value.says if measure.value is not None else "1"
            lines.append(f"{name}: {measure.kind} of {value} where {measure.condition.says}")
            lines += [f"  by {dim} = {self.term(measure, dim).says}" for dim in self.kept]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:32]

    def _check(self, given: int) -> None:
        if len(self.dims) != given:
            raise NotCountable(*sentence("dimension-twice"))
        for name in (*self.dims, *self.measures, *self.rates):
            if not _NAME.match(name) or name in RESERVED:
                raise NotCountable(*sentence("bad-name", name=name))
        if clash := set(self.dims) & set(self.measures):
            raise NotCountable(*sentence("dimension-and-measure", name=sorted(clash)[0]))
        if missing := sorted(set(self.measures) - set(self.definitions)):
            raise NotCountable(*sentence("measure-undefined", missing=missing[0]))
        if missing := sorted({"zh", "en"} - set(self.titles)):
            raise NotCountable(*sentence("title-missing", missing=missing[0]))
        for name, measure in self.measures.items():
            for dim in self.kept:
                term = self.term(measure, dim)
                if measure.is_stock and term.per_entry:
                    raise NotCountable(*sentence("stock-by-entry", name=name, dim=dim))
        for name, (top, bottom) in self.rates.items():
            for part in (top, *bottom):
                if part not in self.plain:
                    raise NotCountable(*sentence("rate-of-unknown", name=name, part=part))
