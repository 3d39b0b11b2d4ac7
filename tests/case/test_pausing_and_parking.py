"""Tests pausing the clock of a case and parking hard cases (暂停计时、挂账)."""

import pytest

from casework.law.cases.escalating import DuePassed, MarkDuePassed
from casework.law.cases.parking import CaseParked, CaseUnparked, ParkCase, ParkReviewed, ReviewPark, UnparkCase
from casework.law.cases.pausing import ClockPaused, ClockResumed, PauseClock, ResumeClock
from casework.testing import CASE, given, later, step
from tests.case.scenes import DUE, DUE_ON, EVERY_STATUS, IN_PROGRESS, LEAD, PARKED, UNIT

PAUSE, RESUME = PauseClock(case=CASE, reason="awaiting_resident"), ResumeClock(case=CASE)
PARK = ParkCase(case=CASE, reason="funding", review_on="2026-04-01")
REVIEW, UNPARK = ReviewPark(case=CASE, review_on="2026-05-01"), UnparkCase(case=CASE)
paused = ClockPaused(reason="awaiting_resident")
PAUSED = (*IN_PROGRESS, paused)


def test_the_lead_pauses_the_clock():
    given(*IN_PROGRESS).when(PAUSE, actor=LEAD).then(paused).leaves(status="in_progress", due_on=DUE_ON)


def test_resuming_moves_the_due_instant_by_the_pause():
    # paused at 13:00, resumed two days later at 14:00
    given(*PAUSED, later(days=2)).when(RESUME, actor=LEAD).then(
        ClockResumed(paused_seconds=49 * 3600, due="2026-03-09T16:59:59.999Z", due_on="2026-03-10")
    ).leaves(due_on="2026-03-10", stopped=None)


def test_pausing_a_paused_clock_is_refused():
    given(*PAUSED).when(PAUSE).refused("clock-stopped")


def test_resuming_a_running_clock_is_refused():
    given(*IN_PROGRESS).when(RESUME).refused("clock-runs")


def test_a_pause_longer_than_the_policy_allows_needs_a_supervisor():
    """Else pausing would be the way to stop every clock."""
    given(*PAUSED, later(days=15, hours=-1)).when(RESUME, actor=LEAD).leaves(stopped=None)
    # of forty days, fifteen count
    given(*PAUSED, later(days=40)).when(RESUME, actor=LEAD).then(
        ClockResumed(paused_seconds=15 * 86_400, due="2026-03-22T15:59:59.999Z", due_on="2026-03-22")
    )
    given(*PAUSED, later(days=40)).when(RESUME, role="supervisor").leaves(due_on="2026-04-17")
    by_supervisor = step(paused, actor="cadre/eagle", role="supervisor")
    given(*IN_PROGRESS, by_supervisor, later(days=40)).when(RESUME, role="supervisor").leaves(due_on="2026-04-17")


def test_a_due_instant_does_not_pass_while_the_clock_is_paused():
    given(*PAUSED, later(days=9)).when(MarkDuePassed(case=CASE, due=DUE), role="clock").refused("clock-stopped")


def test_the_clock_records_once_that_the_due_instant_passed():
    mark = MarkDuePassed(case=CASE, due=DUE)
    passed = DuePassed(due=DUE, due_on=DUE_ON, round=1, held_by=LEAD, held_unit=UNIT)
    given(*IN_PROGRESS, later(days=9)).when(mark, role="clock").then(passed).leaves(status="in_progress")
    given(*IN_PROGRESS, later(days=9), passed).when(mark, role="clock").nothing_happens()


def test_a_due_instant_is_marked_only_when_passed_and_in_force():
    given(*IN_PROGRESS).when(MarkDuePassed(case=CASE, due=DUE), role="clock").refused("not-yet-due")
    other = MarkDuePassed(case=CASE, due="2026-03-05T15:59:59.999Z")
    given(*IN_PROGRESS, later(days=9)).when(other, role="clock").refused("not-that-due")


def test_only_the_clock_records_that_the_due_instant_passed():
    given(*IN_PROGRESS, later(days=9)).when(MarkDuePassed(case=CASE, due=DUE), role="supervisor").refused(
        "role-not-allowed"
    )


def test_a_supervisor_parks_a_hard_case_with_a_review_date():
    given(*IN_PROGRESS).when(PARK, role="supervisor").then(CaseParked(reason="funding", review_on="2026-04-01")).leaves(
        status="parked", parked=1, unit=UNIT, lead=LEAD, outcome=""
    )


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "dispatcher"])
def test_other_roles_cannot_park_or_unpark_a_case(role):
    given(*IN_PROGRESS).when(PARK, role=role).refused("role-not-allowed")
    given(*PARKED).when(UNPARK, role=role).refused("role-not-allowed")


def test_the_review_date_of_a_parked_case_must_be_in_range():
    given(*IN_PROGRESS).when(ParkCase(case=CASE, reason="court", review_on="2026-06-01")).refused("review-out-of-range")
    given(*IN_PROGRESS).when(ParkCase(case=CASE, reason="court", review_on="2026-03-01")).refused("review-out-of-range")


def test_a_reviewed_case_stays_parked():
    given(*PARKED).when(REVIEW).then(ParkReviewed(review_on="2026-05-01")).leaves(status="parked", parked=1)


def test_unparking_moves_the_due_instant_by_the_time_parked():
    # parked at 13:00, taken up ten days and an hour later
    given(*PARKED, later(days=10)).when(UNPARK).then(
        CaseUnparked(paused_seconds=241 * 3600, due="2026-03-17T16:59:59.999Z", due_on="2026-03-18")
    ).leaves(status="in_progress", parked=0, due_on="2026-03-18")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "in_progress"])
def test_only_a_case_that_is_being_handled_can_be_parked_or_paused(status):
    given(*EVERY_STATUS[status]).when(PARK).refused("not-in-this-state")
    given(*EVERY_STATUS[status]).when(PAUSE).refused("not-in-this-state")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "parked"])
def test_only_a_parked_case_can_be_reviewed_or_unparked(status):
    given(*EVERY_STATUS[status]).when(REVIEW).refused("not-in-this-state")
    given(*EVERY_STATUS[status]).when(UNPARK).refused("not-in-this-state")
