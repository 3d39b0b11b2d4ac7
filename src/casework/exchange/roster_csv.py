"""A roster as CSV: a folder of up to five files, read into commands in an order in which parents come first.

    areas.csv             area, label, level, parent, from, until
    units.csv             unit, label, parent, area, level, from, until
    cadres.csv            cadre, name, unit, post, roles, from, until
    categories.csv        category, label, parent, topics, due_days, evidence_required, results, from, until
    responsibilities.csv  responsibility, cadre, area, duty, from, until

The first line names the columns, in English or Chinese (see CHINESE), in any order; columns not needed are left out.
UTF-8, with or without a byte-order mark. Lists are separated by `;` or `、`; results are `fixed=solved;told=explained`.
A blank `from` is the day the reader is given, else the day of recording. A cadre's id stands with or without `cadre/`;
the name goes to the sealed part alone. A responsibility without an id gets one made of cadre, area, duty and `from`, so
that the same file loads the same responsibilities again.
"""

from __future__ import annotations

import csv
import io
import uuid
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from casework.case.misfit import in_chinese
from casework.case.words import Spoken, Text
from casework.exchange.ledger import Reject
from casework.roster.commands import (
    AssignResponsibility,
    DeclareArea,
    DeclareCadre,
    DeclareCategory,
    DeclareUnit,
    RosterCommand,
)

#: file → command; in this order everything that a file names has been read before it
FILES: dict[str, type[RosterCommand]] = {
    "areas.csv": DeclareArea,
    "units.csv": DeclareUnit,
    "cadres.csv": DeclareCadre,
    "categories.csv": DeclareCategory,
    "responsibilities.csv": AssignResponsibility,
}
#: Chinese header → column
CHINESE: dict[str, str] = {
    "区域代码": "area",
    "所在区域": "area",
    "责任区域": "area",
    "单位代码": "unit",
    "单位": "unit",
    "干部代号": "cadre",
    "责任干部": "cadre",
    "类别代码": "category",
    "责任编号": "responsibility",
    "名称": "label",
    "姓名": "name",
    "级别": "level",
    "上级": "parent",
    "上级区域": "parent",
    "上级单位": "parent",
    "上级类别": "parent",
    "职务": "post",
    "角色": "roles",
    "主题": "topics",
    "办理天数": "due_days",
    "须有佐证": "evidence_required",
    "结果代码": "results",
    "责任": "duty",
    "生效日期": "from",
    "失效日期": "until",
}
_LISTS = frozenset({"roles", "topics"})
_YES = {"yes", "true", "1", "是"}
_NO = {"no", "false", "0", "否"}
_RESPONSIBILITIES = uuid.UUID("1d3c0f0e-6c53-5b0b-9d4a-2f6f5b6f4f52")


class RosterError(Spoken, ValueError):
    """A file cannot be read as a roster at all; says which, and what it should hold."""


class RosterRow(Struct, frozen=True):
    """One row that is wholly understood."""

    file: str
    line: int
    command: RosterCommand


class RosterReject(Struct, frozen=True):
    """One row that is not: the file, and line, column, reason and value."""

    file: str
    reject: Reject


def read(folder: Path, since: str = "") -> Iterator[RosterRow | RosterReject]:
    """Every row of a folder's files. `since` is the day from which rows hold that state none."""
    if not folder.is_dir():
        raise RosterError(
            f"{folder} 不是文件夹：花名册是一个文件夹，内有 {'、'.join(FILES)}（有几个算几个）",
            f"{folder} is no folder: a roster is a folder with {', '.join(FILES)}, as many as there are",
        )
    present = [name for name in FILES if (folder / name).is_file()]
    if not present:
        raise RosterError(
            f"{folder} 中没有 {'、'.join(FILES)} 的任何一个：请指明它们所在的文件夹",
            f"{folder} holds none of {', '.join(FILES)}: name the folder in which they lie",
        )
    for name in present:
        yield from _parents_first(_rows(folder / name, since))


def _rows(path: Path, since: str) -> Iterator[RosterRow | RosterReject]:
    kind = FILES[path.name]
    try:
        lines = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), strict=True)
    except UnicodeDecodeError as why:
        raise RosterError(
            f"{path.name} 不是 UTF-8 编码（第 {why.start} 字节）：请另存为“CSV UTF-8”",
            f"{path.name} is not UTF-8 (byte {why.start}): save it as “CSV UTF-8”",
        ) from why
    except OSError as why:
        raise RosterError(f"{path} 读不出来：{why.strerror}", f"cannot read {path}: {why.strerror}") from why
    header = _header(path.name, kind, next(lines, []))
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                yield _row(path.name, lines.line_num, kind, header, cells, since)
    except csv.Error as why:
        yield RosterReject(
            path.name,
            Reject(
                lines.line_num, "", Text(f"从这里起不是 CSV：{why}", f"from here on the file is not CSV: {why}"), ""
            ),
        )


