"""Parse rows of a roster into commands, or reject them with column and reason.

The first row that has headings names the columns, in Chinese or English, in any order; columns not needed are left out,
and so are rows above it (a title) and rows that begin with 例： (the template's). Lists are separated by `;` or `、`;
results are written `fixed=solved;told=explained`, further posts `unit:post=role+role;unit`. The id of a cadre stands
with or without `cadre/`; the name goes to the sealed part alone. A responsibility without an id gets one made of cadre,
area, duty and `from`, so that the same row means the same responsibility again.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from casework.exchange.ledger import Reject, wrong_width
from casework.exchange.refusals import sentence
from casework.exchange.roster_sheets import BESIDE, DAYS, LISTS, NO, YES, Column, Sheet, codes_by_word, word_of
from casework.exchange.workbook import Line, Spoilt
from casework.law.msgspec_errors import in_chinese
from casework.law.roster.commands import AssignResponsibility, RosterCommand
from casework.text import Spoken, Text

#: beginnings of the example rows in the template
EXAMPLES = ("例：", "例:", "e.g. ")
#: number of rows that are searched for the headings
_ABOVE = 10
_RESPONSIBILITIES = uuid.UUID("1d3c0f0e-6c53-5b0b-9d4a-2f6f5b6f4f52")
#: the accepted ways to write a day
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


class RosterError(Spoken, ValueError):
    """A file is no roster; the sentence names the file and what it should hold."""


class RosterRow(Struct, frozen=True):
    """One accepted row; `cells` by column, as written."""

    file: str
    line: int
    command: RosterCommand
    cells: Mapping[str, str] = {}


class RosterReject(Struct, frozen=True):
    """One rejected row: file (and sheet), then line, column, reason and value."""

    file: str
    reject: Reject


class _Wrong(Exception):
    def __init__(self, column: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.column, self.reason = column, Text(zh, en)


def understood(place: str, sheet: Sheet, lines: Iterable[Line], since: str) -> Iterator[RosterRow | RosterReject]:
    """Every row of one sheet below its headings. PLACE is the file, and in a workbook the sheet.

    Raises RosterError if a heading is unknown, missing or there twice.
    """
    lines = [line for line in lines if any(cell.strip() for cell in line.cells)]
    at = next((n for n, line in enumerate(lines[:_ABOVE]) if _is_heading(sheet, line)), 0)
    header = _header(place, sheet, _trimmed(lines[at].cells) if lines else [])
    for line in lines[at + 1 :]:
        if not next(cell for cell in line.cells if cell.strip()).strip().startswith(EXAMPLES):
            yield _row(place, line, sheet, header, since)


def _is_heading(sheet: Sheet, line: Line) -> bool:
    known = {column.name for column in sheet.columns}
    return sum(sheet.column_of(cell) in known for cell in line.cells) > 1


def _header(place: str, sheet: Sheet, cells: Sequence[str]) -> list[str]:
    header = [sheet.column_of(cell) for cell in cells]
    known = [column.name for column in sheet.columns]
    for column in header:
        if column.lower() in BESIDE:
            continue
        if column not in known:
            columns = Text("、".join(one.zh for one in sheet.columns), ", ".join(known))
            raise RosterError(*sentence("roster-column-unknown", place=place, column=column, columns=columns))
        if header.count(column) > 1:
            raise RosterError(*sentence("roster-column-twice", place=place, column=column))
    for column in sheet.columns:
        if column.needed and column.name not in header:
            missing = Text(f"“{column.zh}”（{column.name}）", repr(column.name))
            there = Text("、".join(cells) or "无", ", ".join(header) or "nothing")
            raise RosterError(*sentence("roster-column-missing", place=place, column=missing, header=there))
    return header


def _trimmed(cells: Sequence[str]) -> list[str]:
    """CELLS without the blank ones at the end, which a workbook adds up to its widest row."""
    kept = [cell.strip() if not isinstance(cell, Spoilt) else cell for cell in cells]
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _row(place: str, line: Line, sheet: Sheet, header: Sequence[str], since: str) -> RosterRow | RosterReject:
    cells = list(line.cells)
    while len(cells) > len(header) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(header):
        return RosterReject(place, wrong_width(line.number, len(cells), len(header)))
    shown = {column: cell.strip() for column, cell in zip(header, cells, strict=True) if column.lower() not in BESIDE}
    try:
        given = {column: _cleaned(column, cell) for column, cell in zip(header, cells, strict=True) if column in shown}
        command = msgspec.convert(_members(sheet, given, since), sheet.command, strict=False)
    except _Wrong as why:
        return RosterReject(place, Reject(line.number, why.column, why.reason, shown.get(why.column, "")))
    except msgspec.ValidationError as why:
        said, _, path = str(why).partition(" - at `$.")
        column = path.rstrip("`").partition("[")[0].partition(".")[0]
        column = "name" if column == "person" else column
        return RosterReject(place, Reject(line.number, column, _said(said), shown.get(column, "")))
    return RosterRow(place, line.number, command, shown)


def _said(said: str) -> Text:
    if "matching regex" in said:
        return Text(
            "不合代码的写法：只用小写字母、数字、- 和 _", "is no code: those have lower-case letters, digits, - and _"
        )
    return Text(in_chinese(said), said)


def _cleaned(column: str, cell: str) -> str:
    if isinstance(cell, Spoilt):
        raise _Wrong(column, *cell.why)
    text = unicodedata.normalize("NFC", cell.strip())
    if _CONTROL.search(text):
        raise _Wrong(column, *sentence("control-character"))
    return text


def _members(sheet: Sheet, given: Mapping[str, str], since: str) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for column in sheet.columns:
        cell = given.get(column.name, "")
        if not cell:
            if column.needed:
                raise _Wrong(column.name, *sentence("blank"))
        elif column.name == "name":
            members["person"] = {"full_name": cell}
        else:
            members[column.name] = _value(column, cell)
    if since:
        members.setdefault("from", since)
    if sheet.command is AssignResponsibility and "responsibility" not in members:
        of = "\n".join(str(members.get(name, "")) for name in ("cadre", "area", "duty", "from"))
        members["responsibility"] = f"responsibility/{uuid.uuid5(_RESPONSIBILITIES, of)}"
    return members


def _value(column: Column, cell: str) -> Any:
    if column.name in LISTS:
        words = (word.strip() for word in re.split("[;；、,，]", cell))
        return [_word(column, word) for word in words if word]
    if column.name == "results":
        return _results(column, cell)
    if column.name == "also":
        return _posts(cell)
    if column.name == "evidence_required":
        return _yes_or_no(column.name, cell)
    if column.name in DAYS:
        return _day(column.name, cell)
    if column.name == "cadre":
        return cell if cell.startswith("cadre/") else f"cadre/{cell}"
    return _word(column, cell)


def _word(column: Column, word: str) -> str:
    """The code of a word from a closed list; any other word as it is."""
    code = codes_by_word(column.name).get(word, word)
    if not column.codes or code in column.codes:
        return code
    words = [word_of(column.name, one, "zh-CN") for one in column.codes]
    close = difflib.get_close_matches(word, (*words, *column.codes), 1, 0.5)
    hint = Text("", "")
    if close:
        hint = Text(f"，是否为“{close[0]}”？", f": did you mean {codes_by_word(column.name)[close[0]]}?")
    choices = Text("、".join(words), ", ".join(column.codes))
    raise _Wrong(column.name, *sentence("unknown-word", word=word, choices=choices, hint=hint))


def _results(column: Column, cell: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in re.split("[;；、]", cell.replace("＝", "=")) if pair.strip()]
    if not all(sign for _, sign, _ in pairs):
        raise _Wrong("results", *sentence("not-code-and-outcome"))
    return {code.strip(): _word(column, outcome.strip()) for code, _, outcome in pairs}


def _posts(cell: str) -> list[dict[str, Any]]:
    """Posts besides the main one: `unit`, `unit:post`, `unit:post=role+role`."""
    found: list[dict[str, Any]] = []
    for one in filter(None, (part.strip() for part in re.split("[;；、]", cell))):
        where, _, roles = one.replace("：", ":").replace("＝", "=").partition("=")
        unit, _, post = where.partition(":")
        held: dict[str, Any] = {"unit": unit.strip(), "post": post.strip()}
        if roles:
            held["roles"] = [
                codes_by_word("roles").get(role.strip(), role.strip()) for role in re.split("[+＋]", roles)
            ]
        found.append(held)
    return found


def _yes_or_no(column: str, cell: str) -> bool:
    if cell.lower() not in (*YES, *NO):
        raise _Wrong(column, *sentence("neither-yes-nor-no"))
    return cell.lower() in YES


def _day(column: str, cell: str) -> str:
    found = _DAY.fullmatch(cell)
    if found is None:
        raise _Wrong(column, *sentence("not-a-date"))
    year, month, day = (part for part in found.groups() if part)
    return f"{year}-{int(month):02d}-{int(day):02d}"


def parents_first(rows: Iterable[RosterRow | RosterReject]) -> Iterator[RosterRow | RosterReject]:
    """Rows of one kind, each after all rows that declare its parent or successor; otherwise in file order.

    Rows that form a circle come last; the law refuses them.
    """
    waiting: list[RosterRow] = []
    for row in rows:
        if isinstance(row, RosterReject):
            yield row
        else:
            waiting.append(row)
    while waiting:
        undeclared = {_code(row.command) for row in waiting}
        ready = [row for row in waiting if undeclared.isdisjoint(_named(row.command))]
        if not ready:
            yield from waiting
            return
        yield from ready
        taken = {id(row) for row in ready}
        waiting = [row for row in waiting if id(row) not in taken]


def _named(command: RosterCommand) -> tuple[str, str]:
    return getattr(command, "parent", ""), getattr(command, "successor", "")


def _code(command: RosterCommand) -> str:
    return getattr(command, command.__struct_fields__[0])
