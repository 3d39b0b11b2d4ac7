"""Tests accepting and rejecting a case (受理、不予受理)."""

import pytest

from casework.law.cases.accepting import AcceptCase, CaseAccepted, CaseRejected, RejectCase
from casework.law.cases.registering import CaseRegistered
from casework.testing import CASE, given, like
from tests.case.scenes import ACCEPTED, DISPATCHED, EVERY_STATUS, NUMBER, REGISTERED, REJECTED

REJECT = RejectCase(case=CASE, reason="out_of_scope", told="phone")


def test_a_dispatcher_accepts_by_the_categorys_rules():
    given(*REGISTERED).when(AcceptCase(case=CASE), role="dispatcher").then(
        CaseAccepted(category="road", topic="pothole", due_days=5, category_rev=0)
    ).leaves(status="accepted", accepted_on="2026-03-02", due_on="")


def test_acceptance_records_the_revision_of_the_category_rules():
    given(*REGISTERED).when(AcceptCase(case=CASE, category="water")).then(
        CaseAccepted(category="water", due_days=3, category_rev=0)
    ).leaves(category="water", topic="")


def test_a_stated_due_date_takes_precedence_over_the_categorys_days():
    given(*REGISTERED).when(AcceptCase(case=CASE, due_on="2026-03-20")).then(
        like(CaseAccepted, due="2026-03-20T15:59:59.999Z", due_on="2026-03-20", due_basis="stated")
    ).leaves(due_on="2026-03-20")


def test_a_case_without_a_category_is_not_accepted():
    given(CaseRegistered(number=NUMBER, kind="difficulty", area="pine-1")).when(AcceptCase(case=CASE)).refused(
        "category-missing"
    )


def test_accepting_with_an_unknown_category_is_refused():
    given(*REGISTERED).when(AcceptCase(case=CASE, category="raod")).refused("unknown-category")


def test_accepting_with_a_topic_of_another_category_is_refused():
    given(*REGISTERED).when(AcceptCase(case=CASE, category="water", topic="pothole")).refused("unknown-topic")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s != "registered"])
def test_only_a_registered_case_is_accepted(status):
    given(*EVERY_STATUS[status]).when(AcceptCase(case=CASE)).refused("not-in-this-state")


def test_accepting_an_unknown_case_is_refused():
    given().when(AcceptCase(case=CASE)).refused("no-such-case")


@pytest.mark.parametrize("role", ["resident", "cadre", "unit_lead", "supervisor", "auditor"])
def test_only_a_dispatcher_accepts_or_rejects(role):
    given(*REGISTERED).when(AcceptCase(case=CASE), role=role).refused("role-not-allowed")
    given(*REGISTERED).when(REJECT, role=role).refused("role-not-allowed")


@pytest.mark.parametrize("scene", [REGISTERED, ACCEPTED], ids=["registered", "accepted"])
def test_a_rejection_states_why_and_how_the_resident_was_told(scene):
    given(*scene).when(REJECT).then(CaseRejected(reason="out_of_scope", told="phone")).leaves(
        status="rejected", outcome="rejected", closed_on="2026-03-02"
    )


def test_a_rejection_may_state_that_the_resident_could_not_be_told():
    command = RejectCase(case=CASE, reason="insufficient", told="not_possible")
    given(*REGISTERED).when(command).then(CaseRejected(reason="insufficient", told="not_possible"))


def test_a_dispatched_case_cannot_be_rejected():
    given(*DISPATCHED).when(REJECT).refused("not-in-this-state")


def test_rejecting_a_case_twice_is_refused():
    given(*REJECTED).when(REJECT).refused("not-in-this-state")
