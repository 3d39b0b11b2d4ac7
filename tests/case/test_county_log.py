"""What happens to a county's log as a whole (全县)."""

import pytest

from casework.law.cases.returning import RequestReturn
from casework.law.county.commands import AcceptClock, ChangeLaw, ChangePolicy, OpenLog, RecordLockOut
from casework.law.county.events import (
    AccountLocked,
    ClockAccepted,
    LawChanged,
    LogOpened,
    PersonalDataErased,
    PolicyChanged,
)
from casework.law.county.privacy_commands import ErasePersonalData
from casework.law.policy import Policy, PolicyNumbers
from casework.testing import CASE, LOG, given, later
from tests.case.scenes import DISPATCHED

OPEN = OpenLog(log=LOG, origin="example.test/casework/000000", county="云雀县")
opened = LogOpened(
    origin="example.test/casework/000000", county="云雀县", time_zone="Asia/Shanghai", law=1, clock="real",
    policy=Policy(),
)  # fmt: skip
LONGER = ChangePolicy(log=LOG, policy=PolicyNumbers(return_window_hours=72), basis="doc-2026-7")
ERASE = ErasePersonalData(log=LOG, kids=("0a0b",), basis="resident_asked")


def test_entry_0_says_everything_the_law_needs():
    given().when(OPEN, role="administrator").then(opened).leaves(
        opened=True, policy=Policy(), time_zone="Asia/Shanghai", law=1, clock="real"
    )


def test_a_log_is_opened_once():
    other = OpenLog(log=LOG, origin="example.test/another", county="别县")
    given(opened).when(other).refused("log-open-already")


def test_nothing_is_changed_before_it_is_open():
    given().when(LONGER).refused("log-not-open")
    given().when(ChangeLaw(log=LOG, law=2)).refused("log-not-open")
    given().when(ERASE, role="privacy_officer").refused("log-not-open")


def test_the_time_zone_must_exist():
    given().when(OpenLog(log=LOG, origin="example.test/a", county="云雀县", time_zone="Asia/Lancang")).refused(
        "unknown-time-zone"
    )


def test_a_new_policy_is_an_entry_and_holds_from_there_on():
    given(opened).when(LONGER).then(PolicyChanged(policy=Policy(return_window_hours=72), basis="doc-2026-7")).leaves(
        policy=Policy(return_window_hours=72)
    )
    late = RequestReturn(case=CASE, reason="other")
    given(opened, *DISPATCHED, later(days=2)).when(late).refused("return-window-over")
    changed = PolicyChanged(policy=Policy(return_window_hours=72), basis="doc-2026-7")
    assert given(opened, *DISPATCHED, changed, later(days=2)).when(late).entries


def test_the_same_policy_changes_nothing():
    given(opened).when(ChangePolicy(log=LOG, policy=PolicyNumbers(), basis="doc")).nothing_happens()


def test_its_numbers_are_not_negative():
    given(opened).when(ChangePolicy(log=LOG, policy=PolicyNumbers(due_days=-1), basis="doc")).refused(
        "number-out-of-range"
    )


def test_the_law_goes_forward_only():
    given(opened).when(ChangeLaw(log=LOG, law=2)).then(LawChanged(law=2)).leaves(law=2)
    given(opened, LawChanged(law=3)).when(ChangeLaw(log=LOG, law=2)).refused("law-goes-forward")


def test_an_operator_vouches_for_the_clock():
    vouch = AcceptClock(log=LOG, head_at="2026-03-02T01:00:00.000Z", clock_at="2027-04-01T00:00:00.000Z")
    given(opened).when(vouch, role="administrator").then(
        ClockAccepted(head_at="2026-03-02T01:00:00.000Z", clock_at="2027-04-01T00:00:00.000Z")
    )


def test_erasure_is_an_event_and_changes_no_count():
    before = given(opened, *DISPATCHED)
    outcome = before.when(ERASE, role="privacy_officer").then(
        PersonalDataErased(kids=("0a0b",), basis="resident_asked")
    )
    outcome.leaves(stream=CASE, status="dispatched", corrections=0)


def test_erasing_nothing_is_refused():
    given(opened).when(ErasePersonalData(log=LOG, kids=(), basis="unlawful"), role="privacy_officer").refused(
        "nothing-to-erase"
    )


@pytest.mark.parametrize("role", ["cadre", "dispatcher", "supervisor", "auditor", "importer"])
def test_only_the_administrator_and_for_erasure_the_privacy_officer(role):
    given(opened).when(LONGER, role=role).refused("role-not-allowed")
    given(opened).when(ERASE, role=role).refused("role-not-allowed")


def test_a_command_for_another_county_is_not_for_this_log():
    given(opened).when(ChangeLaw(log="111111", law=2)).refused("another-log")


def test_an_account_that_was_tried_too_often_is_named_by_its_pseudonym_and_changes_nothing_else():
    locked = RecordLockOut(log=LOG, cadre="cadre/otter")
    given(opened).when(locked, role="clock").then(AccountLocked(cadre="cadre/otter")).leaves(opened=True, law=1)
    given(opened).when(locked, role="administrator").refused("role-not-allowed")
