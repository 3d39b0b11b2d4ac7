"""CSV for spreadsheets: UTF-8 with a byte-order mark, no cell taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: what begins a formula, or hides one, in one spreadsheet or another
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"
MEDIA_TYPE = "text/csv"


def written(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The rows under their columns. A rate takes three: itself, its numerator and its denominator."""
    rows = list(rows)
    wide = [
        column for column in columns if any(isinstance(row.get(column), Mapping) for row in rows)
    ]  # rates, as they are answered
    names = [name for column in columns for name in (_parts(column) if column in wide else (column,))]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    for row in rows:
        writer.writerow([guarded(cell) for column in columns for cell in _cells(row.get(column), column in wide)])
    return (MARK + text.getvalue()).encode()


def guarded(cell: Any) -> Any:
    """The cell; a text that would be taken for a formula begins with an apostrophe, which spreadsheets do not show.

    So does one that would then look like such a text, so that `unguarded` gives each back as it was.
    """
    if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def unguarded(cell: str) -> str:
    """The text that was guarded."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _parts(column: str) -> tuple[str, str, str]:
    return column, f"{column}_numerator", f"{column}_denominator"


def _cells(value: Any, wide: bool) -> tuple[Any, ...]:
    if not wide:
        return (value,)
    found = value if isinstance(value, Mapping) else {}
    return found.get("rate"), found.get("numerator"), found.get("denominator")
