"""Finds a case's stream by its number, its id or a ledger's id."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import or_, select

from casework.application.access.actor import Actor
from casework.application.access.visibility import visibility_of
from casework.application.cases.refusals import refused
from casework.application.runtime.problem import hint
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now

_UUID = re.compile(r"(?:case/)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\Z")
#: members of commands that name a case, or several
NAMING = frozenset(("case", "into", "out_of", "follows", "cases"))


def find_case(runtime: Runtime, log: str, name: str, who: Actor | None = None, *, offers: bool = True) -> str:
    """The stream of the case called NAME, or a Problem that says what to do.

    OFFERS numbers that are nearly the same: of cases that WHO sees; the machine's operator, who is nobody, sees all.
    """
    name = name.strip()
    if not name.isprintable():  # no case has such a name, and some databases reject it
        raise refused("unknown-case/no-number")
    if found := runtime.store.find(log, "number", name):
        return found
    if found := runtime.store.find(log, "external_ref", name):
        return found
    if (match := _UUID.match(name)) and runtime.store.read_stream(log, f"case/{match[1]}"):
        return f"case/{match[1]}"
    if re.fullmatch(r"\d{4}-\d{1,6}", name):  # a number without its county
        year, count = name.split("-")
        if found := runtime.store.find(log, "number", f"{log}-{year}-{int(count):06}"):
            return found
    close = _near_numbers(runtime, log, name, who) if offers else ()
    raise refused("unknown-case", name=name, hint=hint(close), nearest=close)


def named_cases(runtime: Runtime, log: str, members: dict[str, Any], *, offers: bool) -> dict[str, Any]:
    """The same members, with cases named by number or ledger id turned into their streams."""

    if NAMING.isdisjoint(members):
        return members
    return {name: _stream(runtime, log, value, offers) if name in NAMING else value for name, value in members.items()}


def _stream(runtime: Runtime, log: str, value: Any, offers: bool) -> Any:
    if isinstance(value, list):
        return [_stream(runtime, log, inner, offers) for inner in value]
    known = not isinstance(value, str) or not value or value.startswith("case/")
    return value if known else find_case(runtime, log, value, offers=offers)


def number_of(runtime: Runtime, log: str, stream: str) -> str:
    """The case number of a stream; the stream itself where it has none."""
    number = select(case_now.c.number).where(case_now.c.log == log, case_now.c.stream == stream)
    with runtime.engine.connect() as db:
        return db.scalar(number) or stream


def _near_numbers(runtime: Runtime, log: str, name: str, who: Actor | None) -> tuple[str, ...]:
    """Numbers that begin alike: a mistyped digit is mostly among the last."""
    digits = name[:-2]
    if len(digits) < len(log):
        return ()
    near = select(case_now.c.number).where(
        case_now.c.log == log, case_now.c.number >= digits, case_now.c.number < digits + "~"
    )
    if who is not None:
        scope = visibility_of(runtime.county(log), who)
        near = near.where(or_(scope.listed(), scope.owned()))
    with runtime.engine.connect() as db:
        return tuple(db.scalars(near.order_by(case_now.c.number).limit(3)))
