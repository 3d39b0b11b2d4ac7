"""Tests assigning the lead of a case and transferring it to another unit (指派、转办)."""

import pytest

from casework.law.cases.co_handling import CoHandlerAdded
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.state import holders
from casework.law.cases.transferring import (
    AcceptTransfer,
    AssignOfficer,
    OfficerAssigned,
    RefuseTransfer,
    RequestTransfer,
    TransferAccepted,
    TransferRefused,
    TransferRequested,
)
from casework.testing import CASE, given, like, step
from tests.case.scenes import ACCEPTED, DISPATCHED, EVERY_STATUS, IN_PROGRESS, LEAD, UNIT

ASSIGN = AssignOfficer(case=CASE, lead="cadre/hedgehog", reason="leave")
TRANSFER = RequestTransfer(case=CASE, to_unit="pine-water", reason="pipe")
requested = TransferRequested(to_unit="pine-water", reason="pipe")
ASKED = (*IN_PROGRESS, requested)
ACCEPT, REFUSE = AcceptTransfer(case=CASE), RefuseTransfer(case=CASE)


@pytest.mark.parametrize("scene", [DISPATCHED, IN_PROGRESS], ids=["dispatched", "in progress"])
def test_the_head_of_the_unit_changes_the_lead(scene):
    given(*scene).when(ASSIGN, role="unit_lead").then(
        OfficerAssigned(lead="cadre/hedgehog", before=LEAD, reason="leave")
    ).leaves(lead="cadre/hedgehog", unit=UNIT)


def test_assigning_the_current_lead_changes_nothing():
    given(*IN_PROGRESS).when(AssignOfficer(case=CASE, lead=LEAD)).nothing_happens()


def test_a_lead_must_be_declared_and_belong_to_the_unit():
    given(*IN_PROGRESS).when(AssignOfficer(case=CASE, lead="cadre/hegehog")).refused("unknown-cadre")
    given(*IN_PROGRESS).when(AssignOfficer(case=CASE, lead="cadre/otter")).refused("not-of-that-unit")


def test_a_co_handler_who_becomes_lead_is_no_longer_a_co_handler():
    both = (*IN_PROGRESS, CoHandlerAdded(unit=UNIT, cadre="cadre/hedgehog"))
    story = given(*both).when(ASSIGN).story
    assert [(h.role, h.cadre) for h in holders(story.state(CASE))] == [("lead", "cadre/hedgehog")]


def test_only_the_head_of_the_leading_unit_assigns_an_officer():
    given(*IN_PROGRESS).when(ASSIGN, role="cadre").refused("role-not-allowed")
    given(*IN_PROGRESS).when(ASSIGN, role="unit_lead", actor="cadre/heron").refused("not-your-unit")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("dispatched", "in_progress")])
def test_assigning_an_officer_needs_a_case_that_is_with_a_unit(status):
    given(*EVERY_STATUS[status]).when(ASSIGN).refused("not-in-this-state")


def test_the_head_of_the_unit_requests_a_transfer_to_another_unit():
    given(*IN_PROGRESS).when(TRANSFER, role="unit_lead").then(requested).leaves(status="in_progress", unit=UNIT)


def test_an_accepted_transfer_waits_for_the_receiving_unit_to_sign():
    given(*ASKED).when(ACCEPT, actor="cadre/otter").then(TransferAccepted(from_unit=UNIT, to_unit="pine-water")).leaves(
        status="dispatched", unit="pine-water", lead="", due_on="2026-03-07"
    )


def test_the_receiving_unit_may_name_the_lead():
    command = AcceptTransfer(case=CASE, lead="cadre/newt")
    given(*ASKED).when(command, actor="cadre/otter").leaves(unit="pine-water", lead="cadre/newt")
    wrong = AcceptTransfer(case=CASE, lead="cadre/frog")
    given(*ASKED).when(wrong, actor="cadre/otter").refused("not-of-that-unit")


def test_a_dispatcher_may_accept_a_transfer():
    given(*ASKED).when(ACCEPT, role="dispatcher").leaves(unit="pine-water")


def test_a_third_unit_cannot_accept_a_transfer():
    given(*ASKED).when(ACCEPT, actor="cadre/heron").refused("not-the-unit-asked")


def test_accepting_ones_own_transfer_request_is_refused():
    own = step(requested, actor="cadre/otter", role="unit_lead")
    given(*IN_PROGRESS, own).when(ACCEPT, actor="cadre/otter").refused("own-request")


def test_a_refused_transfer_leaves_the_lead_unchanged():
    given(*ASKED).when(REFUSE, actor="cadre/otter").then(TransferRefused()).leaves(
        status="in_progress", unit=UNIT, lead=LEAD, pending=None
    )


def test_co_handlers_stay_with_a_transferred_case():
    with_co = (*IN_PROGRESS, CoHandlerAdded(unit="reed-office", cadre="cadre/frog"), requested)
    story = given(*with_co).when(ACCEPT, actor="cadre/otter").story
    assert [(h.role, h.unit) for h in holders(story.state(CASE))] == [("lead", "pine-water"), ("co", "reed-office")]


def test_a_transfer_to_the_same_or_an_unknown_unit_is_refused():
    given(*IN_PROGRESS).when(RequestTransfer(case=CASE, to_unit=UNIT)).refused("same-unit")
    given(*IN_PROGRESS).when(RequestTransfer(case=CASE, to_unit="pine-fire")).refused("unknown-unit")


def test_a_second_transfer_request_is_refused_while_one_is_pending():
    given(*ASKED).when(TRANSFER).refused("waits for an answer")


def test_accepting_a_transfer_without_a_request_is_refused():
    given(*IN_PROGRESS).when(ACCEPT, role="dispatcher").refused("no-transfer-pending")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "in_progress"])
def test_only_a_case_that_is_being_handled_can_be_transferred(status):
    given(*EVERY_STATUS[status]).when(TRANSFER).refused("not-in-this-state")


def test_the_officer_who_signed_leads_until_another_is_assigned():
    signed = (*ACCEPTED, CaseDispatched(unit=UNIT), CaseAcknowledged(lead="cadre/hedgehog"))
    given(*signed).when(AssignOfficer(case=CASE, lead=LEAD)).then(like(OfficerAssigned, before="cadre/hedgehog"))
