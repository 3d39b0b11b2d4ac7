"""Before a case is registered: which cases may be the same, by the same person's number or the same place lately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, func, or_, select

from casework.application import case_rows
from casework.application.access import note
from casework.application.house import House
from casework.application.people import Person, today
from casework.application.problem import unknown
from casework.application.scope import AREA, CLOSED, Scope, scope_of
from casework.case.commands_intake import RegisterCase
from casework.change.tables import case_now
from casework.log.database import reading

#: days back in which the same place and category are worth a look
DAYS = 30
MOST = 20


class Likely(Struct, frozen=True, kw_only=True):
    """A case that may be the same; `why` is person (同一人), words (同样的话) or place (同地同类)."""

    why: tuple[str, ...]
    case: dict[str, Any]


class Hints(Struct, frozen=True, kw_only=True):
    """What was found; `elsewhere` tells officials of how many more of the same person, none confidential."""

    likely: list[Likely]
    elsewhere: int = 0


def likely_duplicates(house: House, log: str, who: Person, members: Mapping[str, Any]) -> Hints:
    """Cases that may be the one that these MEMBERS of a registration describe; nothing is stored."""
    for name in members:
        if name not in RegisterCase.__struct_fields__:
            raise unknown("unknown-member", "项", "member", name, RegisterCase.__struct_fields__)
    scope = scope_of(house, log, who)
    with reading(house.engine) as db:
        # whoever may not read what is sealed must not learn by asking whose case it is
        by_person = set(_of_person(house, db, log, members.get("person"))) if scope.unseals else set()
        by_words = set(house.sealer.find_text(db, log, _text(members.get("summary")))) if scope.unseals else set()
        own = _text(members.get("case"))
        named = (by_person | by_words) - {own}
        visible = or_(scope.listed(), scope.owned())
        found = _rows(house, db, log, scope, case_now.c.stream.in_(sorted(named)), visible) if named else []
        area, category = _text(members.get("area")), _text(members.get("category"))
        nearby = _nearby(house, db, log, scope, area, category, own) if area and category else []
        elsewhere = _elsewhere(db, log, scope, by_person - {own} - {row["stream"] for row in found})
    reasons: dict[str, list[str]] = {}
    for why, streams in (("person", by_person), ("words", by_words), ("place", {row["stream"] for row in nearby})):
        for stream in streams:
            reasons.setdefault(stream, []).append(why)
    rows = {row["stream"]: row for row in (*found, *nearby)}
    # the same person comes before the same place, two reasons before one; of equals the latest first
    order = sorted(rows.values(), key=lambda row: row["number"], reverse=True)
    order.sort(key=lambda row: ("person" not in reasons[row["stream"]], -len(reasons[row["stream"]])))
    if told := sum(bool(row["summary"]) for row in rows.values()):
        note(house, log, who, "duplicates", shown=told)
    likely = [Likely(why=tuple(reasons[row["stream"]]), case=row) for row in order[:MOST]]
    return Hints(likely=likely, elsewhere=elsewhere)


def _elsewhere(db: Connection, log: str, scope: Scope, streams: set[str]) -> int:
    """Of the same person's cases that the reader does not see how many there are: a hint for officials.

    What is confidential counts for nobody who does not see it: who confides must not be found by a telephone number.
    """
    if not streams or scope.who.role not in AREA:
        return 0
    case = case_now.c
    hidden = [case.log == log, case.stream.in_(sorted(streams)), case.confidentiality.not_in(sorted(CLOSED))]
    return db.scalar(select(func.count()).select_from(case_now).where(*hidden)) or 0


def _of_person(house: House, db: Connection, log: str, person: Any) -> Iterable[str]:
    if not isinstance(person, Mapping):
        return
    for name in ("phone", "identity_number"):
        if given := _text(person.get(name)):
            yield from house.sealer.find_person(db, log, given)


def _nearby(
    house: House, db: Connection, log: str, scope: Scope, area: str, category: str, own: str
) -> list[dict[str, Any]]:
    since = (dt.date.fromisoformat(today(house, log)) - dt.timedelta(days=DAYS)).isoformat()
    township = house.roster_lately(log).township_of(area, today(house, log))
    case = case_now.c
    where = [case.area == area, case.category == category, case.registered_on >= since, case.stream != own]
    if township:
        where.append(case.township == township)  # the index of townships finds them
    return _rows(house, db, log, scope, *where, scope.listed())


def _rows(house: House, db: Connection, log: str, scope: Scope, *where: ColumnElement[bool]) -> list[dict[str, Any]]:
    query = case_rows.columns().where(case_now.c.log == log, case_now.c.outcome != "registered_in_error", *where)
    found = db.execute(query.order_by(case_now.c.number.desc()).limit(MOST)).all()
    return case_rows.shown(house, db, log, found, scope)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
