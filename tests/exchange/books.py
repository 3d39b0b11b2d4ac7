"""Workbooks for tests, with cells typed, merged and formatted as spreadsheets do it."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter


def book(
    sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Mapping[str, Sequence[tuple[Any, ...]]] | None = None
) -> bytes:
    """A workbook; MERGED lists (first row, first column, last row, last column, text) by sheet."""
    held: Any = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "strings_to_formulas": False}) as made:
        days = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page: Any = made.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if isinstance(cell, date | datetime):
                        page.write_datetime(line, place, cell, days)
                    elif cell != "":
                        page.write(line, place, cell)
            for *corners, text in (merged or {}).get(name, ()):
                page.merge_range(*corners, text)
    return held.getvalue()
