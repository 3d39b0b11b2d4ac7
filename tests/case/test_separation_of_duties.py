"""Tests that nobody decides on their own work, in any role or unit."""

import pytest

from casework.law.cases.acting import LogAction
from casework.law.cases.calling_back import RecordCallback
from casework.law.cases.extending import ExtensionRequested, GrantExtension
from casework.law.cases.resolving import ApproveResolution, ResolutionApproved, SendBackResolution
from casework.law.cases.transferring import TransferAccepted
from casework.law.lifecycle import LIFECYCLE
from casework.testing import CASE, given, like, step
from tests.case.scenes import ACTED, IN_PROGRESS, LEAD, RESOLVED, UNIT, acknowledged, acted, approved, submitted

APPROVE, SEND_BACK = ApproveResolution(case=CASE), SendBackResolution(case=CASE, reason="no_evidence")
CALL = RecordCallback(case=CASE, reached=True, solved="yes")
ASKED = ExtensionRequested(due="2026-03-20T15:59:59.999Z", due_on="2026-03-20", reason="weather")
#: led by one unit first, then moved to another, whose otter resolved it
MOVED = (
    *IN_PROGRESS,
    TransferAccepted(from_unit=UNIT, to_unit="pine-water", lead="cadre/otter"),
    acknowledged,
    acted,
    step(submitted, actor="cadre/otter", unit="pine-water"),
)


@pytest.mark.parametrize("command", [APPROVE, SEND_BACK])
def test_a_cadre_who_resolved_or_led_a_case_cannot_review_it(command):
    for_the_lead = step(submitted, actor="cadre/badger", counts_for=LEAD)
    given(*ACTED, for_the_lead).when(command, actor="cadre/badger").refused("own-request")
    given(*ACTED, for_the_lead).when(command, actor=LEAD).refused("own-request")
    given(*ACTED, for_the_lead).when(command, for_=LEAD).refused("own-request")
    # somebody else of the unit said that it is done: the lead still does not review it
    given(*ACTED, step(submitted, actor="cadre/badger")).when(command, actor=LEAD).refused("own-case")
    # nor does who led it before it went to another unit
    given(*MOVED).when(command, actor=LEAD).refused("own-case")
    given(*MOVED).when(command, for_=LEAD).refused("own-case")


def test_a_cadre_without_a_part_in_the_case_reviews_it():
    given(*MOVED).when(APPROVE).then(like(ResolutionApproved))


def test_present_and_former_units_of_a_case_cannot_call_back():
    for history, cadre in ((RESOLVED, "hedgehog"), (MOVED, "newt"), (MOVED, "hedgehog")):
        told = given(*history, approved)
        told.when(CALL, role="caller", actor=f"cadre/{cadre}").refused("caller-of-the-unit")
        told.when(CALL, role="caller", for_=f"cadre/{cadre}").refused("caller-of-the-unit")


def test_granting_ones_own_extension_through_another_is_refused():
    entered = step(ASKED, actor="cadre/badger", counts_for=LEAD)
    for hand in ("cadre/badger", LEAD):
        given(*IN_PROGRESS, entered).when(GrantExtension(case=CASE), actor=hand).refused("own-request")
    given(*IN_PROGRESS, entered).when(GrantExtension(case=CASE), for_=LEAD).refused("own-request")


def test_no_command_of_a_case_is_open_to_auditors():
    assert [row.command for row in LIFECYCLE.values() if "auditor" in row.roles] == []
    given(*IN_PROGRESS).when(LogAction(case=CASE, action="visit"), role="auditor").refused("role-not-allowed")
