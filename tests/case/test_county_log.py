"""Tests commands to a county's log: opening, policy, law, clock, erasure (全县)."""

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


def test_entry_0_states_everything_the_law_needs():
    given().when(OPEN, role="administrator").then(opened).leaves(
        opened=True, policy=Policy(), time_zone="Asia/Shanghai", law=1, clock="real"
    )


def test_opening_a_log_twice_is_refused():
    other = OpenLog(log=LOG, origin="example.test/another", county="别县")
    given(opened).when(other).refused("log-open-already")


def test_a_log_that_is_not_open_cannot_be_changed():
    given().when(LONGER).refused("log-not-open")
    given().when(ChangeLaw(log=LOG, law=2)).refused("log-not-open")
    given().when(ERASE, role="privacy_officer").refused("log-not-open")


def test_opening_a_log_in_an_unknown_time_zone_is_refused():
    given().when(OpenLog(log=LOG, origin="example.test/a", county="云雀县", time_zone="Asia/Lancang")).refused(
        "unknown-time-zone"
    )


def test_a_new_policy_is_an_entry_and_applies_from_there_on():
    given(opened).when(LONGER).then(PolicyChanged(policy=Policy(return_window_hours=72), basis="doc-2026-7")).leaves(
        policy=Policy(return_window_hours=72)
    )
    late = RequestReturn(case=CASE, reason="other")
    given(opened, *DISPATCHED, later(days=2)).when(late).refused("return-window-over")
    changed = PolicyChanged(policy=Policy(return_window_hours=72), basis="doc-2026-7")
    assert given(opened, *DISPATCHED, changed, later(days=2)).when(late).entries


def test_stating_the_same_policy_again_changes_nothing():
    given(opened).when(ChangePolicy(log=LOG, policy=PolicyNumbers(), basis="doc")).nothing_happens()


def test_a_policy_with_a_negative_number_is_refused():
    given(opened).when(ChangePolicy(log=LOG, policy=PolicyNumbers(due_days=-1), basis="doc")).refused(
        "number-out-of-range"
    )


def test_the_version_of_the_law_never_goes_back():
    given(opened).when(ChangeLaw(log=LOG, law=2)).then(LawChanged(law=2)).leaves(law=2)
    given(opened, LawChanged(law=3)).when(ChangeLaw(log=LOG, law=2)).refused("law-goes-forward")


def test_an_administrator_accepts_a_clock_that_jumped_ahead():
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


def test_an_erasure_without_keys_is_refused():
    given(opened).when(ErasePersonalData(log=LOG, kids=(), basis="unlawful"), role="privacy_officer").refused(
        "nothing-to-erase"
    )


@pytest.mark.parametrize("role", ["cadre", "dispatcher", "supervisor", "auditor", "importer"])
def test_other_roles_change_no_policy_and_erase_nothing(role):
    given(opened).when(LONGER, role=role).refused("role-not-allowed")
    given(opened).when(ERASE, role=role).refused("role-not-allowed")


def test_a_command_for_another_countys_log_is_refused():
    given(opened).when(ChangeLaw(log="111111", law=2)).refused("another-log")


def test_a_locked_account_is_recorded_by_its_pseudonym():
    locked = RecordLockOut(log=LOG, cadre="cadre/otter")
    given(opened).when(locked, role="clock").then(AccountLocked(cadre="cadre/otter")).leaves(opened=True, law=1)
    given(opened).when(locked, role="administrator").refused("role-not-allowed")
