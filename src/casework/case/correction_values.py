"""Whether a corrected value is one that the member could have been recorded with."""

from __future__ import annotations

import re
from typing import get_args

from casework.case import events as e
from casework.case.activity import ACTIVITY_KINDS
from casework.case.command import Reporter
from casework.case.context import Context
from casework.case.deadlines import day, instant, written
from casework.case.decide_handling import ACTIONS
from casework.case.facts import KINDS, URGENCIES
from casework.case.guards import area_of, category_of, check_not_ahead, check_topic, close_to, named, refuse, unit_of
from casework.case.history import Event

Value = str | int | bool

_SLUG = re.compile(r"[a-z0-9_]*\Z")
_CODES: dict[str, tuple[str, ...]] = {
    "kind": tuple(KINDS),
    "urgency": tuple(URGENCIES),
    "outcome": ("solved", "explained", "not_solved", "unstated"),
    "activity": tuple(ACTIVITY_KINDS),
    "reporter": get_args(Reporter),
}
_DATES = ("occurred_on", "due_on", "planned_on")
_MAY_BE_BLANK = ("topic", "area", "township", "unit", "due", "due_on", "occurred", "station", "channel", "reason")


def checked(event: Event, member: str, value: Value, present: Value, context: Context) -> Value:
    """The value as it will be stored; refused when the member could not hold it."""
    value = _of_the_type(member, value, present)
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _number(event, member, value)
    if (
        not value
        and member not in _MAY_BE_BLANK
        and not (member == "category" and not isinstance(event, e.CaseAccepted))
    ):
        refuse(
            "value-missing", f"{member} was {named(str(present))} and cannot be blank: say what it should have been."
        )
    return _text(event, member, value, context) if value else value


def _of_the_type(member: str, value: Value, present: Value) -> Value:
    if type(value) is type(present):
        return value
    if isinstance(value, str) and isinstance(present, bool) and value in ("true", "false"):
        return value == "true"
    if isinstance(value, str) and isinstance(present, int) and re.fullmatch(r"-?[0-9]{1,10}", value):
        return int(value)
    kinds = {str: "text", bool: "yes or no (true, false)", int: "a whole number"}
    refuse("wrong-type", f"{member} is {kinds[type(present)]}, and “{value}” is {kinds[type(value)]}: give the former.")


def _number(event: Event, member: str, value: int) -> int:
    most = 5 if member == "satisfaction" else 2_000_000_000
    if not 0 <= value <= most:
        refuse("out-of-range", f"{member} cannot be {value}: give a number from 0 to {most}.")
    if isinstance(event, e.CallbackRecorded) and value and not event.reached:
        refuse("nobody-reached", f"Nobody was reached by that call, so that {member} cannot be {value}.")
    return value


def _text(event: Event, member: str, value: str, context: Context) -> str:
    codes = tuple(ACTIONS) if isinstance(event, e.ActionLogged) and member == "action" else _CODES.get(member)
    if codes is not None:
        if value not in codes:
            nearest = close_to(value, codes)
            refuse("unknown-code", f"{named(value)} is no {member}: use {', '.join(nearest)}.", nearest)
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
        refuse(
            "not-a-code",
            f"“{value}” is no code: {member} holds a-z, 0-9 and _ only; words belong into explanation.",
        )
    if member in ("occurred", "occurred_on"):
        _check_not_ahead(member, value, context)
    return value


def _check_topic(event: Event, topic: str, context: Context) -> None:
    code = str(getattr(event, "category", ""))
    category = context.roster.category(code, context.today) if code else None
    if isinstance(event, e.LedgerCaseRecorded) and not (category and category.topics):
        return
    check_topic(topic, category, context)


def _check_not_ahead(member: str, value: str, context: Context) -> None:
    instant_of = value if member == "occurred" else ""
    date_of = value if member == "occurred_on" else value[:10]
    check_not_ahead(
        Context(
            log=context.log,
            at=context.at,
            today=context.today,
            time_zone=context.time_zone,
            occurred=instant_of,
            occurred_on=date_of,
            actor=context.actor,
            role=context.role,
            policy=context.policy,
            roster=context.roster,
        )
    )
