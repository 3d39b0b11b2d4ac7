"""Tests reminders, supervision and escalation of cases (催办、督办、升级)."""

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


def test_a_supervisor_may_send_any_number_of_reminders():
    given(*IN_PROGRESS).when(REMIND, role="supervisor").then(ReminderSent(unit=UNIT)).leaves(reminders=1)
    given(*IN_PROGRESS, ReminderSent(unit=UNIT)).when(REMIND).leaves(reminders=2, status="in_progress")


def test_a_supervisor_opens_supervision_of_a_case():
    given(*IN_PROGRESS).when(OPEN).then(SupervisionOpened(reply_due_on="2026-03-05")).leaves(
        supervised=1, status="in_progress"
    )


def test_opening_supervision_twice_is_refused():
    given(*SUPERVISED).when(OPEN).refused("already-supervised")


def test_a_supervision_reply_due_in_the_past_is_refused():
    given(*IN_PROGRESS).when(OpenSupervision(case=CASE, reply_due_on="2026-03-01")).refused("reply-due-past")


def test_a_supervision_stays_open_after_the_units_reply():
    given(*SUPERVISED).when(REPLY, actor=LEAD).then(SupervisionReplied()).leaves(supervised=1)


def test_another_unit_cannot_reply_to_a_supervision():
    given(*SUPERVISED).when(REPLY, actor="cadre/frog").refused("not-your-unit")


def test_only_a_supervisor_closes_a_supervision():
    given(*SUPERVISED).when(CLOSE).then(SupervisionClosed()).leaves(supervised=0)
    given(*SUPERVISED).when(CLOSE, role="unit_lead").refused("role-not-allowed")


def test_closing_the_case_does_not_close_its_supervision():
    watched = (*SUPERVISED, *CLOSED[len(SUPERVISED) - 1 :])
    given(*watched).when(CLOSE).then(SupervisionClosed()).leaves(status="closed", supervised=0)


def test_replying_to_or_closing_an_absent_supervision_is_refused():
    given(*IN_PROGRESS).when(REPLY).refused("not-supervised")
    given(*IN_PROGRESS).when(CLOSE).refused("not-supervised")


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_only_an_open_case_can_be_supervised_or_escalated(status):
    for command in (REMIND, OPEN, EscalateCase(case=CASE)):
        outcome = given(*EVERY_STATUS[status]).when(command, role="supervisor")
        if status in OPEN_STATES:
            outcome.leaves(status=status)
        else:
            outcome.refused("not-in-this-state")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "auditor", "resident"])
def test_other_roles_cannot_supervise_a_case(role):
    given(*IN_PROGRESS).when(REMIND, role=role).refused("role-not-allowed")
    given(*IN_PROGRESS).when(OPEN, role=role).refused("role-not-allowed")


def test_an_escalation_rises_one_level_at_a_time():
    given(*IN_PROGRESS).when(EscalateCase(case=CASE, trigger="overdue"), role="clock").then(
        CaseEscalated(level=1, trigger="overdue")
    ).leaves(level=1)
    given(*IN_PROGRESS, CaseEscalated(level=1)).when(
        EscalateCase(case=CASE, to="county-office"), role="supervisor"
    ).then(CaseEscalated(level=2, to="county-office"))


def test_an_escalation_never_skips_a_level_or_falls():
    up = (*IN_PROGRESS, CaseEscalated(level=1))
    given(*up).when(EscalateCase(case=CASE, level=3), role="supervisor").refused("level")
    repeated = given(*up).when(EscalateCase(case=CASE, level=1, trigger="overdue"), role="clock")
    assert not repeated.entries, "two clocks write nothing twice"
