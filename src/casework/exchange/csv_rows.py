"""CSV for spreadsheets: UTF-8 with a byte-order mark, no cell taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: characters that begin a formula in some spreadsheet
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MARK = "\ufeff"
MEDIA_TYPE = "text/csv"


def written(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """ROWS as CSV with a header. A rate takes three columns: itself, its numerator and its denominator."""
    rows = list(rows)
    wide = {column for column in columns if any(isinstance(row.get(column), Mapping) for row in rows)}
    names = [name for column in columns for name in (_parts(column) if column in wide else (column,))]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([guarded(name) for name in names])
    for row in rows:
        writer.writerow([guarded(cell) for column in columns for cell in _cells(row.get(column), column in wide)])
    return (MARK + text.getvalue()).encode()


def guarded(cell: Any) -> Any:
    """The cell; a text that a spreadsheet would run as a formula gets a leading apostrophe, which it does not show.

    A text that already looks guarded gets one as well, so that `unguarded` restores every text.
    """
    if isinstance(cell, str) and cell.lstrip("'").startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell


def unguarded(cell: str) -> str:
    """The text before `guarded`."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def decoded(content: bytes) -> str | None:
    """The text of a CSV file in UTF-8 or GB 18030, which spreadsheets in China write; None if it is neither."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _parts(column: str) -> tuple[str, str, str]:
    return column, f"{column}_numerator", f"{column}_denominator"


def _cells(value: Any, wide: bool) -> tuple[Any, ...]:
    if not wide:
        return (value,)
    found = value if isinstance(value, Mapping) else {}
    return found.get("rate"), found.get("numerator"), found.get("denominator")
