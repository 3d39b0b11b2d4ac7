"""Urging, watching, bringing before a higher level (催办、督办、升级)."""

import pytest

from casework.law.cases.escalating import CaseEscalated, EscalateCase
from casework.law.cases.supervising import (
    CloseSupervision,
    OpenSupervision,
    ReminderSent,
    RemindUnit,
    ReplySupervision,
    SupervisionClosed,
    SupervisionOpened,
    SupervisionReplied,
)
from casework.testing import CASE, given
from tests.case.scenes import CLOSED, EVERY_STATUS, IN_PROGRESS, LEAD, SUPERVISED, UNIT

REMIND = RemindUnit(case=CASE)
OPEN = OpenSupervision(case=CASE, reply_due_on="2026-03-05")
REPLY, CLOSE = ReplySupervision(case=CASE), CloseSupervision(case=CASE)
OPEN_STATES = ("registered", "accepted", "dispatched", "in_progress", "parked", "resolved", "callback")


def test_a_supervisor_urges_the_unit_on_as_often_as_needed():
    given(*IN_PROGRESS).when(REMIND, role="supervisor").then(ReminderSent(unit=UNIT)).leaves(reminders=1)
    given(*IN_PROGRESS, ReminderSent(unit=UNIT)).when(REMIND).leaves(reminders=2, status="in_progress")


def test_a_supervisor_watches_until_it_is_answered_for():
    given(*IN_PROGRESS).when(OPEN).then(SupervisionOpened(reply_due_on="2026-03-05")).leaves(
        supervised=1, status="in_progress"
    )


def test_it_is_watched_once():
    given(*SUPERVISED).when(OPEN).refused("already-supervised")


def test_the_reply_is_due_later_than_now():
    given(*IN_PROGRESS).when(OpenSupervision(case=CASE, reply_due_on="2026-03-01")).refused("reply-due-past")


def test_the_unit_replies_and_stays_watched():
    given(*SUPERVISED).when(REPLY, actor=LEAD).then(SupervisionReplied()).leaves(supervised=1)


def test_another_unit_does_not_reply():
    given(*SUPERVISED).when(REPLY, actor="cadre/frog").refused("not-your-unit")


def test_only_the_supervisor_is_satisfied():
    given(*SUPERVISED).when(CLOSE).then(SupervisionClosed()).leaves(supervised=0)
    given(*SUPERVISED).when(CLOSE, role="unit_lead").refused("role-not-allowed")


def test_closing_the_case_does_not_end_it():
    watched = (*SUPERVISED, *CLOSED[len(SUPERVISED) - 1 :])
    given(*watched).when(CLOSE).then(SupervisionClosed()).leaves(status="closed", supervised=0)


def test_what_is_not_watched_needs_no_answer():
    given(*IN_PROGRESS).when(REPLY).refused("not-supervised")
    given(*IN_PROGRESS).when(CLOSE).refused("not-supervised")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_any_open_case_and_no_other(status):
    for command in (REMIND, OPEN, EscalateCase(case=CASE)):
        outcome = given(*EVERY_STATUS[status]).when(command, role="supervisor")
        if status in OPEN_STATES:
            outcome.leaves(status=status)
        else:
            outcome.refused("not-in-this-state")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "auditor", "resident"])
def test_others_do_not_supervise(role):
    given(*IN_PROGRESS).when(REMIND, role=role).refused("role-not-allowed")
    given(*IN_PROGRESS).when(OPEN, role=role).refused("role-not-allowed")


def test_it_rises_level_by_level():
    given(*IN_PROGRESS).when(EscalateCase(case=CASE, trigger="overdue"), role="clock").then(
        CaseEscalated(level=1, trigger="overdue")
    ).leaves(level=1)
    given(*IN_PROGRESS, CaseEscalated(level=1)).when(
        EscalateCase(case=CASE, to="county-office"), role="supervisor"
    ).then(CaseEscalated(level=2, to="county-office"))


def test_it_skips_no_level_and_never_falls():
    up = (*IN_PROGRESS, CaseEscalated(level=1))
    given(*up).when(EscalateCase(case=CASE, level=3), role="supervisor").refused("level")
    repeated = given(*up).when(EscalateCase(case=CASE, level=1, trigger="overdue"), role="clock")
    assert not repeated.entries, "two clocks write nothing twice"
