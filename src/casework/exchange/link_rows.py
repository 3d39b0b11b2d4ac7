"""Read the CSV that links accounts of an identity provider to people."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from msgspec import Struct

from casework.exchange.csv_rows import decoded, unguarded
from casework.exchange.refusals import sentence
from casework.text import Spoken

COLUMNS = {"login": "login", "登录名": "login", "subject": "subject", "标识": "subject"}
#: a long number that a spreadsheet has rounded
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+\Z", re.IGNORECASE)


class LinksRefused(Spoken):
    """A file of links is refused; the sentence names the line and the reason."""


class LinkRow(Struct, frozen=True):
    """One person: line, login of the account, and identifier at the identity provider."""

    line: int
    login: str
    subject: str


def read(path: Path) -> list[LinkRow]:
    """Every line; raises LinksRefused at the first incomplete one. Its sentence quotes no cell: they are personal."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        names = [COLUMNS.get(cell.strip().lower(), "") for cell in next(rows, [])]
        if sorted(name for name in names if name) != ["login", "subject"]:
            raise LinksRefused(*sentence("links-header", path=path.name))
        found: list[LinkRow] = []
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append(_row(path.name, rows.line_num, dict(zip(names, cells, strict=False))))
    except csv.Error as why:
        raise LinksRefused(*sentence("links-not-csv", path=path.name, line=rows.line_num, why=why)) from None
    return found


def _row(file: str, line: int, cells: dict[str, str]) -> LinkRow:
    login, subject = (unguarded(cells.get(name, "")).strip() for name in ("login", "subject"))
    if not login or not subject:
        raise LinksRefused(*sentence("links-incomplete", file=file, line=line))
    if _ROUNDED.match(subject):
        raise LinksRefused(*sentence("links-rounded", file=file, line=line))
    return LinkRow(line, login, subject)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as why:
        raise LinksRefused(*sentence("unreadable", path=path, why=why.strerror)) from None
    if (text := decoded(raw)) is None:
        raise LinksRefused(*sentence("links-encoding", path=path.name))
    return text
