"""Tests withdrawing and archiving cases (撤单、归档)."""

import pytest

from casework.law.cases.archiving import ArchiveCase, CaseArchived
from casework.law.cases.returning import ReturnRequested
from casework.law.cases.state import holders
from casework.law.cases.supervising import SupervisionOpened
from casework.law.cases.withdrawing import CaseWithdrawn, WithdrawCase
from casework.testing import CASE, given, later
from tests.case.scenes import (
    ARCHIVED,
    CLOSED,
    DISPATCHED,
    EVERY_STATUS,
    IN_PROGRESS,
    REGISTERED,
    REJECTED,
    UNIT,
    WITHDRAWN,
)

WITHDRAW = WithdrawCase(case=CASE, reason="settled")
ARCHIVE = ArchiveCase(case=CASE)
OPEN_STATES = ("registered", "accepted", "dispatched", "in_progress", "parked", "resolved", "callback")


@pytest.mark.parametrize("status", OPEN_STATES)
def test_a_resident_withdraws_any_open_case(status):
    given(*EVERY_STATUS[status]).when(WITHDRAW, role="resident").then(
        CaseWithdrawn(on_word_of="resident", reason="settled")
    ).leaves(status="withdrawn", outcome="withdrawn", closed_on="2026-03-02", parked=0)


def test_a_dispatcher_withdraws_a_case_for_the_resident():
    given(*REGISTERED).when(WITHDRAW, role="dispatcher").then(CaseWithdrawn(on_word_of="told", reason="settled"))


def test_another_resident_or_an_auditor_cannot_withdraw_a_case():
    given(*REGISTERED).when(WITHDRAW, role="resident", actor="resident/77777777").refused("not-your-request")
    given(*REGISTERED).when(WITHDRAW, role="auditor").refused("role-not-allowed")


def test_withdrawing_ends_pending_requests_and_releases_the_holders():
    waiting = (*DISPATCHED, ReturnRequested(unit=UNIT, reason="other"))
    story = given(*waiting).when(WITHDRAW).leaves(pending=None, stopped=None).story
    assert holders(story.state(CASE)) == ()


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in OPEN_STATES])
def test_a_case_that_has_ended_cannot_be_withdrawn(status):
    given(*EVERY_STATUS[status]).when(WITHDRAW).refused("not-in-this-state")


@pytest.mark.parametrize("scene", [CLOSED, REJECTED, WITHDRAWN], ids=["closed", "rejected", "withdrawn"])
def test_the_clock_archives_a_case_after_its_reopening_window(scene):
    outcome = given(*scene, later(days=31)).when(ARCHIVE, role="clock").then(CaseArchived()).leaves(status="archived")
    assert outcome.story.state(CASE).outcome in ("solved", "rejected", "withdrawn"), "kept when archived"
    assert outcome.story.state(CASE).closed_on == "2026-03-02"


@pytest.mark.parametrize("scene", [CLOSED, REJECTED], ids=["closed", "rejected"])
def test_a_case_that_can_be_reopened_is_not_archived(scene):
    given(*scene, later(days=29)).when(ARCHIVE).refused("still-reopenable")


def test_a_case_under_supervision_is_not_archived():
    watched = (*IN_PROGRESS, SupervisionOpened(reply_due_on="2026-03-05"), *CLOSED[len(IN_PROGRESS) :])
    given(*watched, later(days=40)).when(ARCHIVE).refused("under-supervision")


def test_archiving_a_case_again_changes_nothing():
    """Two clocks may ask for it."""
    given(*ARCHIVED).when(ARCHIVE).nothing_happens()


@pytest.mark.parametrize(
    "status", [s for s in EVERY_STATUS if s not in ("closed", "rejected", "withdrawn", "archived")]
)
def test_a_case_that_has_not_ended_is_not_archived(status):
    given(*EVERY_STATUS[status], later(days=99)).when(ARCHIVE).refused("not-in-this-state")


@pytest.mark.parametrize("role", ["cadre", "dispatcher", "supervisor", "auditor"])
def test_only_the_clock_and_the_administrator_archive_a_case(role):
    given(*CLOSED, later(days=40)).when(ARCHIVE, role=role).refused("role-not-allowed")
    given(*CLOSED, later(days=40)).when(ARCHIVE, role="administrator").then(CaseArchived())
