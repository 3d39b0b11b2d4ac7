"""Tests submitting a resolution and reviewing it (提交办结、审核)."""

from typing import Any

import pytest

from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.extending import ExtensionRequested
from casework.law.cases.pausing import ClockPaused
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.resolving import (
    ApproveResolution,
    ResolutionApproved,
    ResolutionSentBack,
    ResolutionSubmitted,
    SendBackResolution,
    SubmitResolution,
)
from casework.law.cases.returning import ReturnRequested
from casework.testing import CASE, given, later, like, step
from tests.case.scenes import (
    ACTED,
    CLOSED,
    DUE,
    EVERY_STATUS,
    HELD,
    IN_PROGRESS,
    LEAD,
    REGISTERED,
    RESOLVED,
    UNIT,
    acknowledged,
    acted,
    submitted,
)

PHOTO = "ab" * 32
SUBMIT = SubmitResolution(case=CASE, result="filled")
APPROVE = ApproveResolution(case=CASE)
SEND_BACK = SendBackResolution(case=CASE, reason="no_evidence")
WATER = (
    *REGISTERED,
    CaseAccepted(category="water", category_rev=0, due_days=3),
    CaseDispatched(unit=UNIT, lead=LEAD),
    acknowledged,
)


def test_a_submitted_result_code_maps_to_an_outcome():
    given(*ACTED).when(SUBMIT, actor=LEAD).then(submitted).leaves(status="resolved", outcome="", closed_on="")


def test_every_category_has_the_four_common_results():
    for result, outcome in (("solved", "solved"), ("explained", "explained"), ("not_solved", "not_solved")):
        given(*ACTED).when(SubmitResolution(case=CASE, result=result)).then(like(ResolutionSubmitted, outcome=outcome))
    partly = given(*ACTED).when(SubmitResolution(case=CASE, result="partly_solved"))
    assert partly.events[0].outcome != "solved", "solved is never assumed"


def test_an_unknown_result_is_refused_with_the_nearest_names():
    refused = given(*ACTED).when(SubmitResolution(case=CASE, result="fillde")).refused("unknown-result")
    assert "filled" in refused.said.nearest


def test_a_resolution_counts_the_people_helped():
    given(*ACTED).when(SubmitResolution(case=CASE, result="solved", beneficiaries=120)).leaves(beneficiaries=120)


def test_a_resolution_is_late_when_submitted_after_the_due_instant():
    given(*ACTED).when(SUBMIT, at=DUE).then(like(ResolutionSubmitted, timeliness="on_time"))
    given(*ACTED, later(days=6)).when(SUBMIT).then(like(ResolutionSubmitted, timeliness="late", due=DUE))


def test_a_resolution_without_a_due_date_is_neither_late_nor_on_time():
    scene = (
        *REGISTERED,
        CaseAccepted(category="quarrel", category_rev=0),
        CaseDispatched(unit=UNIT, lead=LEAD),
        acknowledged,
        acted,
    )
    given(*scene).when(SubmitResolution(case=CASE, result="explained")).then(
        like(ResolutionSubmitted, timeliness="no_due")
    )


def test_a_resolution_needs_an_action_of_the_current_round():
    given(*IN_PROGRESS).when(SUBMIT).refused("no-action-logged")
    earlier: dict[str, Any] = {**HELD, "round": 2}
    again = (*CLOSED, CaseReopened(to="same_unit", reason="not_solved", round=2), acknowledged)
    given(*again).when(SUBMIT).refused("no-action-logged")
    given(*again, acted).when(SUBMIT).refused("no-action-logged")  # an act of the first round, entered late
    given(*again, type(acted)(action="repair", **earlier)).when(SUBMIT).then(like(ResolutionSubmitted))


def test_a_resolution_needs_the_evidence_of_its_category():
    solved = SubmitResolution(case=CASE, result="solved")
    given(*WATER, acted).when(solved).refused("evidence-missing")
    given(*WATER, acted).when(SubmitResolution(case=CASE, result="solved", evidence=(PHOTO,))).leaves(status="resolved")
    with_photo = type(acted)(action="repair", evidence=(PHOTO,), **HELD)
    given(*WATER, with_photo).when(solved).leaves(status="resolved")


def test_a_resolution_is_refused_while_a_request_is_pending():
    for waiting in (
        ReturnRequested(unit=UNIT, reason="other"),
        ExtensionRequested(due="2026-03-15T15:59:59.999Z", due_on="2026-03-15", reason="weather"),
    ):
        given(*ACTED, waiting).when(SUBMIT).refused("waits for an answer")


def test_a_resolution_is_refused_while_the_clock_is_paused():
    given(*ACTED, ClockPaused(reason="court")).when(SUBMIT).refused("clock-stopped")


def test_only_the_lead_submits_a_resolution():
    given(*ACTED).when(SUBMIT, actor="cadre/hedgehog").refused("not-the-lead")
    given(*ACTED).when(SUBMIT, actor="cadre/otter", role="cadre").refused("not-your-unit")
    given(*ACTED).when(SUBMIT, role="reporter").refused("role-not-allowed")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "in_progress"])
def test_only_a_case_that_is_being_handled_can_be_submitted(status):
    given(*EVERY_STATUS[status]).when(SUBMIT).refused("not-in-this-state")


def test_a_reviewer_approves_and_the_resident_is_called():
    given(*RESOLVED).when(APPROVE, role="reviewer").then(ResolutionApproved()).leaves(status="callback", outcome="")


def test_a_reviewer_sends_a_resolution_back_to_the_lead():
    given(*RESOLVED).when(SEND_BACK).then(ResolutionSentBack(reason="no_evidence")).leaves(
        status="in_progress", beneficiaries=0, lead=LEAD
    )
    given(*RESOLVED, ResolutionSentBack(reason="incomplete")).when(SUBMIT, actor=LEAD).then(submitted)


def test_reviewing_ones_own_resolution_is_refused():
    own = step(submitted, actor="cadre/stork", role="cadre")
    given(*ACTED, own).when(APPROVE, actor="cadre/stork").refused("own-request")
    given(*ACTED, own).when(SEND_BACK, actor="cadre/stork").refused("own-request")


def test_reviewing_a_resolution_entered_for_oneself_is_refused():
    for_stork = step(submitted, actor=LEAD, counts_for="cadre/stork")
    given(*ACTED, for_stork).when(APPROVE, actor="cadre/stork").refused("own-request")


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "dispatcher", "supervisor", "auditor"])
def test_only_a_reviewer_reviews_a_resolution(role):
    given(*RESOLVED).when(APPROVE, role=role).refused("role-not-allowed")
    given(*RESOLVED).when(SEND_BACK, role=role).refused("role-not-allowed")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "resolved"])
def test_only_a_submitted_resolution_can_be_reviewed(status):
    given(*EVERY_STATUS[status]).when(APPROVE).refused("not-in-this-state")
    given(*EVERY_STATUS[status]).when(SEND_BACK).refused("not-in-this-state")
