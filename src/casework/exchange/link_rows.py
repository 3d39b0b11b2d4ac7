"""Read the CSV that links accounts of an identity provider to people."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from msgspec import Struct

from casework.exchange.csv_rows import unguarded
from casework.text import Spoken

COLUMNS = {"login": "login", "登录名": "login", "subject": "subject", "标识": "subject"}
#: what a spreadsheet makes of a long number: its last digits are lost
_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+\Z", re.IGNORECASE)


class LinksRefused(Spoken):
    """A file of links that cannot be taken; says where and why."""


class LinkRow(Struct, frozen=True):
    """One person: the line, their account, and the identifier they have at the identity provider."""

    line: int
    login: str
    subject: str


def read(path: Path) -> list[LinkRow]:
    """Every line; LinksRefused for the first that has not both. What it says of anybody is never said back."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        names = [COLUMNS.get(cell.strip().lower(), "") for cell in next(rows, [])]
        if sorted(name for name in names if name) != ["login", "subject"]:
            raise LinksRefused(
                f"{path.name} 首行应有 login（登录名）和 subject（标识）两列",
                f"the first line of {path.name} names the columns login and subject",
            )
        found: list[LinkRow] = []
        for cells in rows:
            if any(cell.strip() for cell in cells):
                found.append(_row(path.name, rows.line_num, dict(zip(names, cells, strict=False))))
    except csv.Error as why:
        raise LinksRefused(
            f"{path.name} 第 {rows.line_num} 行起不是 CSV：{why}",
            f"{path.name} is not CSV from line {rows.line_num} on: {why}",
        ) from None
    return found


def _row(file: str, line: int, cells: dict[str, str]) -> LinkRow:
    login, subject = (unguarded(cells.get(name, "")).strip() for name in ("login", "subject"))
    if not login or not subject:
        raise LinksRefused(
            f"{file} 第 {line} 行缺登录名或标识：未作任何改动",
            f"line {line} of {file} lacks the login or the subject: nothing was changed",
        )
    if _ROUNDED.match(subject):
        raise LinksRefused(
            f"{file} 第 {line} 行的标识被表格软件改写成了近似数：请把该列设为文本后重新导出，未作任何改动",
            f"a spreadsheet has rounded the subject in line {line} of {file}: make the column text, and save it again;"
            " nothing was changed",
        )
    return LinkRow(line, login, subject)


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as why:
        raise LinksRefused(f"{path} 读不出来：{why.strerror}", f"cannot read {path}: {why.strerror}") from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LinksRefused(
        f"{path.name} 既不是 UTF-8 编码也不是 GB 18030 编码：请另存为“CSV UTF-8”",
        f"{path.name} is neither UTF-8 nor GB 18030: save it as “CSV UTF-8”",
    )
