"""Tests that backdating, own cases and paused clocks cannot improve figures (防作弊)."""

from typing import Any

import pytest
from msgspec import ValidationError, convert

from casework.law.activities.activity import RecordActivity
from casework.law.cases.calling_back import CallbackRecorded, RecordCallback
from casework.law.cases.closing import CloseCase
from casework.law.cases.correcting import CorrectRecord
from casework.law.cases.extending import ExtensionRequested, RequestExtension
from casework.law.cases.parking import UnparkCase
from casework.law.cases.pausing import ClockPaused, ClockResumed, ResumeClock
from casework.law.cases.registering import RegisterCase
from casework.law.cases.reopening import ReopenCase
from casework.law.cases.resolving import SubmitResolution
from casework.law.cases.returning import RequestReturn, ReturnRequested
from casework.law.cases.voiding import VoidCase
from casework.law.county.privacy_commands import ErasePersonalData
from casework.testing import CASE, given, later, like, step
from tests.case.scenes import ACTED, CALLBACK, CLOSED, DISPATCHED, DUE, DUE_ON, IN_PROGRESS, LEAD, PARKED, dispatched

AFTER_DUE = "2026-03-09T02:00:00.000Z"
BEFORE_DUE = "2026-03-06T02:00:00.000Z"
YES = RecordCallback(case=CASE, reached=True, solved="yes")
said_no = CallbackRecorded(reached=True, solved="no")


# ── windows and clocks go by when it is entered ─────────────────────────────────────────────────────────────────


def test_an_extension_backdated_to_before_the_due_instant_is_refused():
    ask = RequestExtension(case=CASE, due_on="2026-03-15", reason="weather")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred=BEFORE_DUE).refused("due-passed")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred_on="2026-03-06").refused("due-passed")


def test_a_request_captured_by_a_device_in_time_is_accepted_later():
    ask = RequestExtension(case=CASE, due_on="2026-03-15", reason="weather")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred=BEFORE_DUE, captured=True).then(like(ExtensionRequested))


def test_a_return_backdated_into_its_window_is_refused():
    late: dict[str, Any] = {"at": "2026-03-05T02:00:00.000Z", "occurred": "2026-03-02T05:00:00.000Z"}
    ask = RequestReturn(case=CASE, reason="not_our_duty")
    given(*DISPATCHED).when(ask, **late).refused("return-window-over")
    given(*DISPATCHED).when(ask, **late, captured=True).then(like(ReturnRequested))


def test_a_dispatch_entered_late_leaves_the_return_window_open():
    entered_late = step(dispatched, at="2026-03-05T02:00:00.000Z", occurred="2026-03-02T04:00:00.000Z")
    given(*DISPATCHED[:-1], entered_late).when(RequestReturn(case=CASE, reason="not_our_duty")).then(
        like(ReturnRequested)
    )


def test_a_reopening_backdated_into_its_window_is_refused():
    again = ReopenCase(case=CASE, to="dispatch", reason="came_back")
    given(*CLOSED, later(days=40)).when(again, role="caller", occurred_on="2026-03-31").refused("reopen-window-over")


def test_a_backdated_pause_does_not_move_the_due_date():
    claimed = step(ClockPaused(reason="court"), at=AFTER_DUE, occurred="2026-03-03T02:00:00.000Z")
    given(*IN_PROGRESS, claimed).when(ResumeClock(case=CASE), actor=LEAD).then(like(ClockResumed, paused_seconds=3600))
    by_date: dict[str, Any] = {"occurred_on": "2026-03-10", "at": "2026-03-09T16:00:00.000Z"}
    given(*IN_PROGRESS, step(ClockPaused(reason="court"), at="2026-03-09T15:59:00.000Z")).when(
        ResumeClock(case=CASE), actor=LEAD, **by_date
    ).then(like(ClockResumed, paused_seconds=3600))


def test_a_backdated_parking_does_not_move_the_due_date():
    parked = step(PARKED[-1], at=AFTER_DUE, occurred="2026-03-03T02:00:00.000Z")
    given(*IN_PROGRESS, parked).when(UnparkCase(case=CASE)).leaves(due_on="2026-03-08")


def test_pauses_of_one_round_count_together_to_the_limit():
    twice = (ClockPaused(reason="court"), later(days=10))
    first = (*IN_PROGRESS, *twice, ClockResumed(paused_seconds=10 * 86_400, due=DUE, due_on=DUE_ON))
    given(*first, *twice).when(ResumeClock(case=CASE), actor=LEAD).then(like(ClockResumed, paused_seconds=5 * 86_400))


def test_a_resolution_dated_before_the_dispatch_is_refused():
    done = SubmitResolution(case=CASE, result="filled")
    given(*ACTED).when(done, at=AFTER_DUE, occurred="2026-03-01T02:00:00.000Z").refused("not-held-then")
    given(*ACTED).when(done, at=AFTER_DUE, occurred=BEFORE_DUE).leaves(status="resolved")


# ── people cannot judge their own work in any role ───────────────────────────────────────────


def test_a_case_lead_cannot_make_its_callback_from_another_unit():
    given(*CALLBACK).when(YES, role="caller", unit="county-hotline", actor=LEAD).refused("own-case")


def test_a_case_lead_cannot_waive_its_callback():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined"), role="dispatcher", actor=LEAD).refused("own-case")


def test_a_case_lead_cannot_override_the_residents_no():
    override = CloseCase(case=CASE, override="checked_on_site")
    given(*CALLBACK, said_no).when(override, role="supervisor", actor=LEAD).refused("own-case")


def test_a_case_lead_cannot_void_the_case():
    given(*CLOSED).when(VoidCase(case=CASE, reason="typed_twice"), role="dispatcher", actor=LEAD).refused("own-case")


def test_a_case_lead_cannot_correct_what_the_resident_said():
    better = CorrectRecord(case=CASE, rev=7, member="satisfaction", value=4, reason="typing_error")
    given(*CLOSED).when(better, role="supervisor", actor=LEAD).refused("own-case")
    given(*CLOSED).when(better, role="supervisor").leaves(satisfaction=4)


# ── no words where codes belong, no dates at the end of the calendar ────────────────────────────────────────────


@pytest.mark.parametrize(
    ("command", "members"),
    [
        (RegisterCase, {"case": CASE, "external_ref": "张三 13987650000"}),
        (RegisterCase, {"case": CASE, "external_ref": "call me"}),
        (RegisterCase, {"case": CASE, "resident": "resident/13987650000"}),
        (RegisterCase, {"case": CASE, "resident": "resident/zhang-san"}),
        (RegisterCase, {"case": CASE, "resident": "张三"}),
        (RecordActivity, {"activity": "activity/" + CASE[5:], "what": "patrol", "station": "张三家"}),
        (ErasePersonalData, {"log": "000000", "kids": ["张三"], "basis": "other"}),
    ],
)
def test_codes_cannot_hold_names_or_telephone_numbers(command, members):
    with pytest.raises(ValidationError):
        convert(members, command)


def test_a_due_date_at_the_end_of_the_calendar_is_refused():
    far = RegisterCase(case=CASE, kind="difficulty", channel="counter", area="pine-1", due_on="9999-12-31")
    given().when(far).refused("due-too-far")
