"""Read a roster from workbooks and CSV files, parents first.

A workbook has sheets 区域, 单位, 干部, 类别, 责任 (or areas, units, …), as many as there are; empty ones and notes are
passed over. A CSV file is one sheet and is named after it: `区域.csv`, `areas.csv`. It may be UTF-8, with or
without a byte-order mark, or GB 18030, as spreadsheets in China save it.
"""

from __future__ import annotations

import csv
import difflib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from casework.exchange.csv_rows import decoded, unguarded
from casework.exchange.ledger import not_csv
from casework.exchange.refusals import sentence
from casework.exchange.roster_rows import RosterError, RosterReject, RosterRow, parents_first, understood
from casework.exchange.roster_sheets import SHEETS, Sheet
from casework.exchange.workbook import MOST_BYTES, Line, WorkbookError, is_workbook, sheets, too_large
from casework.text import Text, listed

#: what a roster's CSV files are called, in the order in which they are read
FILES: dict[str, Sheet] = {f"{sheet.name}.csv": sheet for sheet in SHEETS}
#: the template's sheet of notes
NOTES = ("填表说明", "notes")
_TITLES = Text("、".join(sheet.title("zh-CN") for sheet in SHEETS), ", ".join(sheet.title("en") for sheet in SHEETS))


class Brought(Struct, frozen=True):
    """An uploaded or opened file."""

    name: str
    content: bytes


def read(files: Sequence[Brought], since: str = "") -> Iterator[RosterRow | RosterReject]:
    """Every row of the files. `since` is the first day of rows that state none. Raises RosterError."""
    found: dict[str, list[RosterRow | RosterReject]] = {sheet.name: [] for sheet in SHEETS}
    for file in files:
        if len(file.content) > MOST_BYTES:
            raise RosterError(*too_large(file.name))
        read_one = _workbook if is_workbook(file.content) else _csv
        for sheet, rows in read_one(file, since):
            found[sheet.name] += rows
    for rows in found.values():
        yield from parents_first(rows)


def brought(paths: Sequence[Path]) -> list[Brought]:
    """The files at these paths; of a folder, those with the names of a roster's CSV files. Raises RosterError."""
    files: list[Brought] = []
    for path in paths:
        try:
            inside = _in_folder(path) if path.is_dir() else [path]
            for one in inside:
                with one.open("rb") as file:
                    files.append(Brought(one.name, file.read(MOST_BYTES + 1)))
        except OSError as why:
            raise RosterError(*sentence("unreadable", path=path, why=why.strerror)) from why
    return files


def _in_folder(folder: Path) -> list[Path]:
    present = [folder / name for name in FILES if (folder / name).is_file()]
    if not present:
        raise RosterError(*sentence("folder-empty", folder=folder, files=listed(FILES)))
    return present


Rows = list[RosterRow | RosterReject]


def _workbook(file: Brought, since: str) -> Iterator[tuple[Sheet, Rows]]:
    try:
        inside = sheets(file.name, file.content)
    except WorkbookError as why:
        raise RosterError(why.zh, why.en) from None
    known = False
    for one in inside:
        if not any(cell.strip() for line in one.lines for cell in line.cells) or one.name.strip().lower() in NOTES:
            continue
        sheet = _sheet_called(one.name)
        if sheet is None:
            raise _unknown_sheet(file.name, one.name)
        known = True
        yield sheet, list(understood(f"{file.name} {one.name}", sheet, one.lines, since))
    if not known:
        raise RosterError(*sentence("roster-empty", file=file.name, titles=_TITLES))


def _csv(file: Brought, since: str) -> Iterator[tuple[Sheet, Rows]]:
    sheet = _sheet_called(Path(file.name).stem)
    if sheet is None:
        names = Text("、".join(f"{one.zh}.csv" for one in SHEETS), ", ".join(FILES))
        raise RosterError(*sentence("which-sheet", file=file.name, sheets=names))
    lines: list[Line] = []
    broken: Rows = []
    rows = csv.reader(io.StringIO(_decoded(file), newline=""), strict=True)
    try:
        lines += (Line(rows.line_num, [unguarded(cell) for cell in cells]) for cells in rows)
    except csv.Error as why:
        broken.append(RosterReject(file.name, not_csv(rows.line_num, why)))
    yield sheet, [*understood(file.name, sheet, lines, since), *broken]


def _decoded(file: Brought) -> str:
    text = decoded(file.content)
    if text is None or "\x00" in text:
        raise RosterError(*sentence("roster-encoding", file=file.name))
    return text


def _sheet_called(name: str) -> Sheet | None:
    name = name.strip().lower()
    return next((sheet for sheet in SHEETS if name in (sheet.name, sheet.zh)), None)


def _unknown_sheet(file: str, name: str) -> RosterError:
    words = [word for one in SHEETS for word in (one.zh, one.name)]
    close = difflib.get_close_matches(name.strip().lower(), words, 1, 0.4)
    hint = Text(f"是否为“{close[0]}”？", f" (did you mean {close[0]!r}?)") if close else Text("", "")
    return RosterError(*sentence("sheet-unknown", file=file, name=name, hint=hint, titles=_TITLES))


def example(name: str) -> Path:
    """Folder of a roster that comes with the program."""
    folder = Path(__file__).parent.parent / "data" / name
    if not (folder / "areas.csv").is_file():
        there = sorted(path.parent.name for path in folder.parent.glob("*/areas.csv"))
        raise RosterError(*sentence("no-such-example", name=name, there=listed(there)))
    return folder
