"""What people do to look good, and what the law makes of it: claimed times, own cases, stopped clocks (防作弊)."""

from typing import Any

import pytest
from msgspec import ValidationError, convert

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
from casework.law.county.commands import RecordActivity
from casework.law.county.privacy_commands import ErasePersonalData
from casework.testing import CASE, given, later, like, step
from tests.case.scenes import ACTED, CALLBACK, CLOSED, DISPATCHED, DUE, DUE_ON, IN_PROGRESS, LEAD, PARKED, dispatched

AFTER_DUE = "2026-03-09T02:00:00.000Z"
BEFORE_DUE = "2026-03-06T02:00:00.000Z"
YES = RecordCallback(case=CASE, reached=True, solved="yes")
said_no = CallbackRecorded(reached=True, solved="no")


# ── windows and clocks go by when it is entered ─────────────────────────────────────────────────────────────────


def test_nobody_asks_for_an_extension_after_the_fact_by_claiming_an_earlier_time():
    ask = RequestExtension(case=CASE, due_on="2026-03-15", reason="weather")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred=BEFORE_DUE).refused("due-passed")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred_on="2026-03-06").refused("due-passed")


def test_what_a_device_captured_in_time_is_in_time():
    ask = RequestExtension(case=CASE, due_on="2026-03-15", reason="weather")
    given(*IN_PROGRESS).when(ask, at=AFTER_DUE, occurred=BEFORE_DUE, captured=True).then(like(ExtensionRequested))


def test_nor_hands_a_case_back_after_its_window():
    late: dict[str, Any] = {"at": "2026-03-05T02:00:00.000Z", "occurred": "2026-03-02T05:00:00.000Z"}
    ask = RequestReturn(case=CASE, reason="not_our_duty")
    given(*DISPATCHED).when(ask, **late).refused("return-window-over")
    given(*DISPATCHED).when(ask, **late, captured=True).then(like(ReturnRequested))


def test_nor_is_the_window_shut_by_a_dispatch_entered_late():
    entered_late = step(dispatched, at="2026-03-05T02:00:00.000Z", occurred="2026-03-02T04:00:00.000Z")
    given(*DISPATCHED[:-1], entered_late).when(RequestReturn(case=CASE, reason="not_our_duty")).then(
        like(ReturnRequested)
    )


def test_nor_reopens_after_the_window():
    again = ReopenCase(case=CASE, to="dispatch", reason="came_back")
    given(*CLOSED, later(days=40)).when(again, role="caller", occurred_on="2026-03-31").refused("reopen-window-over")


def test_a_pause_claimed_for_last_week_moves_nothing():
    claimed = step(ClockPaused(reason="court"), at=AFTER_DUE, occurred="2026-03-03T02:00:00.000Z")
    given(*IN_PROGRESS, claimed).when(ResumeClock(case=CASE), actor=LEAD).then(like(ClockResumed, paused_seconds=3600))
    by_date: dict[str, Any] = {"occurred_on": "2026-03-10", "at": "2026-03-09T16:00:00.000Z"}
    given(*IN_PROGRESS, step(ClockPaused(reason="court"), at="2026-03-09T15:59:00.000Z")).when(
        ResumeClock(case=CASE), actor=LEAD, **by_date
    ).then(like(ClockResumed, paused_seconds=3600))


def test_nor_does_parking():
    parked = step(PARKED[-1], at=AFTER_DUE, occurred="2026-03-03T02:00:00.000Z")
    given(*IN_PROGRESS, parked).when(UnparkCase(case=CASE)).leaves(due_on="2026-03-08")


def test_pauses_add_up_within_a_round():
    twice = (ClockPaused(reason="court"), later(days=10))
    first = (*IN_PROGRESS, *twice, ClockResumed(paused_seconds=10 * 86_400, due=DUE, due_on=DUE_ON))
    given(*first, *twice).when(ResumeClock(case=CASE), actor=LEAD).then(like(ClockResumed, paused_seconds=5 * 86_400))


def test_it_is_not_done_before_the_unit_had_it():
    done = SubmitResolution(case=CASE, result="filled")
    given(*ACTED).when(done, at=AFTER_DUE, occurred="2026-03-01T02:00:00.000Z").refused("not-held-then")
    given(*ACTED).when(done, at=AFTER_DUE, occurred=BEFORE_DUE).leaves(status="resolved")


# ── nobody judges what they did themselves, whatever role they act in ───────────────────────────────────────────


def test_who_did_it_does_not_call_back_even_from_another_unit():
    given(*CALLBACK).when(YES, role="caller", unit="county-hotline", actor=LEAD).refused("own-case")


def test_nor_waives_the_callback():
    given(*CALLBACK).when(CloseCase(case=CASE, waiver="declined"), role="dispatcher", actor=LEAD).refused("own-case")


def test_nor_overrides_the_residents_no():
    override = CloseCase(case=CASE, override="checked_on_site")
    given(*CALLBACK, said_no).when(override, role="supervisor", actor=LEAD).refused("own-case")


def test_nor_calls_a_late_case_registered_in_error():
    given(*CLOSED).when(VoidCase(case=CASE, reason="typed_twice"), role="dispatcher", actor=LEAD).refused("own-case")


def test_nor_corrects_what_the_resident_said():
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
def test_an_entry_has_no_room_for_names_and_numbers(command, members):
    with pytest.raises(ValidationError):
        convert(members, command)


def test_a_due_date_leaves_room_to_move_it():
    far = RegisterCase(case=CASE, kind="difficulty", channel="counter", area="pine-1", due_on="9999-12-31")
    given().when(far).refused("due-too-far")
