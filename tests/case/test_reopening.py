"""Tests reopening closed and rejected cases (重办)."""

import pytest
from msgspec.structs import fields

from casework.law.cases.acting import ActionLogged
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.co_handling import CoHandlerAdded
from casework.law.cases.extending import ExtensionGranted, ExtensionRequested
from casework.law.cases.pausing import ClockPaused, ClockResumed
from casework.law.cases.reopening import CaseReopened, ReopenCase
from casework.law.cases.returning import ReturnApproved, ReturnRefused, ReturnRequested
from casework.law.cases.state import CaseState, holders
from casework.law.policy import Policy
from casework.testing import CASE, Story, given, later, like, step
from tests.case.scenes import (
    CALLBACK,
    CALLED,
    CLOSED,
    EVERY_STATUS,
    HELD,
    IN_PROGRESS,
    LEAD,
    REJECTED,
    UNIT,
    VOIDED,
    acknowledged,
    approved,
    closed,
    dispatched,
    submitted,
)

SAME = ReopenCase(case=CASE, to="same_unit", reason="not_solved")
ANEW = ReopenCase(case=CASE, to="dispatch", reason="not_solved")


def test_a_case_is_reopened_to_its_unit_with_a_new_due_date():
    # five calendar days, counted from the reopening
    given(*CLOSED, later(days=2)).when(SAME, role="caller").then(
        CaseReopened(
            to="same_unit",
            reason="not_solved",
            round=2,
            due="2026-03-09T15:59:59.999Z",
            due_on="2026-03-09",
            due_basis="calendar_days",
        )
    ).leaves(
        status="dispatched",
        round=2,
        reopenings=1,
        outcome="",
        closed_on="",
        timeliness="",
        timed=0,
        unit=UNIT,
        lead=LEAD,
        solved_word="",
        satisfaction=0,
        beneficiaries=0,
    )


def test_a_case_may_be_reopened_to_be_dispatched_again():
    story = given(*CLOSED).when(ANEW).leaves(status="accepted", round=2, unit="", lead="", outcome="").story
    assert holders(story.state(CASE)) == ()


def test_reopening_restores_the_lead_and_the_co_handlers():
    with_co = (*IN_PROGRESS, CoHandlerAdded(unit="pine-water", cadre="cadre/otter"), *CLOSED[len(IN_PROGRESS) :])
    story = given(*with_co).when(SAME).story
    assert [(h.role, h.unit, h.since_on) for h in holders(story.state(CASE))] == [
        ("lead", UNIT, "2026-03-02"),
        ("co", "pine-water", "2026-03-02"),
    ]


def test_a_case_in_callback_may_be_reopened():
    given(*CALLBACK).when(SAME).leaves(status="dispatched", round=2, reopenings=1)


def test_a_resident_may_appeal_a_rejection():
    appeal = ReopenCase(case=CASE, to="dispatch", reason="appeal")
    given(*REJECTED).when(appeal, role="resident").leaves(status="accepted", round=2, outcome="", closed_on="")


def test_a_case_that_had_no_unit_cannot_be_reopened_to_its_unit():
    given(*REJECTED).when(SAME).refused("no-unit-yet")


def test_reopening_after_the_window_from_closing_is_refused():
    given(*CLOSED).when(SAME, at="2026-04-01T01:00:00.000Z").then(like(CaseReopened, round=2))
    given(*CLOSED).when(SAME, at="2026-04-02T01:00:00.000Z").refused("reopen-window-over")
    given(*CLOSED, policy=Policy(reopen_window_days=60)).when(SAME, at="2026-04-02T01:00:00.000Z").then(
        like(CaseReopened)
    )


def test_a_supervisor_reopens_after_the_window_with_a_reason():
    override = ReopenCase(case=CASE, to="same_unit", reason="false_closing", override="found_on_inspection")
    given(*CLOSED, later(days=40)).when(override, role="supervisor").then(
        like(CaseReopened, override="found_on_inspection", reason="false_closing")
    )
    given(*CLOSED, later(days=40)).when(override, role="caller").refused("supervisor")
    given(*CLOSED, later(days=40)).when(SAME, role="supervisor").refused("reopen-window-over")


