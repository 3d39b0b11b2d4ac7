"""Read an Excel workbook as texts, within limits checked before it is opened.

The library allocates every sheet in full, however few cells are filled. Therefore the file is first unpacked once in
small pieces, and refused if its size, or the extent of a sheet, is beyond the limits.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

from casework.exchange.refusals import sentence
from casework.text import Spoken, Text

#: limits: bytes of the file, and of its parts unpacked; rows and columns of a sheet
MOST_BYTES, MOST_UNPACKED = 10_000_000, 50_000_000
MOST_ROWS, MOST_COLUMNS = 20_000, 100
_PIECE = 1 << 16
_PARTS = 1_000
#: address of a cell, `r="B7"`; begin of a row, `<row`, and of a cell, `<c`
_PLACE = re.compile(rb"""\br\s*=\s*["']\$?([A-Za-z]{1,9})\$?([0-9]{1,18})""")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_CELL = re.compile(rb"<(?:\w+:)?c\b")
#: spreadsheets keep 15 digits of a number
_EXACT = 10**15
_OLD = b"\xd0\xcf\x11\xe0"


class WorkbookError(Spoken, ValueError):
    """A file is not a readable workbook."""


class Spoilt(str):
    """A cell whose content is unreliable, and why."""

    __slots__ = ("why",)
    why: Text

    @classmethod
    def because(cls, shown: str, zh: str, en: str) -> Spoilt:
        """A cell that shows SHOWN, with the reason."""
        spoilt = cls(shown)
        spoilt.why = Text(zh, en)
        return spoilt


class Line(Struct, frozen=True):
    """One row of a sheet: its number as the spreadsheet counts, from 1, and its cells as texts."""

    number: int
    cells: Sequence[str]


class SheetOfCells(Struct, frozen=True):
    """A sheet and its rows, up to the last that is not empty."""

    name: str
    lines: Sequence[Line]


def is_workbook(content: bytes) -> bool:
    """Whether CONTENT begins like a workbook, of the current or the old kind."""
    return content[:4] in (b"PK\x03\x04", b"PK\x05\x06", _OLD)


def sheets(name: str, content: bytes) -> list[SheetOfCells]:
    """Every sheet of a workbook. Raises WorkbookError, which names the file."""
    # slow to import, needed here only
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

    _look_over(name, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [_laid_out(book.get_sheet_by_name(one)) for one in book.sheet_names]
    except CalamineError as why:
        raise WorkbookError(*sentence("workbook-damaged", name=name, why=why)) from None


def _look_over(name: str, content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise WorkbookError(*too_large(name))
    if content.startswith(_OLD):
        raise WorkbookError(*sentence("workbook-old", name=name))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                most = MOST_UNPACKED // 1000000
                raise WorkbookError(*sentence("workbook-unpacked-too-large", name=name, most=most))
            for part in parts:
                _look_into(name, part.filename, packed.open(part))
    except (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError) as why:
        if isinstance(why, WorkbookError):
            raise
        raise WorkbookError(*sentence("workbook-locked", name=name)) from None


def _look_into(name: str, part: str, unpacked: Any) -> None:
    """Read one part to its end, which proves its size, and check the extent of a sheet."""
    is_sheet = part.lower().startswith("xl/worksheets/") and part.lower().endswith(".xml")
    rest, rows, cells = b"", 0, 0
    for piece in iter(lambda: unpacked.read(_PIECE), b""):
        if not is_sheet:
            continue
        # up to the last `<`, so that no tag is cut in two
        rest, _, tail = (rest + piece).rpartition(b"<")
        for column, row in _PLACE.findall(rest):
            if _column(column) > MOST_COLUMNS or int(row) > MOST_ROWS:
                raise _far(name, part)
        of_rows = _ROW.split(rest)
        rows += len(of_rows) - 1
        for place, of_row in enumerate(of_rows):
            cells = (cells if place == 0 else 0) + len(_CELL.findall(of_row))
            if cells > MOST_COLUMNS:
                raise _far(name, part)
        if rows > MOST_ROWS or len(tail) > _PIECE:
            raise _far(name, part)
        rest = b"<" + tail


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def too_large(name: str) -> Text:
    """The sentence for a file of more than MOST_BYTES."""
    return sentence("workbook-too-large", name=name, most=MOST_BYTES // 1000000)


def _far(name: str, part: str) -> WorkbookError:
    sheet = part.rpartition("/")[2]
    said = sentence("sheet-too-large", name=name, part=sheet, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
    return WorkbookError(*said)


def _laid_out(sheet: Any) -> SheetOfCells:
    rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _merged(rows, top, left, bottom, right)
    return SheetOfCells(sheet.name, [Line(number, row) for number, row in enumerate(rows, 1)])


def _merged(rows: list[list[str]], top: int, left: int, bottom: int, right: int) -> None:
    """Copy a cell merged downwards to all its rows; mark a cell merged sideways as spoilt."""
    covered = range(top, min(bottom + 1, len(rows)))
    if left == right:
        for row in covered:
            rows[row][left] = rows[top][left]
        return
    for row in covered:
        rows[row][left] = Spoilt.because(
            rows[row][left], "与右边的格合并了：请取消合并，逐格填写", "is merged with cells beside it: unmerge them"
        )


def _text(cell: Any) -> str:
    """The cell as text: days as 2026-03-01, whole numbers without a point."""
    match cell:
        case str():
            return cell
        case bool():
            return "是" if cell else "否"
        case float() if cell.is_integer():
            shown = str(int(cell))
            if abs(cell) < _EXACT:
                return shown
            return Spoilt.because(
                shown,
                "数字超过 15 位，表格软件已经改掉了末尾几位：请把该列设为文本后重新填写",
                "is a number of more than 15 digits, whose last ones the spreadsheet has lost: make the column text"
                " and type it again",
            )
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date():
            return cell.isoformat()
    return str(cell)
