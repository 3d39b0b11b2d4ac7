"""Tests voiding cases that were registered in error (作废（登记有误）)."""

import pytest

from casework.law.cases.state import holders
from casework.law.cases.voiding import CaseVoided, VoidCase
from casework.testing import CASE, case, given
from tests.case.scenes import EVERY_STATUS, IN_PROGRESS, VOIDED, merged_into

VOID = VoidCase(case=CASE, reason="typed_twice")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("merged", "archived")])
def test_a_dispatcher_voids_a_case_registered_in_error(status):
    story = given(*EVERY_STATUS[status]).when(VOID, role="dispatcher").then(CaseVoided(reason="typed_twice")).leaves(
        status="closed", outcome="registered_in_error", closed_on="2026-03-02", parked=0, timeliness="", timed=0
    ).story  # fmt: skip
    assert holders(story.state(CASE)) == ()


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "supervisor", "resident", "auditor", "importer"])
def test_only_a_dispatcher_voids_a_case(role):
    given(*IN_PROGRESS).when(VOID, role=role).refused("role-not-allowed")


def test_voiding_a_case_again_changes_nothing():
    again = given(*VOIDED).when(VOID)
    assert not again.entries


def test_a_case_that_others_were_merged_into_cannot_be_voided():
    other = case(2)
    given(*merged_into(other)).when(VoidCase(case=other, reason="test_entry")).refused("others-merged-into-it")


def test_a_merged_or_archived_case_cannot_be_voided():
    given(*EVERY_STATUS["merged"]).when(VOID).refused("not-in-this-state")
    given(*EVERY_STATUS["archived"]).when(VOID).refused("not-in-this-state")
