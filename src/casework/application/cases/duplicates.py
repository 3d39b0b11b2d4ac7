"""Finds cases that a new one may repeat: same person, words or place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, true

from casework.application.access.actor import Actor
from casework.application.access.permissions import may
from casework.application.access.reading_note import note
from casework.application.access.receipts import Receipted
from casework.application.access.visibility import Visibility, visibility_of
from casework.application.access.visibility_table import CLOSED
from casework.application.cases import rows as case_rows
from casework.application.cases.refusals import refused
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import County, Runtime
from casework.change.tables import case_now
from casework.database.engine import reading
from casework.law.cases.registering import RegisterCase
from casework.log.submission import Answer

#: days back in which the same place and category count as a hint
DAYS = 30
#: how many are shown on request, and after a registration
MOST, TOLD = 20, 5
#: latest cases looked at, of one person or of the same words: a hotline's own number may have thousands
LATEST = 100
#: the command whose answer warns
WARNS = "register-case"


class Likely(Struct, frozen=True, kw_only=True):
    """A case that may be the same; `why` is person (同一人), words (同样的话) or place (同地同类)."""

    why: tuple[str, ...]
    case: dict[str, Any]


class Hints(Struct, frozen=True, kw_only=True):
    """What was found; `elsewhere` tells officials of how many more of the same person, none confidential.

    looked  false where nobody looked: there was no time, or it could not be found out. Ask for likely duplicates then
    """

    likely: list[Likely] = []
    elsewhere: int = 0
    looked: bool = True


NOT_LOOKED = Hints(looked=False)


class Registered(Receipted, kw_only=True, omit_defaults=True):
    """What became of a registration, and what it may be the same as.

    duplicates  cases registered before it that may be the same; absent where nobody wanted to know
    """

    duplicates: Hints | None = None


def warned(runtime: Runtime, log: str, who: Actor, members: Mapping[str, Any], answer: Answer) -> Hints:
    """What a case just registered with these MEMBERS may be the same as.

    Only cases registered before it: a command sent again gets the same warning, as far as those cases
    stand as they stood.
    """
    own = {**members, "case": answer.stream}
    return likely_duplicates(runtime, log, who, own, before=answer.number, most=TOLD)


def likely_duplicates(
    runtime: Runtime, log: str, who: Actor, members: Mapping[str, Any], *, before: str = "", most: int = MOST
) -> Hints:
    """Cases that may be the one that these MEMBERS of a registration describe; nothing is stored.

    before  number below which a case must lie; '' for any
    """
    for name in members:
        if name not in RegisterCase.__struct_fields__:
            raise unknown(refused, "unknown-member", name, RegisterCase.__struct_fields__)
    county = runtime.county(log)
    scope = visibility_of(county, who)
    earlier = case_now.c.number < before if before else true()
    with reading(runtime.engine) as db:
        # without the right to read sealed parts, nobody may learn from hints whose case it is
        by_person = set(_of_person(runtime, db, log, members.get("person"))) if scope.unseals else set()
        by_words = set(_of_words(runtime, db, log, members.get("summary"))) if scope.unseals else set()
        own = _text(members.get("case"))
        named = (by_person | by_words) - {own}
        visible = or_(scope.listed(), scope.owned())
        among = case_now.c.stream.in_(sorted(named))
        found = _rows(db, log, among, visible, earlier, most=most) if named else []
        area, category = _text(members.get("area")), _text(members.get("category"))
        nearby: Sequence[Row[Any]] = []
        if area and category:
            here = (case_now.c.category == category, case_now.c.stream != own, earlier, scope.listed())
            nearby = _rows(db, log, *_lately(county, area), *here, most=most)
        elsewhere = _elsewhere(db, log, scope, by_person - {own} - {row.stream for row in found}, earlier)
        reasons: dict[str, list[str]] = {}
        for why, streams in (("person", by_person), ("words", by_words), ("place", {row.stream for row in nearby})):
            for stream in streams:
                reasons.setdefault(stream, []).append(why)
        rows = {row.stream: row for row in (*found, *nearby)}
        # the same person comes before the same place, two reasons before one; of equals the latest first
        order = sorted(rows.values(), key=lambda row: row.number, reverse=True)
        order.sort(key=lambda row: ("person" not in reasons[row.stream], -len(reasons[row.stream])))
        shown = case_rows.shown(runtime, db, log, order[:most], scope)
    if told := sum(bool(row["summary"]) for row in shown):
        note(runtime, county, who, "duplicates", shown=told)
    return Hints(likely=[Likely(why=tuple(reasons[row["stream"]]), case=row) for row in shown], elsewhere=elsewhere)


def _elsewhere(db: Connection, log: str, scope: Visibility, streams: set[str], earlier: ColumnElement[bool]) -> int:
    """Of the same person's cases that the reader does not see how many there are: a hint for officials.

    What is confidential counts for nobody who does not see it: who confides must not be found by a telephone number.
    """
    if not streams or not may(scope.who.role, "case.elsewhere"):
        return 0
    case = case_now.c
    hidden = [case.log == log, case.stream.in_(sorted(streams)), case.confidentiality.not_in(sorted(CLOSED)), earlier]
    return db.scalar(select(func.count()).select_from(case_now).where(*hidden)) or 0


def _of_person(runtime: Runtime, db: Connection, log: str, person: Any) -> tuple[str, ...]:
    if not isinstance(person, Mapping):
        return ()
    numbers = {name: _text(person.get(name)) for name in ("phone", "identity_number")}
    return runtime.sealer.find_person(db, log, numbers, LATEST)


def _of_words(runtime: Runtime, db: Connection, log: str, summary: Any) -> tuple[str, ...]:
    return runtime.sealer.find_text(db, log, _text(summary), LATEST)


def _lately(county: County, area: str) -> tuple[ColumnElement[bool], ...]:
    """What was registered in AREA in the last days; numbers grow and begin with the year, so that few rows are read."""
    since = (dt.date.fromisoformat(county.today) - dt.timedelta(days=DAYS)).isoformat()
    case = case_now.c
    return (case.area == area, case.number >= f"{county.log}-{since[:4]}", case.registered_on >= since)


def _rows(db: Connection, log: str, *where: ColumnElement[bool], most: int) -> Sequence[Row[Any]]:
    query = case_rows.columns().where(case_now.c.log == log, case_now.c.outcome != "registered_in_error", *where)
    return db.execute(query.order_by(case_now.c.number.desc()).limit(most)).all()


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
