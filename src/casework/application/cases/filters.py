"""Checks exact filters on facts of cases; refuses unknown names and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from casework.application.cases.refusals import refused
from casework.application.runtime.problem import Problem, near, unknown
from casework.application.runtime.runtime import County
from casework.law.cases import facts
from casework.law.findings.events import FINDING_KINDS
from casework.law.roster.directory import Directory
from casework.text import Text

#: fact → its closed list of values
CLOSED: dict[str, Sequence[str]] = {
    "status": tuple(facts.STATUSES),
    "outcome": ("", *facts.OUTCOMES),
    "kind": tuple(facts.KINDS),
    "urgency": tuple(facts.URGENCIES),
    "confidentiality": tuple(facts.CONFIDENTIALITIES),
    "timeliness": ("", *facts.TIMELINESS),
    "solved_word": ("", "yes", "no"),
    "finding_kind": tuple(FINDING_KINDS),
}
#: column → the kind of thing of the roster that it names
DECLARED = {
    "area": "area", "township": "area", "unit": "unit", "closer_unit": "unit", "actor_unit": "unit",
    "holder_unit": "unit", "lead": "cadre", "closer": "cadre", "holder": "cadre", "cadre": "cadre",
    "category": "category",
}  # fmt: skip
Values = str | Sequence[str]


def checked(county: County, where: Mapping[str, Values], columns: Sequence[str]) -> dict[str, tuple[str | int, ...]]:
    """The filters with values as they are stored; COLUMNS are those there are."""
    found: dict[str, tuple[str | int, ...]] = {}
    for column, given in where.items():
        if column not in columns:
            raise unknown(refused, "unknown-filter", column, columns)
        values = (given,) if isinstance(given, str) else tuple(given)
        found[column] = tuple(_value(county.roster, column, value) for value in values)
    return found


def _value(roster: Directory, column: str, value: str) -> Any:
    if column in facts.NUMBER_FACTS:
        if value.isascii() and value.isdecimal() and len(value) <= 12:
            return int(value)
        raise refused("not-a-number", column=column)
    known = CLOSED.get(column)
    if known is not None and value not in known:
        close = near(value, known) or tuple(word for word in known if word)
        raise _unknown(column, value, close)
    thing = DECLARED.get(column)
    named = value.startswith("cadre/") if thing == "cadre" else bool(value)
    if thing is not None and named and roster.timeline(_stream(thing, value)).rev < 0:
        raise _unknown(column, value, roster.nearest(thing, value))
    return value


def _stream(thing: str, code: str) -> str:
    return code if thing == "cadre" else f"{thing}/{code}"


def _unknown(column: str, value: str, close: Sequence[str]) -> Problem:
    end = Text(f"；可用的有：{'、'.join(close)}", f"; nearest: {', '.join(close)}") if close else Text("", "")
    return refused("unknown-value", column=column, value=value, choices=end, nearest=close)