def _header(name: str, kind: type[RosterCommand], cells: Sequence[str]) -> list[str]:
    header = [CHINESE.get(cell.strip(), cell.strip()) for cell in cells]
    known = _columns(kind)
    for column in header:
        if column not in known:
            raise RosterError(
                f"{name} 中的列“{column}”不认识：可以有 {'、'.join(known)}",
                f"{name} has a column {column!r}; it may have {', '.join(known)}",
            )
        if header.count(column) > 1:
            raise RosterError(f"{name} 中有两列“{column}”：请去掉一列", f"{name} has the column {column!r} twice")
    for field in _fields(kind):
        needed = field.required and field.encode_name != "responsibility"
        if needed and field.encode_name not in header:
            raise RosterError(
                f"{name} 缺少列“{field.encode_name}”：现有 {'、'.join(header) or '无'}",
                f"{name} lacks the column {field.encode_name!r}; it has {', '.join(header) or 'nothing'}",
            )
    return header


@cache
def _fields(kind: type[RosterCommand]) -> tuple[msgspec.structs.FieldInfo, ...]:
    """Looked up once, for msgspec resolves every annotation anew."""
    return msgspec.structs.fields(kind)


def _columns(kind: type[RosterCommand]) -> list[str]:
    return ["name" if name == "person" else name for name in kind.__struct_encode_fields__]


def _row(
    file: str, line: int, kind: type[RosterCommand], header: Sequence[str], cells: Sequence[str], since: str
) -> RosterRow | RosterReject:
    if len(cells) != len(header):
        return RosterReject(
            file,
            Reject(
                line,
                "",
                Text(
                    f"有 {len(cells)} 格，表头有 {len(header)} 格：请补齐或去掉",
                    f"has {len(cells)} cells where the header has {len(header)}",
                ),
                "",
            ),
        )
    given = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
    try:
        command = msgspec.convert(_members(kind, given, since), kind, strict=False)
    except _Wrong as why:
        return RosterReject(file, Reject(line, why.column, why.reason, given.get(why.column, "")))
    except msgspec.ValidationError as why:
        said, _, path = str(why).partition(" - at `$.")
        column = path.rstrip("`").partition("[")[0].partition(".")[0]
        column = "name" if column == "person" else column
        return RosterReject(file, Reject(line, column, Text(in_chinese(said), said), given.get(column, "")))
    return RosterRow(file, line, command)


class _Wrong(Exception):
    def __init__(self, column: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.column, self.reason = column, Text(zh, en)


def _members(kind: type[RosterCommand], given: Mapping[str, str], since: str) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for column, cell in given.items():
        if not cell:
            continue
        if column in _LISTS:
            members[column] = [word.strip() for word in cell.replace("、", ";").split(";") if word.strip()]
        elif column == "results":
            members[column] = _results(cell)
        elif column == "evidence_required":
            members[column] = _yes_or_no(column, cell)
        elif column == "name":
            members["person"] = {"full_name": cell}
        elif column == "cadre":
            members[column] = cell if cell.startswith("cadre/") else f"cadre/{cell}"
        else:
            members[column] = cell
    for field in _fields(kind):
        name = field.encode_name
        if field.required and name not in members and name != "responsibility":
            raise _Wrong(name, "没有填写", "is blank")
    if since:
        members.setdefault("from", since)
    if kind is AssignResponsibility and "responsibility" not in members:
        of = "\n".join(str(members.get(name, "")) for name in ("cadre", "area", "duty", "from"))
        members["responsibility"] = f"responsibility/{uuid.uuid5(_RESPONSIBILITIES, of)}"
    return members


def _results(cell: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in cell.replace("、", ";").split(";") if pair.strip()]
    if not all(sign for _, sign, _ in pairs):
        raise _Wrong("results", "应写作：代码=结果；代码=结果", "is not written as code=outcome;code=outcome")
    return {code.strip(): outcome.strip() for code, _, outcome in pairs}


def _yes_or_no(column: str, cell: str) -> bool:
    if cell.lower() not in _YES | _NO:
        raise _Wrong(column, "既不是“是”也不是“否”", "is neither yes nor no")
    return cell.lower() in _YES


def _parents_first(rows: Iterator[RosterRow | RosterReject]) -> Iterator[RosterRow | RosterReject]:
    """Rows of one file, each after the rows that declare its parent; among themselves in the file's order.

    A parent may be declared for several days: all its rows come first. Rows that form a circle come last, in the
    file's order: the law refuses them with the reason.
    """
    waiting: list[RosterRow] = []
    for row in rows:
        if isinstance(row, RosterReject):
            yield row
        else:
            waiting.append(row)
    while waiting:
        undeclared = {_code(row.command) for row in waiting}
        ready = [row for row in waiting if getattr(row.command, "parent", "") not in undeclared]
        if not ready:
            yield from waiting
            return
        yield from ready
        taken = {id(row) for row in ready}
        waiting = [row for row in waiting if id(row) not in taken]


def _code(command: RosterCommand) -> str:
    return getattr(command, command.__struct_fields__[0])


def example(name: str) -> Path:
    """Folder of a roster that comes with the program."""
    folder = Path(__file__).parent.parent / "data" / name
    if not (folder / "areas.csv").is_file():
        there = sorted(path.parent.name for path in folder.parent.glob("*/areas.csv"))
        raise RosterError(
            f"没有示例花名册“{name}”：现有 {'、'.join(there)}",
            f"there is no example roster {name!r}; there is {', '.join(there)}",
        )
    return folder