def test_an_auditor_cannot_reopen_a_case():
    given(*CLOSED).when(SAME, role="auditor").refused("role-not-allowed")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "dispatcher", "reviewer"])
def test_roles_that_close_a_case_cannot_reopen_it(role):
    given(*CLOSED).when(SAME, role=role).refused("role-not-allowed")


def test_residents_reopen_their_own_cases_only():
    given(*CLOSED).when(SAME, role="resident", actor="resident/0f1e2d3c").leaves(round=2)
    given(*CLOSED).when(SAME, role="resident", actor="resident/77777777").refused("not-your-request")


def test_a_case_registered_in_error_cannot_be_reopened():
    given(*VOIDED).when(ANEW).refused("registered-in-error")


def test_a_new_round_has_its_own_extensions_and_callbacks():
    due = {"due": "2026-03-15T15:59:59.999Z", "due_on": "2026-03-15"}
    extended = (*IN_PROGRESS, ExtensionRequested(reason="weather", **due), ExtensionGranted(**due), *CLOSED[4:])
    given(*extended).when(SAME).leaves(extensions=1, extensions_in_round=0, attempts=0, called=False, acted=False)


def test_each_reopening_starts_the_next_round():
    again = CaseReopened(to="same_unit", reason="not_solved", round=2)
    given(*CLOSED, again, *CLOSED[3:]).when(SAME).then(like(CaseReopened, round=3)).leaves(round=3, reopenings=2)


def test_reopening_a_reopened_case_is_refused():
    given(*CLOSED, CaseReopened(to="same_unit", reason="not_solved", round=2)).when(SAME).refused("not-in-this-state")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("callback", "closed", "rejected")])
def test_a_case_without_an_answer_cannot_be_reopened(status):
    given(*EVERY_STATUS[status]).when(SAME, role="supervisor").refused("not-in-this-state")


def test_a_due_date_stated_at_reopening_is_kept():
    stated = ReopenCase(case=CASE, to="same_unit", reason="came_back", due_on="2026-03-05")
    given(*CALLED, closed).when(stated).leaves(due_on="2026-03-05")


def test_a_reopened_case_begins_its_round_with_nothing_of_the_earlier_one():
    extended = ExtensionGranted(due="2026-03-15T15:59:59.999Z", due_on="2026-03-15")
    story = Story().tell(
        *IN_PROGRESS,
        step(ClockPaused(reason="other"), role="cadre"), later(hours=1),
        step(ClockResumed(paused_seconds=3600), role="cadre"),
        ExtensionRequested(due="2026-03-15T15:59:59.999Z", due_on="2026-03-15", reason="weather"), extended,
        ReturnRequested(unit=UNIT, reason="not_our_duty"), ReturnApproved(), dispatched, acknowledged,
        ReturnRequested(unit=UNIT, reason="not_our_duty"), ReturnRefused(final=True),
        ActionLogged(action="repair", **HELD, evidence=("0" * 64,)), submitted, approved,
        CallbackRecorded(reached=False), CallbackRecorded(reached=True, solved="no", satisfaction=1), closed,
    )  # fmt: skip
    known, new = story.state(CASE), CaseState()
    of_a_round = {
        one.name
        for one in fields(CaseState)
        for meaning in getattr(one.type, "__metadata__", ())
        if "本轮" in meaning.title or "this round" in meaning.description
    }

    assert of_a_round >= {"returns_in_round", "paused_in_round", "evidenced", "unreached", "said_no", "submission"}
    assert {name for name in of_a_round if getattr(known, name) == getattr(new, name)} == set()

    story.tell(CaseReopened(to="same_unit", reason="not_solved", round=2))
    left = {name for name in of_a_round if getattr(story.state(CASE), name) != getattr(new, name)}
    assert left == set()
