"""Tests which cases are past their due day (超期)."""

import pytest
from sqlalchemy import select

from casework.application.cases.overdue import is_due_soon, is_overdue, stands_overdue
from casework.bootstrap import open_runtime
from casework.change.tables import case_now
from casework.clock import SimulatedClock, SystemClock
from casework.law.cases.deadlines import days_after
from tests.application.acting import acting
from tests.stories.terminal import LOG

DISPATCHER, CADRE = ("cadre/heron", "dispatcher"), ("cadre/crane", "cadre")
SUPERVISOR, REVIEWER = ("cadre/owl", "supervisor"), ("cadre/swift", "reviewer")


class Office:
    """A county whose clock the test holds, and the steps of a case as one-line calls."""

    def __init__(self, settings):
        self.clock = SimulatedClock(SystemClock().now())
        self.runtime = open_runtime(settings, self.clock)
        self.do = acting(self.runtime, LOG)

    def handled(self) -> str:
        """A case in progress, due fifteen days from now."""
        case = self.do("register-case", "cadre/finch", "caller", area="menglang", category="water").stream
        self.do("accept-case", *DISPATCHER, case=case)
        self.do("dispatch-case", *DISPATCHER, case=case, unit="water-station", lead="cadre/crane")
        self.do("acknowledge-case", *CADRE, case=case)
        self.do("log-action", *CADRE, case=case, action="visit", note="去看了")
        return case

    def submitted(self) -> str:
        case = self.handled()
        self.submit(case)
        return case

    def submit(self, case):
        self.do("submit-resolution", *CADRE, case=case, result="solved")

    def park(self, case):
        self.do("park-case", *SUPERVISOR, case=case, reason="funding", review_on=days_after(self.today, 20))

    @property
    def today(self) -> str:
        return self.clock.now()[:10]

    def found(self, condition) -> set[str]:
        with self.runtime.engine.connect() as db:
            return set(db.scalars(select(case_now.c.stream).where(case_now.c.log == LOG, condition)))

    def due_on(self, case) -> str:
        with self.runtime.engine.connect() as db:
            return db.scalars(select(case_now.c.due_on).where(case_now.c.stream == case)).one()


@pytest.fixture
def office(settings):
    office = Office(settings)
    yield office
    office.runtime.close()


def test_a_case_is_overdue_after_its_due_day_until_it_is_submitted(office):
    case = office.handled()
    due = office.due_on(case)

    assert office.found(is_overdue(due)) == set()
    assert office.found(is_overdue(days_after(due, 1))) == {case}
    office.clock.advance(days=17)
    office.submit(case)
    assert office.found(is_overdue(days_after(due, 3))) == set()


def test_a_submitted_case_that_waits_for_review_is_not_overdue(office):
    case = office.submitted()
    later = days_after(office.due_on(case), 9)

    assert office.found(is_overdue(later)) == set()
    office.do("approve-resolution", *REVIEWER, case=case, envelope={"expected": 5})
    assert office.found(is_overdue(later)) == set()


def test_a_parked_case_is_overdue_only_if_parked_after_its_due_day(office):
    early, late = office.handled(), office.handled()
    due = office.due_on(early)
    office.park(early)
    office.clock.advance(days=17)
    office.park(late)

    assert office.found(is_overdue(days_after(due, 3))) == {late}
    with office.runtime.engine.connect() as db:
        assert [stands_overdue(db, LOG, case, days_after(due, 3)) for case in (early, late)] == [False, True]


def test_only_work_that_is_still_owed_is_due_soon(office):
    owed, submitted, parked = office.handled(), office.submitted(), office.handled()
    office.park(parked)
    due = office.due_on(owed)

    assert office.found(is_due_soon(days_after(due, -3), 3)) == {owed}
    assert submitted not in office.found(is_due_soon(due, 3))
    assert office.found(is_due_soon(days_after(due, -4), 3)) == set()
