"""Lists what waits for an officer (我的待办), in the order of the day."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from casework.application.access.actor import Actor
from casework.application.access.reading_note import note
from casework.application.access.visibility import Visibility, visibility_of
from casework.application.cases import rows as case_rows
from casework.application.cases.overdue import is_due_soon, is_overdue
from casework.application.cases.search import stands_in
from casework.application.findings.findings import Line
from casework.application.findings.findings import findings as found_by_auditors
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from casework.database.engine import reading

#: days ahead that count as soon
SOON = 3
ROWS = 20
_case = case_now.c
_OPEN = and_(*stands_in("open"))


class Pile(Struct, frozen=True, kw_only=True):
    """One heap on the desk: how many cases in all, and the first of them, most urgent first."""

    name: str
    zh: str
    en: str
    total: int
    rows: list[dict[str, Any]]


class FindingPile(Struct, frozen=True, kw_only=True):
    """One heap of auditors' findings: how many in all, and the latest of them."""

    name: str
    zh: str
    en: str
    total: int
    rows: list[Line]


class Desk(Struct, frozen=True, kw_only=True):
    """What waits for somebody today, at a size of the log."""

    log: str
    actor: str
    role: str
    today: str
    size: int
    piles: list[Pile]
    findings: list[FindingPile] = []


class _Look(Struct, frozen=True):
    """What a heap is made of goes by: who looks, what they see, and the day."""

    scope: Visibility
    today: str

    @property
    def who(self) -> Actor:
        return self.scope.who

    @property
    def theirs(self) -> ColumnElement[bool]:
        """What they answer for: their own cases, or, of those who watch over an area, everything in it."""
        watches = self.who.role in {"dispatcher", "supervisor"}
        return self.seen if watches else self.scope.owned()

    @property
    def seen(self) -> ColumnElement[bool]:
        """What they see of their area: what their lists hold, and what waits for their role beyond it."""
        return or_(self.scope.listed(), self.scope.waiting())


Condition = Callable[[_Look], ColumnElement[bool]]


def _queue(name: str) -> Condition:
    return lambda look: and_(*stands_in(name), look.seen)


def _to_sign(look: _Look) -> ColumnElement[bool]:
    return and_(*stands_in("to_sign"), _case.unit == look.who.unit, or_(look.seen, look.scope.owned()))


def _mine(look: _Look) -> ColumnElement[bool]:
    return and_(_OPEN, look.scope.owned())


def _waiting(look: _Look) -> ColumnElement[bool]:
    return and_(_OPEN, _case.pending != "", look.scope.owned(), _case.offered_to != look.who.unit)


def _overdue(look: _Look) -> ColumnElement[bool]:
    return and_(is_overdue(look.today), look.theirs)


def _due(look: _Look) -> ColumnElement[bool]:
    return and_(is_due_soon(look.today, SOON), look.theirs)


def _to_answer(look: _Look) -> ColumnElement[bool]:
    """Requests that wait for an answer of this role."""
    match look.who.role:
        case "dispatcher":
            return and_(_case.pending.in_(("return", "transfer")), look.seen)
        case "supervisor":
            return and_(_case.pending == "extension", look.seen)
    return and_(_case.pending == "transfer", _case.offered_to == look.who.unit, _case.offered_to != "")


def _of_data(look: _Look) -> ColumnElement[bool]:
    return and_(_case.data_requests != "", look.scope.listed())


def _supervised(look: _Look) -> ColumnElement[bool]:
    return and_(*stands_in("supervised"), look.theirs)


#: heap → its words, and what stands in it
PILES: dict[str, tuple[str, str, Condition]] = {
    "overdue": ("已超期", "Overdue", _overdue),
    "due": (f"{SOON} 天内到期", f"Due within {SOON} days", _due),
    "to_accept": ("待受理", "To accept", _queue("to_accept")),
    "to_dispatch": ("待派单", "To dispatch", _queue("to_dispatch")),
    "to_sign": ("待签收", "To sign for", _to_sign),
    "to_answer": ("待我答复的申请", "Requests that wait for my answer", _to_answer),
    "to_review": ("待审核", "To review", _queue("to_review")),
    "to_call_back": ("待回访", "To call back", _queue("to_call_back")),
    "mine": ("我的未办结", "My open cases", _mine),
    "waiting": ("等他人答复", "Waiting for somebody else", _waiting),
    "supervised": ("督办中", "Under supervision", _supervised),
    "parked": ("挂账", "Parked", _queue("parked")),
    "data_requests": ("待答复的个人信息请求", "Requests about personal data", _of_data),
}
#: role → heaps on its desk; a role without a line has an empty desk
DESKS: dict[str, tuple[str, ...]] = {
    "dispatcher": ("to_accept", "to_dispatch", "to_answer", "overdue", "due"),
    "cadre": ("overdue", "due", "to_sign", "mine", "waiting"),
    "unit_lead": ("overdue", "due", "to_sign", "to_answer", "mine", "waiting"),
    "supervisor": ("overdue", "due", "to_answer", "supervised", "parked"),
    "reviewer": ("to_review",),
    "caller": ("to_call_back",),
    "reporter": ("mine",),
    "privacy_officer": ("data_requests",),
}


_TO_ANSWER = (("open", "待答复的审计发现", "Findings to answer"),)
#: role → heaps of findings on its desk: how they stand, and the words for it
FINDINGS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "auditor": (
        ("answered", "待销号的审计发现", "Findings to close"),
        ("overdue", "逾期未答复的审计发现", "Findings whose answer is overdue"),
    ),
    "unit_lead": _TO_ANSWER,
    "supervisor": _TO_ANSWER,
}


def desk(runtime: Runtime, log: str, who: Actor, rows: int = ROWS, only: str = "") -> Desk:
    """What waits for WHO: of each heap, or of that one ONLY, how many, and the first ROWS of them."""
    county = runtime.county(log)
    look = _Look(visibility_of(county, who), county.today)
    with reading(runtime.engine) as db:
        piles = list(_piles(runtime, db, log, look, rows, only))
    if told := sum(bool(row["summary"]) for pile in piles for row in pile.rows):
        note(runtime, county, who, "desk", shown=told)
    return Desk(
        log=log,
        actor=who.actor,
        role=who.role,
        today=look.today,
        size=runtime.store.head(log).size,
        piles=piles,
        findings=[
            _findings(runtime, log, who, status, zh, en, rows)
            for status, zh, en in FINDINGS.get(who.role, ())
            if not only
        ],
    )


def _findings(runtime: Runtime, log: str, who: Actor, status: str, zh: str, en: str, rows: int) -> FindingPile:
    found = found_by_auditors(runtime, log, who, status=status, limit=max(rows, 1))
    return FindingPile(name=f"findings_{status}", zh=zh, en=en, total=found.total, rows=found.rows[:rows])


def _piles(runtime: Runtime, db: Connection, log: str, look: _Look, rows: int, only: str) -> Iterator[Pile]:
    for name in DESKS.get(look.who.role, ()):
        if only not in ("", name):
            continue
        zh, en, condition = PILES[name]
        where = and_(_case.log == log, condition(look))
        total = db.scalar(select(func.count()).select_from(case_now).where(where)) or 0
        first = func.coalesce(func.nullif(_case.due_on, ""), "9999-12-31")
        query = case_rows.columns().where(where).order_by(first, _case.number, _case.stream).limit(rows)
        found = db.execute(query).all() if total and rows else []
        yield Pile(name=name, zh=zh, en=en, total=total, rows=case_rows.shown(runtime, db, log, found, look.scope))
