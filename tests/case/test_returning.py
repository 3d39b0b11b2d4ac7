"""Tests returning a case, which a dispatcher must approve (退单)."""

import pytest

from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.returning import (
    ApproveReturn,
    RefuseReturn,
    RequestReturn,
    ReturnApproved,
    ReturnRefused,
    ReturnRequested,
)
from casework.law.cases.state import holders
from casework.law.policy import Policy
from casework.testing import CASE, given, later, like, step
from tests.case.scenes import CLOSED, DISPATCHED, EVERY_STATUS, IN_PROGRESS, LEAD, UNIT, dispatched

REQUEST = RequestReturn(case=CASE, reason="not_our_duty")
APPROVE, REFUSE = ApproveReturn(case=CASE), RefuseReturn(case=CASE)
requested = ReturnRequested(unit=UNIT, reason="not_our_duty")
ASKED = (*DISPATCHED, requested)


@pytest.mark.parametrize("scene", [DISPATCHED, IN_PROGRESS], ids=["dispatched", "in progress"])
def test_a_return_request_leaves_the_case_with_its_unit(scene):
    given(*scene).when(REQUEST, actor=LEAD).then(requested).leaves(unit=UNIT, lead=LEAD, returns=0)


def test_an_approved_return_waits_for_a_new_dispatch():
    story = (
        given(*ASKED).when(APPROVE).then(ReturnApproved()).leaves(status="accepted", unit="", lead="", returns=1).story
    )
    assert holders(story.state(CASE)) == ()


def test_a_refused_return_leaves_the_case_with_its_unit():
    given(*ASKED).when(REFUSE).then(ReturnRefused()).leaves(status="dispatched", unit=UNIT, returns=0, pending=None)


def test_a_return_may_be_requested_again_after_a_refusal():
    given(*ASKED, ReturnRefused()).when(REQUEST).then(requested)


def test_a_return_requested_after_a_final_refusal_is_refused():
    given(*ASKED).when(RefuseReturn(case=CASE, final=True)).then(ReturnRefused(final=True))
    given(*ASKED, ReturnRefused(final=True)).when(REQUEST).refused("return-refused-for-good")


def test_a_final_refusal_of_a_return_holds_only_for_its_round():
    again = CaseReopened(to="same_unit", reason="not_solved", round=2)
    given(*ASKED, ReturnRefused(final=True), *CLOSED[4:], again).when(REQUEST).then(like(ReturnRequested))


def test_a_second_return_request_is_refused_while_one_is_pending():
    given(*ASKED).when(REQUEST).refused("waits for an answer")


def test_answering_a_return_without_a_request_is_refused():
    given(*DISPATCHED).when(APPROVE).refused("no-return-pending")
    given(*DISPATCHED).when(REFUSE).refused("no-return-pending")


def test_approving_ones_own_return_request_is_refused():
    own = step(requested, actor="cadre/owl", role="cadre")
    given(*DISPATCHED, own).when(APPROVE, actor="cadre/owl").refused("own-request")
    given(*DISPATCHED, own).when(APPROVE, actor="cadre/nightjar").then(ReturnApproved())


def test_approving_a_return_one_entered_for_another_is_refused():
    for_another = step(requested, actor="cadre/owl", role="cadre", counts_for=LEAD)
    given(*DISPATCHED, for_another).when(APPROVE, actor="cadre/owl").refused("own-request")


def test_a_return_requested_after_the_return_window_is_refused():
    # dispatched on Monday at 11:00, 24 hours
    given(*DISPATCHED).when(REQUEST, at="2026-03-03T03:00:00.000Z").then(requested)
    given(*DISPATCHED).when(REQUEST, at="2026-03-03T03:00:00.001Z").refused("return-window-over")


def test_the_policy_sets_the_length_of_the_return_window():
    given(*DISPATCHED, later(days=2), policy=Policy(return_window_hours=72)).when(REQUEST).then(requested)


def test_more_returns_in_a_round_than_the_policy_allows_are_refused():
    twice = (*ASKED, ReturnApproved(), dispatched, requested, ReturnApproved(), dispatched)
    given(*twice).when(REQUEST).refused("returns-used-up")
    given(*twice, policy=Policy(returns_allowed=3)).when(REQUEST).then(requested)


def test_returns_of_the_earlier_round_do_not_count_in_a_reopened_case():
    twice = (*ASKED, ReturnApproved(), dispatched, requested, ReturnApproved(), dispatched)
    again = (*twice, *CLOSED[len(DISPATCHED) :], CaseReopened(to="same_unit", reason="not_solved", round=2))
    given(*again).when(REQUEST).then(requested)


def test_another_unit_cannot_request_a_return():
    given(*DISPATCHED).when(REQUEST, actor="cadre/frog").refused("not-your-unit")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("dispatched", "in_progress")])
def test_only_a_case_that_is_with_a_unit_can_be_returned(status):
    given(*EVERY_STATUS[status]).when(REQUEST).refused("not-in-this-state")


def test_only_a_dispatcher_answers_a_return_request():
    given(*ASKED).when(APPROVE, role="unit_lead").refused("role-not-allowed")
    given(*ASKED).when(REFUSE, role="supervisor").refused("role-not-allowed")


def test_a_returned_case_may_be_dispatched_to_another_unit():
    elsewhere = CaseDispatched(unit="reed-office", lead="cadre/frog")
    given(*ASKED, ReturnApproved(), elsewhere).when(REQUEST, actor="cadre/frog").then(
        like(ReturnRequested, unit="reed-office")
    )
