"""Write a roster as a workbook or CSV that can be read again.

Every cell is written as text, so that a name that looks like a formula is not run. CSV has no cell types: there, such a
text gets a leading apostrophe, which reading removes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from casework.exchange.csv_rows import MARK, guarded
from casework.exchange.roster_sheets import NO, SHEETS, YES, Column, Sheet, word_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"

#: member → value, as the command has it; `name` of a cadre beside
Row = Mapping[str, Any]
Rows = Mapping[str, Sequence[Row]]
#: fixed date of creation, so that the same roster gives the same bytes
MADE = datetime(2000, 1, 1, tzinfo=UTC)
BORN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
HEAD, TEXT = {"bold": True, "bg_color": "#DDEBF7", "bottom": 1, "num_format": "@"}, {"num_format": "@"}


def workbook(rows: Rows, language: str) -> bytes:
    """A workbook with a sheet for each kind of thing that ROWS (sheet name → rows) holds."""
    # slow to import, needed here only
    import xlsxwriter  # noqa: PLC0415

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, BORN) as book:
        book.set_properties({"created": MADE})
        head, text = book.add_format(HEAD), book.add_format(TEXT)
        for name, some in rows.items():
            sheet = sheet_called(name)
            lines = [cells(sheet, row, language) for row in some]
            page = book.add_worksheet(sheet.title(language))
            page.freeze_panes(1, 1)
            for place, column in enumerate(sheet.columns):
                widest = max((len(line[place]) for line in lines), default=0)
                page.set_column(place, place, min(max(10, widest + 2), 40), text)
                page.write_string(0, place, column.heading(language), head)
            for number, line in enumerate(lines, 1):
                for place, cell in enumerate(line):
                    if cell:
                        page.write_string(number, place, cell, text)
    return held.getvalue()


def csv_files(rows: Rows, language: str) -> dict[str, bytes]:
    """File name → content, as spreadsheets open CSV: UTF-8 with its mark."""
    files: dict[str, bytes] = {}
    for name, some in rows.items():
        sheet, text = sheet_called(name), io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow([column.heading(language) for column in sheet.columns])
        writer.writerows([guarded(cell) for cell in cells(sheet, row, language)] for row in some)
        files[f"{sheet.name}.csv"] = (MARK + text.getvalue()).encode()
    return files


def sheet_called(name: str) -> Sheet:
    """The sheet of that name."""
    return next(sheet for sheet in SHEETS if sheet.name == name)


def cells(sheet: Sheet, row: Row, language: str) -> list[str]:
    """The cells of a row, in the order of the columns."""
    return [_cell(column, row.get(column.name), language) for column in sheet.columns]


def _cell(column: Column, value: Any, language: str) -> str:
    match value:
        case None | "" | 0 if value is not False:
            return ""
        case bool():
            return (YES if value else NO)[language == "en"]
        case Mapping():
            between = ";" if language == "en" else "；"
            return between.join(f"{code}={word_of(column.name, of, language)}" for code, of in value.items())
        case tuple() | list() if column.name == "also":
            return (";" if language == "en" else "；").join(_post(one, language) for one in value)
        case tuple() | list():
            return (";" if language == "en" else "、").join(word_of(column.name, one, language) for one in value)
        case int():
            return str(value)
    return word_of(column.name, value, language).removeprefix("cadre/" if column.name == "cadre" else "")


def _post(held: Mapping[str, Any], language: str) -> str:
    roles = "+".join(word_of("roles", role, language) for role in held["roles"])
    return f"{held['unit']}:{held['post']}={roles}" if held["post"] else f"{held['unit']}={roles}"
