"""Handing a case back, which a dispatcher must approve (退单)."""

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
def test_the_unit_asks_and_the_case_stays_where_it_is(scene):
    given(*scene).when(REQUEST, actor=LEAD).then(requested).leaves(unit=UNIT, lead=LEAD, returns=0)


def test_a_dispatcher_approves_and_dispatches_anew():
    story = (
        given(*ASKED).when(APPROVE).then(ReturnApproved()).leaves(status="accepted", unit="", lead="", returns=1).story
    )
    assert holders(story.state(CASE)) == ()


def test_a_dispatcher_refuses_and_it_stays():
    given(*ASKED).when(REFUSE).then(ReturnRefused()).leaves(status="dispatched", unit=UNIT, returns=0, pending=None)


def test_after_a_refusal_one_may_ask_again():
    given(*ASKED, ReturnRefused()).when(REQUEST).then(requested)


def test_after_a_final_refusal_one_may_not():
    given(*ASKED).when(RefuseReturn(case=CASE, final=True)).then(ReturnRefused(final=True))
    given(*ASKED, ReturnRefused(final=True)).when(REQUEST).refused("return-refused-for-good")


def test_a_final_refusal_holds_for_its_round():
    again = CaseReopened(to="same_unit", reason="not_solved", round=2)
    given(*ASKED, ReturnRefused(final=True), *CLOSED[4:], again).when(REQUEST).then(like(ReturnRequested))


def test_one_request_at_a_time():
    given(*ASKED).when(REQUEST).refused("waits for an answer")


def test_without_a_request_there_is_nothing_to_answer():
    given(*DISPATCHED).when(APPROVE).refused("no-return-pending")
    given(*DISPATCHED).when(REFUSE).refused("no-return-pending")


def test_nobody_approves_their_own_request():
    own = step(requested, actor="cadre/owl", role="cadre")
    given(*DISPATCHED, own).when(APPROVE, actor="cadre/owl").refused("own-request")
    given(*DISPATCHED, own).when(APPROVE, actor="cadre/nightjar").then(ReturnApproved())


def test_nor_by_having_entered_it_for_another():
    for_another = step(requested, actor="cadre/owl", role="cadre", counts_for=LEAD)
    given(*DISPATCHED, for_another).when(APPROVE, actor="cadre/owl").refused("own-request")


def test_only_within_the_return_window_from_dispatch():
    # dispatched on Monday at 11:00, 24 hours
    given(*DISPATCHED).when(REQUEST, at="2026-03-03T03:00:00.000Z").then(requested)
    given(*DISPATCHED).when(REQUEST, at="2026-03-03T03:00:00.001Z").refused("return-window-over")


def test_the_policy_says_how_long():
    given(*DISPATCHED, later(days=2), policy=Policy(return_window_hours=72)).when(REQUEST).then(requested)


def test_only_so_many_returns_in_a_round():
    twice = (*ASKED, ReturnApproved(), dispatched, requested, ReturnApproved(), dispatched)
    given(*twice).when(REQUEST).refused("returns-used-up")
    given(*twice, policy=Policy(returns_allowed=3)).when(REQUEST).then(requested)


def test_another_unit_does_not_hand_it_back():
    given(*DISPATCHED).when(REQUEST, actor="cadre/frog").refused("not-your-unit")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("dispatched", "in_progress")])
def test_only_what_is_with_a_unit_is_handed_back(status):
    given(*EVERY_STATUS[status]).when(REQUEST).refused("not-in-this-state")


def test_only_a_dispatcher_answers():
    given(*ASKED).when(APPROVE, role="unit_lead").refused("role-not-allowed")
    given(*ASKED).when(REFUSE, role="supervisor").refused("role-not-allowed")


def test_a_case_given_back_may_go_to_another_unit():
    elsewhere = CaseDispatched(unit="reed-office", lead="cadre/frog")
    given(*ASKED, ReturnApproved(), elsewhere).when(REQUEST, actor="cadre/frog").then(
        like(ReturnRequested, unit="reed-office")
    )
