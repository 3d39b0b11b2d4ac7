"""`docs/reference/projections.md`: question, grain and definitions of each projection."""

from __future__ import annotations

from collections.abc import Iterator

from casework.projection import shelf
from casework.projection.projection import Projection
from casework.projection.register import Register
from docs.generate.markdown import page, table

_KINDS = {
    "count": "acts 办理次数",
    "stock": "stock 存量",
    "distinct": "different cases 去重件数",
    "distribution": "spread 分布",
}


def projections() -> str:
    """The page."""
    return page(
        "Projections 统计",
        "One file in `projections/` is one question. `casework ask NAME` answers it; `--by` groups by its columns.",
        *(part for projection in shelf.shipped() for part in section(projection)),
    )


def section(projection: Projection) -> Iterator[str]:
    """What the page says of one projection."""
    definition = projection.definition
    yield f"## `{projection.name}` · {projection.titles['zh']} · {projection.titles['en']}"
    yield projection.question
    if definition is None:
        yield f"Broken: {projection.error}"
        return
    said = definition.definitions
    if isinstance(definition, Register):
        yield f"One row per case: number, {', '.join(definition.columns)}. Sorted by {', '.join(definition.order)}."
        yield table(("queue", "口径", "definition"), [(f"`{name}`", *said[name]) for name in definition.queues])
        return
    yield (
        f"Grain: one row per {', '.join(definition.dims) or 'county'} (version {definition.version});"
        f" may be grouped by {', '.join(definition.kept)}, day, month and year."
    )
    rates = [
        (f"`{name}`", "rate 比率", f"{top} ÷ ({' + '.join(bottom)})", "null where the denominator is 0")
        for name, (top, bottom) in definition.rates.items()
    ]
    rows = [(f"`{name}`", _KINDS[measure.kind], *said[name]) for name, measure in definition.measures.items()]
    yield table(("measure", "kind", "口径", "definition"), [*rows, *rates])
