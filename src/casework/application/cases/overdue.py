"""Says which cases are past their due day, for desk, lists and pages alike.

A due day counts while a unit owes its work: not once the work is submitted, and not while the case is parked, if that
was before the day had passed. Days are those of recording: no claimed time makes a case overdue, or keeps it from it.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from casework.change.tables import case_now
from casework.law.cases.deadlines import days_after
from casework.law.cases.parking import CaseParked
from casework.log.schema import entry

#: open, and not yet submitted
OWED = ("registered", "accepted", "dispatched", "in_progress")
_case = case_now.c
_parked_on = (
    select(func.max(entry.c.recorded_on))
    .where(entry.c.log == _case.log, entry.c.stream == _case.stream, entry.c.type == CaseParked.name)
    .correlate(case_now)
    .scalar_subquery()
)


def is_overdue(today: str) -> ColumnElement[bool]:
    """Past the due day on TODAY, over `case_now`."""
    owed = _case.status.in_(OWED)
    parked_late = and_(_case.status == "parked", _parked_on > _case.due_on)
    return and_(_case.due_on != "", _case.due_on < today, or_(owed, parked_late))


def is_due_soon(today: str, days: int) -> ColumnElement[bool]:
    """Due on TODAY or within DAYS from it, over `case_now`."""
    return and_(_case.due_on >= today, _case.due_on <= days_after(today, days), _case.status.in_(OWED))


def stands_overdue(db: Connection, log: str, stream: str, today: str) -> bool:
    """Whether one case is past its due day."""
    found = select(_case.stream).where(_case.log == log, _case.stream == stream, is_overdue(today))
    return db.execute(found).first() is not None
