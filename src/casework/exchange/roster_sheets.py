"""Sheets of a roster file: their columns and the words allowed in them.

Headings and columns follow from the commands of the law and the words that these are documented in, so that a member
added there is a column here. Chinese is written first; English headings and codes are read as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec
from msgspec import Struct

from casework.law.cases.facts import OUTCOMES, REPORTERS
from casework.law.context import ROLES
from casework.law.described import members_of
from casework.law.roster.commands import (
    UNIT_KINDS,
    AssignResponsibility,
    DeclareArea,
    DeclareCadre,
    DeclareCategory,
    DeclareUnit,
    RosterCommand,
)

#: code → what it is called on a sheet, by the member in which it stands; words that a code has besides, after it
WORDS: dict[str, dict[str, tuple[str, ...]]] = {
    "level": {
        "county": ("县", "县级"),
        "township": ("乡镇", "乡", "镇", "街道", "乡镇级"),
        "village": ("村", "社区", "村级", "村（社区）"),
        "group": ("村民小组", "组", "小组"),
        "other": ("其他",),
    },
    "duty": {"contract": ("包保",), "grid": ("网格员",), "co": ("协办",), "link": ("挂联",)},
    "kind": {code: (words,) for code, words in UNIT_KINDS.items()},
    "roles": {code: (words,) for code, words in ROLES.items()},
    "reporter": {code: (words,) for code, words in REPORTERS.items()},
    "results": {code: (words, words.removeprefix("已")) for code, words in OUTCOMES.items()},
}
YES, NO = ("是", "yes", "true", "1"), ("否", "no", "false", "0")
#: members that are lists of words or codes
LISTS = frozenset({"roles", "topics"})
#: members that are days
DAYS = frozenset({"from", "until"})
#: headings of columns that are there for people alone
BESIDE = frozenset({"序号", "备注", "no.", "remark", "remarks"})
#: further headings by which a column is known
_ALSO: dict[str, str] = {
    "区域": "area",
    "所在区域": "area",
    "责任区域": "area",
    "单位": "unit",
    "干部": "cadre",
    "干部代号": "cadre",
    "责任干部": "cadre",
    "类别": "category",
    "上级": "parent",
    "职务": "post",
}


class Column(Struct, frozen=True):
    """One column: the member it fills, its headings, whether a row needs it, and the codes that may stand in it."""

    name: str
    zh: str
    meaning: str
    needed: bool
    codes: tuple[str, ...] = ()

    def heading(self, language: str) -> str:
        """What is written above it."""
        return self.name if language == "en" else self.zh


class Sheet(Struct, frozen=True):
    """One sheet: its names, as a file of its own too, and the command that each of its rows is."""

    name: str
    zh: str
    command: type[RosterCommand]

    def title(self, language: str) -> str:
        """What the sheet is called."""
        return self.name if language == "en" else self.zh

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns in the order of the command's members: a person's name early, an id that is made anyway last."""
        return _columns(self.command)

    @property
    def thing(self) -> str:
        """What its rows are of, and the column that names it: area, unit, …"""
        return self.command.__struct_encode_fields__[0]

    def column_of(self, heading: str) -> str:
        """The column that a heading means; the heading itself where it means none."""
        heading = heading.strip().rstrip("*＊").strip()
        known = {column.zh: column.name for column in self.columns} | {one.name: one.name for one in self.columns}
        found = known.get(heading) or _ALSO.get(heading, "")
        return found if found in known.values() else heading


#: in this order everything that a sheet names has been read before it
SHEETS: tuple[Sheet, ...] = (
    Sheet("areas", "区域", DeclareArea),
    Sheet("units", "单位", DeclareUnit),
    Sheet("cadres", "干部", DeclareCadre),
    Sheet("categories", "类别", DeclareCategory),
    Sheet("responsibilities", "责任", AssignResponsibility),
)


@cache
def _columns(kind: type[RosterCommand]) -> tuple[Column, ...]:
    told = members_of(kind)
    found = [
        Column(
            "name" if field.encode_name == "person" else field.encode_name,
            told[field.encode_name].text.zh,
            told[field.encode_name].text.en,
            field.required and field.encode_name != "responsibility",
            _codes(field.encode_name, field.type),
        )
        for field in msgspec.structs.fields(kind)
    ]
    first, *rest = found
    rest.sort(key=lambda column: column.name != "name")
    return (first, *rest) if first.needed else (*rest, first)


def _codes(name: str, kind: Any) -> tuple[str, ...]:
    """The codes that a member may have, where they are a closed list."""
    if get_origin(kind) is Annotated:
        return _codes(name, get_args(kind)[0])
    if get_origin(kind) is Literal:
        return tuple(str(code) for code in get_args(kind) if code)
    for inner in get_args(kind):
        if codes := _codes(name, inner):
            return codes
    return ()


def word_of(column: str, code: str, language: str) -> str:
    """How a code is written on a sheet."""
    if language == "en":
        return code
    return WORDS.get(column, {}).get(code, (code,))[0]


@cache
def codes_by_word(column: str) -> Mapping[str, str]:
    """Every word that may stand in a column of a closed list → its code."""
    return {word: code for code, words in WORDS.get(column, {}).items() for word in (*words, code)}
