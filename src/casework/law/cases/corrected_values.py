"""Checks that a corrected value is one the member could have held."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from casework.law.cases import names as called
from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.deadlines import day, instant, written
from casework.law.cases.facts import KINDS, OUTCOMES, REPORTERS, URGENCIES
from casework.law.cases.guards import check_not_ahead, close_to
from casework.law.cases.ledger import LedgerCaseRecorded
from casework.law.cases.refusals import refused
from casework.law.cases.roster_lookups import area_of, category_of, check_topic, unit_of
from casework.law.context import Context
from casework.law.event import Event
from casework.text import Text

Value = str | int | bool

_SLUG = re.compile(r"[a-z0-9_]*\Z")

#: member → its codes, each with its Chinese term
_CODES: dict[str, dict[str, str]] = {
    "kind": KINDS,
    "urgency": URGENCIES,
    "outcome": {code: OUTCOMES[code] for code in ("solved", "explained", "not_solved", "unstated")},
    "reporter": REPORTERS,
}

_KINDS = {
    str: Text("文字", "text"),
    bool: Text("是或否（true、false）", "yes or no (true, false)"),
    int: Text("整数", "a whole number"),
}

_DATES = ("occurred_on", "due_on", "planned_on")

_MAY_BE_BLANK = ("topic", "area", "township", "unit", "due", "due_on", "occurred", "station", "channel", "reason")


def checked(event: Event, member: str, value: Value, present: Value, context: Context) -> Value:
    """The value as it will be stored; refused when the member could not hold it."""
    value = _of_the_type(event, member, value, present)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _number(event, member, value)
    if not value and member not in _MAY_BE_BLANK and not (member == "category" and not isinstance(event, CaseAccepted)):
        raise refused(
            "value-missing",
            member=called.member(type(event), member),
            present=Text(called.choices((str(present),), codes_of(event, member)).zh, called.value(str(present)).en),
        )
    return _text(event, member, value, context) if value else value


def codes_of(event: Event, member: str) -> Mapping[str, str]:
    """The codes that a member can hold, each with its Chinese term; none where it is not of a closed list."""
    return event.code_terms.get(member) or _CODES.get(member, {})


def _of_the_type(event: Event, member: str, value: Value, present: Value) -> Value:
    if type(value) is type(present):
        return value
    if isinstance(value, str) and isinstance(present, bool) and value in ("true", "false"):
        return value == "true"
    if isinstance(value, str) and isinstance(present, int) and re.fullmatch(r"-?[0-9]{1,10}", value):
        return int(value)
    wanted, given, of = _KINDS[type(present)], _KINDS[type(value)], called.member(type(event), member)
    raise refused("wrong-type", of=Text(of.zh, member), wanted=wanted, value=value, given=given)


def _number(event: Event, member: str, value: int) -> int:
    most = 5 if member == "satisfaction" else 2_000_000_000
    if not 0 <= value <= most:
        raise refused("out-of-range", member=called.member(type(event), member), value=value, most=most)
    if isinstance(event, CallbackRecorded) and value and not event.reached:
        raise refused("nobody-reached/correction", member=called.member(type(event), member), value=value)
    return value


def _text(event: Event, member: str, value: str, context: Context) -> str:
    codes = codes_of(event, member)
    if codes:
        if value not in codes:
            nearest = close_to(value, tuple(codes))
            of = called.member(type(event), member)
            raise refused(
                "unknown-code",
                value=called.value(value),
                of=Text(of.zh, member),
                choices=called.choices(nearest, codes),
                nearest=nearest,
            )
        return value
    if member in _DATES:
        day(value)
    elif member in ("occurred", "due"):
        value = written(instant(value))
    elif member in ("area", "township"):
        area_of(value, context)
    elif member == "unit":
        unit_of(value, context)
    elif member == "category":
        category_of(value, context)
    elif member == "topic":
        _check_topic(event, value, context)
    elif not _SLUG.match(value):
        raise refused("not-a-code", value=value, member=called.member(type(event), member))
    if member in ("occurred", "occurred_on"):
        _check_not_ahead(member, value, context)
    return value


def _check_topic(event: Event, topic: str, context: Context) -> None:
    code = str(getattr(event, "category", ""))
    category = context.roster.category(code, context.today) if code else None
    if isinstance(event, LedgerCaseRecorded) and not (category and category.topics):
        return
    check_topic(topic, category, context)


def _check_not_ahead(member: str, value: str, context: Context) -> None:
    instant_of = value if member == "occurred" else ""
    date_of = value if member == "occurred_on" else value[:10]
    check_not_ahead(replace(context, occurred=instant_of, occurred_on=date_of))
