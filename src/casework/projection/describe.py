"""Write the reference page of a projection: question, grain, definitions."""

from __future__ import annotations

from casework.projection.projection import Projection
from casework.projection.register import Register

_KINDS = {
    "count": "acts 办理次数",
    "stock": "stock 存量",
    "distinct": "different cases 去重件数",
    "distribution": "spread 分布",
}


def page(projection: Projection) -> str:
    """Markdown."""
    definition = projection.definition
    lines = [
        f"## `{projection.name}` · {projection.titles['zh']} · {projection.titles['en']}",
        "",
        projection.question,
        "",
    ]
    if definition is None:
        return "\n".join([*lines, f"Broken: {projection.error}", ""])
    if isinstance(definition, Register):
        lines += [
            f"One row per case: number, {', '.join(definition.columns)}. Sorted by {', '.join(definition.order)}.",
            "",
        ]
        lines += ["| queue | 口径 | definition |", "|---|---|---|"]
        for name in definition.queues:
            zh, en = definition.definitions[name]
            lines.append(f"| `{name}` | {zh} | {en} |")
        return "\n".join([*lines, ""])
    lines += [
        f"Grain: one row per {', '.join(definition.dims) or 'county'} (version {definition.version});"
        f" may be grouped by {', '.join(definition.kept)}, day, month and year.",
        "",
        "| measure | kind | 口径 | definition |",
        "|---|---|---|---|",
    ]
    for name, measure in definition.measures.items():
        zh, en = definition.definitions[name]
        lines.append(f"| `{name}` | {_KINDS[measure.kind]} | {zh} | {en} |")
    for name, (top, bottom) in definition.rates.items():
        lines.append(f"| `{name}` | rate 比率 | {top} ÷ ({' + '.join(bottom)}) | null where the denominator is 0 |")
    return "\n".join([*lines, ""])
