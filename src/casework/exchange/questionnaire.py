"""Survey forms as TOML, and filled-in answers as .xlsx or CSV.

    title = "快递员需求调查"                    [[question]]
    group = "couriers"                          code = "lacks"
    units = ["transport", "union"]              label = "最缺什么"
    area = "530828"                             kind = "multi"
    starts = "2026-03-01"                       choices = { rest = "歇脚的地方", charging = "充电" }
    ends = "2026-03-31"
    asked = 60

Columns of answers are named by a question's code or its label, cells by a choice's code or its label; several choices
are separated by `;` or `、`. A column 编号 (id) tells rows apart, so that the same file can be read again; 日期 (date),
姓名 (name) and 电话 (phone) may stand beside it, the latter two for the sealed part alone.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from casework.exchange.ledger import Reject
from casework.exchange.refusals import sentence
from casework.exchange.workbook import Spoilt, WorkbookError, is_workbook, sheets
from casework.law.surveys.events import Question
from casework.text import Spoken, Text

#: what a column beside the questions is called → what it holds
BESIDE: dict[str, str] = {
    "编号": "id",
    "id": "id",
    "日期": "date",
    "date": "date",
    "姓名": "full_name",
    "name": "full_name",
    "电话": "phone",
    "phone": "phone",
}
_YES_NO: dict[str, str] = {
    **dict.fromkeys(("yes", "true", "1", "是", "有"), "yes"),
    **dict.fromkeys(("no", "false", "0", "否", "无", "没有"), "no"),
}
_NUMBER = re.compile(r"(-?[0-9]{1,9})(?:\.0+)?\Z")
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?\Z")


class FormError(Spoken):
    """A form, or a file of answers, cannot be read."""


class AnswerRow(Struct, frozen=True, kw_only=True):
    """One person's answers: members of `record-survey-answer`.

    id  as in the file; it may be personal, so only its keyed digest is stored
    on  local date of the answer; '' if not given
    """

    line: int
    id: str
    on: str = ""
    replies: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    texts: dict[str, str] = field(default_factory=dict[str, str])
    person: dict[str, str] = field(default_factory=dict[str, str])


class _Wrong(Spoken):
    """A cell is no valid answer to its question."""


def read_form(path: Path) -> dict[str, Any]:
    """The form as members of `open-survey` or `revise-survey`, which the law checks."""
    try:
        form = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as why:
        raise FormError(*sentence("form-unreadable", path=path.name, why=why)) from None
    asked = form.pop("question", [])
    if not isinstance(asked, list) or not all(isinstance(one, dict) for one in asked):
        raise FormError(*sentence("form-questions", path=path.name))
    questions = [{**one, "choices": _choices(one.get("choices", {}))} for one in asked]
    return {**{name: str(v) if isinstance(v, date) else v for name, v in form.items()}, "questions": questions}


def _choices(given: Any) -> Any:
    """A table `code = "label"` as the list that the law takes; a list stays one."""
    return [{"code": code, "label": label} for code, label in given.items()] if isinstance(given, dict) else given


def read_answers(path: Path, questions: Sequence[Question]) -> Iterator[AnswerRow | Reject]:
    """Each row, accepted or rejected as a whole; raises FormError if the columns do not fit."""
    lines = _table(path)
    header = next(lines, (1, []))[1]
    columns = _columns(path, header, questions)
    seen: dict[str, int] = {}
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        row = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
        spoilt = [(n, cell) for n, cell in zip(header, cells, strict=False) if isinstance(cell, Spoilt)]
        if spoilt:
            column, cell = spoilt[0]
            yield Reject(line, column, cell.why, str(cell))
            continue
        if len(cells) > len(columns):
            yield Reject(line, "", Text("单元格比表头多", "more cells than the header has"), "")
            continue
        found = _row(line, row, columns)
        first = seen.setdefault(found.id, line) if isinstance(found, AnswerRow) else line
        if isinstance(found, AnswerRow) and first != line:
            found = Reject(line, "编号", Text(f"编号与第 {first} 行相同", f"the id of line {first} again"), found.id)
        yield found


def _table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row, header first."""
    if path.suffix.lower() in (".et", ".ods"):
        raise FormError(*sentence("not-a-workbook", path=path.name))
    try:
        raw = path.read_bytes()
        if is_workbook(raw):
            yield from _sheet(path, raw)
            return
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = raw.decode("gb18030")  # the default of spreadsheets in China
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        for row in reader:
            yield reader.line_num, row
    except (OSError, UnicodeDecodeError, csv.Error) as why:
        raise FormError(*sentence("answers-unreadable", path=path.name, why=why)) from None


