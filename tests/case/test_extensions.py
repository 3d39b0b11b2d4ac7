"""Tests requesting, granting and refusing extensions of the due date (延期)."""

import pytest

from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.extending import (
    ExtensionGranted,
    ExtensionRefused,
    ExtensionRequested,
    GrantExtension,
    RefuseExtension,
    RequestExtension,
)
from casework.law.cases.pausing import ClockPaused
from casework.law.policy import Policy
from casework.testing import CASE, given, like, step
from tests.case.scenes import ACCEPTED, DUE, EVERY_STATUS, IN_PROGRESS, LEAD, UNIT, acknowledged

LATER, LATER_ON = "2026-03-15T15:59:59.999Z", "2026-03-15"
REQUEST = RequestExtension(case=CASE, due_on=LATER_ON, reason="weather")
GRANT, REFUSE = GrantExtension(case=CASE), RefuseExtension(case=CASE)
requested = ExtensionRequested(due=LATER, due_on=LATER_ON, reason="weather")
granted = ExtensionGranted(due=LATER, due_on=LATER_ON, due_before=DUE)
ASKED = (*IN_PROGRESS, requested)


def test_requesting_an_extension_leaves_the_due_date_until_the_grant():
    given(*IN_PROGRESS).when(REQUEST, actor=LEAD).then(requested).leaves(due_on="2026-03-07", extensions=0)


def test_granting_an_extension_moves_the_due_date_as_requested():
    given(*ASKED).when(GRANT, role="supervisor").then(granted).leaves(due_on=LATER_ON, extensions=1, pending=None)


def test_refusing_an_extension_leaves_the_due_date():
    given(*ASKED).when(REFUSE).then(ExtensionRefused()).leaves(due_on="2026-03-07", extensions=0, pending=None)


def test_an_extension_requested_after_the_due_instant_is_refused():
    given(*IN_PROGRESS).when(REQUEST, at="2026-03-07T15:59:59.998Z").then(requested)
    given(*IN_PROGRESS).when(REQUEST, at="2026-03-07T16:00:00.000Z").refused("due-passed")


def test_an_extension_to_no_later_date_is_refused():
    given(*IN_PROGRESS).when(RequestExtension(case=CASE, due_on="2026-03-07", reason="weather")).refused("not-later")
    given(*IN_PROGRESS).when(RequestExtension(case=CASE, due_on="2026-03-06", reason="weather")).refused("not-later")


def test_an_extension_longer_than_the_policy_allows_is_refused():
    far = RequestExtension(case=CASE, due_on="2026-04-07", reason="weather")
    given(*IN_PROGRESS).when(far).refused("extension-too-long")
    given(*IN_PROGRESS, policy=Policy(extension_days=31)).when(far).then(like(ExtensionRequested))


def test_more_extensions_than_the_policy_allows_are_refused():
    given(*ASKED, granted, policy=Policy(extensions_allowed=1)).when(
        RequestExtension(case=CASE, due_on="2026-03-20", reason="material")
    ).refused("extensions-used-up")
    given(*ASKED, granted).when(RequestExtension(case=CASE, due_on="2026-03-20", reason="material")).then(
        like(ExtensionRequested, due_on="2026-03-20")
    )


def test_an_extension_of_a_case_without_a_due_date_is_refused():
    scene = (*ACCEPTED, CaseDispatched(unit=UNIT, lead=LEAD), acknowledged)
    given(*scene).when(REQUEST).refused("no-due")


def test_only_the_lead_requests_an_extension():
    given(*IN_PROGRESS).when(REQUEST, actor="cadre/hedgehog").refused("not-the-lead")


def test_an_extension_entered_for_another_person_is_that_persons():
    given(*IN_PROGRESS).when(REQUEST, actor="cadre/hedgehog", for_=LEAD).then(requested)
    given(*IN_PROGRESS).when(REQUEST, actor=LEAD, for_="cadre/hedgehog").refused("not-the-lead")
    given(*IN_PROGRESS).when(REQUEST, actor="cadre/frog").refused("not-your-unit")


def test_a_second_extension_request_is_refused_while_one_is_pending():
    given(*ASKED).when(REQUEST).refused("waits for an answer")


def test_granting_ones_own_extension_request_is_refused():
    own = step(requested, actor="cadre/eagle", role="cadre")
    given(*IN_PROGRESS, own).when(GRANT, actor="cadre/eagle").refused("own-request")
    given(*IN_PROGRESS, own).when(GRANT, actor="cadre/kite").then(granted)


def test_granting_an_extension_without_a_request_is_refused():
    given(*IN_PROGRESS).when(GRANT).refused("no-extension-pending")
    given(*ASKED, granted).when(GRANT).refused("no-extension-pending")


@pytest.mark.parametrize("role", ["unit_lead", "dispatcher", "auditor"])
def test_only_a_supervisor_answers_an_extension_request(role):
    given(*ASKED).when(GRANT, role=role).refused("role-not-allowed")
    given(*ASKED).when(REFUSE, role=role).refused("role-not-allowed")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "in_progress"])
def test_only_a_case_that_is_being_handled_can_be_extended(status):
    given(*EVERY_STATUS[status]).when(REQUEST).refused("not-in-this-state")


def test_an_extension_is_refused_while_the_clock_is_paused():
    given(*IN_PROGRESS, ClockPaused(reason="court")).when(REQUEST).refused("clock-stopped")
