"""Names measures and writes their figures as people read them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.application.figures.answers import Figures
from casework.http.pages.words import Words

#: ending of a distribution's columns → its name after that of the measure
_PARTS: dict[str, tuple[str, str]] = {
    "_n": ("已知件数", "known of"),
    "_p50": ("中位数", "median"),
    "_p90": ("90%分位数", "90th percentile"),
}
#: rates that are shipped: their definition is those of what they divide
_RATES: dict[str, str] = {"on_time_rate": "按时办结率"}
#: a measure that is in seconds ends so
_SECONDS = "seconds"


def title(w: Words, column: str, found: Figures) -> str:
    """What a measure is called: in Chinese the first words of its definition, in English its own name."""
    name, part = _distribution(column, found)
    if part:
        what = w.of(("用时", "time")) if name.endswith(_SECONDS) else title(w, name, found)
        return w.of((f"{what}{part[0]}", f"{what}, {part[1]}"))
    if column in found.definitions and w.language != "en":
        return found.definitions[column][0].partition("；")[0].partition("，")[0].partition("：")[0]
    return w.of((_RATES.get(column, column), column.replace("_", " ")))


def text(w: Words, column: str, value: Any, found: Figures) -> str:
    """A figure: a rate with what it divides, a time in the unit that fits, nothing as a dash."""
    if isinstance(value, Mapping):
        of = f"{value['numerator']}/{value['denominator']}"
        return f"– ({of})" if value["rate"] is None else f"{value['rate']:.1%} ({of})"
    if value is None:
        return "–"
    name, part = _distribution(column, found)
    if part and name.endswith(_SECONDS) and not column.endswith("_n"):
        return lasting(w, value)
    return f"{round(value):,}" if isinstance(value, float) else f"{value:,}"


def lasting(w: Words, seconds: float) -> str:
    """So many seconds in minutes below an hour, in hours below two days, else in days."""
    if seconds < 3_600:
        return f"{seconds / 60:.0f} {w.of(('分', 'min'))}"
    if seconds < 172_800:
        return f"{seconds / 3_600:.1f} {w.of(('小时', 'h'))}"
    return f"{seconds / 86_400:,.1f} {w.of(('天', 'days'))}"


def _distribution(column: str, found: Figures) -> tuple[str, tuple[str, str] | None]:
    """The measure that a column is a part of, and which part; itself and None where it is a whole one."""
    for ending, part in _PARTS.items():
        name = column.removesuffix(ending)
        if name != column and column not in found.definitions and name in found.definitions:
            return name, part
    return column, None