def _sheet(path: Path, raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """Rows of the only sheet that is not empty, without the empty cells at their ends."""
    try:
        filled = [sheet for sheet in sheets(path.name, raw) if any(any(line.cells) for line in sheet.lines)]
    except WorkbookError as why:
        raise FormError(why.zh, why.en) from None
    if len(filled) > 1:
        names = [sheet.name for sheet in filled]
        raise FormError(*sentence("several-sheets", path=path.name, names=Text("、".join(names), str(names))))
    for line in filled[0].lines if filled else ():
        cells = list(line.cells)
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            yield line.number, cells


def _columns(path: Path, header: Sequence[str], questions: Sequence[Question]) -> list[str | Question]:
    known: dict[str, str | Question] = dict(BESIDE)
    for question in questions:
        known |= {question.code: question, question.label: question}
    names = [name.strip() for name in header]
    if strange := [name for name in names if name not in known]:
        raise FormError(*sentence("answers-column-unknown", path=path.name, column=strange[0]))
    found = [known[name] for name in names]
    if "id" not in found or not any(isinstance(column, Question) for column in found):
        raise FormError(*sentence("answers-column-missing", path=path.name))
    if twice := [name for at, name in enumerate(names) if found[at] in found[:at]]:
        raise FormError(*sentence("answers-column-twice", path=path.name, column=twice[0]))
    return found


def _row(line: int, row: Mapping[Any, str], columns: Sequence[str | Question]) -> AnswerRow | Reject:
    replies: list[dict[str, Any]] = []
    texts: dict[str, str] = {}
    for column in columns:
        cell = row.get(column, "")
        if isinstance(column, str) or not cell:
            continue
        try:
            reply, words = _reply(column, cell)
        except _Wrong as why:
            return Reject(line, column.label, Text(why.zh, why.en), cell)
        replies.append({"question": column.code, **reply})
        texts |= {column.code: words} if words else {}
    if not row.get("id", ""):
        return Reject(line, "编号", Text("缺少编号", "the id is missing"), "")
    if not replies:
        return Reject(line, "", Text("一题也没有作答", "no question is answered"), "")
    try:
        on = _day(row.get("date", ""))
    except ValueError:
        return Reject(line, "日期", Text("日期应如 2026-03-05", "a date is written 2026-03-05"), row["date"])
    person = {name: row[name] for name in ("full_name", "phone") if row.get(name)}
    return AnswerRow(line=line, id=row["id"], on=on, replies=replies, texts=texts, person=person)


def _reply(question: Question, cell: str) -> tuple[dict[str, Any], str]:
    """The reply in a cell, and apart from it the free text."""
    if question.kind == "text":
        return {}, cell
    if question.kind == "number":
        if match := _NUMBER.match(cell):
            return {"number": int(match[1])}, ""
        raise _Wrong(*sentence("not-a-whole-number"))
    if question.kind == "yes_no":
        if said := _YES_NO.get(cell.lower()):
            return {"choices": [said]}, ""
        raise _Wrong(*sentence("not-yes-or-no"))
    codes = {**{label: code for code, label in question.codes.items()}, **{code: code for code in question.codes}}
    parts = [cell] if cell in codes or question.kind == "choice" else _parts(cell)
    for part in parts:
        if part not in codes:
            offered = question.codes.values()
            raise _Wrong(*sentence("unknown-choice", part=part, offered=Text("；".join(offered), str(list(codes)))))
    return {"choices": list(dict.fromkeys(codes[part] for part in parts))}, ""


def _parts(cell: str) -> list[str]:
    """Split several choices; commas separate only if there is no semicolon, because labels may contain them."""
    split = re.split("[;；]" if re.search("[;；]", cell) else "[、，,|]", cell)
    return [part.strip() for part in split if part.strip()]


def _day(text: str) -> str:
    if not text:
        return ""
    match = _DAY.match(re.split("[ T]", text, maxsplit=1)[0])
    if match is None:
        raise ValueError(text)
    return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
