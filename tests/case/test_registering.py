"""Tests registering requests and planned matters (登记)."""

from typing import Any

import pytest

from casework.law.cases.registering import CaseRegistered, RegisterCase
from casework.testing import CASE, case, given, like, on
from tests.case.scenes import ARCHIVED, EVERY_STATUS, NUMBER, REGISTERED, registered


def ask(**members):
    asked: dict[str, Any] = {"case": CASE, "category": "road", "area": "pine-1a", **members}
    return RegisterCase(**asked)


def test_a_request_gets_the_next_number_and_the_township_of_its_place():
    given().when(ask(topic="lamp", channel="hotline"), role="caller").then(
        CaseRegistered(
            number=NUMBER,
            kind="difficulty",
            category="road",
            topic="lamp",
            channel="hotline",
            area="pine-1a",
            township="pine",
        )
    ).leaves(status="registered", outcome="", round=1, township="pine", registered_on="2026-03-02", unit="", lead="")


def test_the_numbers_of_cases_are_consecutive():
    given(*REGISTERED).when(ask(case=case(2))).then(like(CaseRegistered, number="000000-2026-000002"))


def test_the_year_of_a_case_number_is_the_local_year():
    # 16:30 in UTC is half past midnight on New Year's Day in the county
    given(*REGISTERED).when(ask(case=case(2)), at="2026-12-31T16:30:00.000Z").then(
        like(CaseRegistered, number="000000-2027-000001")
    )


@pytest.mark.parametrize("role", ["resident", "reporter", "cadre", "unit_lead", "dispatcher", "caller"])
def test_roles_that_take_requests_register_cases(role):
    given().when(ask(), role=role).then(like(CaseRegistered))


@pytest.mark.parametrize("role", ["auditor", "reviewer", "privacy_officer", "clock"])
def test_other_roles_cannot_register_a_case(role):
    given().when(ask(), role=role).refused("role-not-allowed")


def test_a_courier_reports_what_was_seen_on_the_way():
    given().when(ask(reporter="courier", channel="photo"), role="reporter").then(
        like(CaseRegistered, reporter="courier")
    )


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_registering_a_case_twice_is_refused(status):
    given(*EVERY_STATUS[status]).when(ask()).refused("case-exists")


def test_a_request_without_place_and_address_is_refused():
    given().when(ask(area="")).refused("place")


def test_a_request_with_an_address_needs_no_place():
    given().when(ask(area=""), sealed=["address"]).then(like(CaseRegistered, area="", township=""))


def test_an_unknown_place_is_refused_with_the_nearest_names():
    refused = given().when(ask(area="pine-1b")).refused("unknown-area")
    assert "pine-1a" in refused.said.nearest
    assert "pine-1b" in refused.said.en


def test_an_unknown_category_is_refused_with_the_nearest_names():
    refused = given().when(ask(category="roads")).refused("unknown-category")
    assert refused.said.nearest[0] == "road"


def test_a_topic_that_is_not_of_the_category_is_refused():
    given().when(ask(topic="leak")).refused("unknown-topic")


def test_a_request_may_be_registered_without_a_category():
    given().when(ask(category="")).then(like(CaseRegistered, category=""))


def test_a_matter_states_the_number_of_people_it_is_planned_for():
    given().when(ask(kind="matter", planned_beneficiaries=300), role="cadre").then(
        like(CaseRegistered, kind="matter", planned_beneficiaries=300)
    ).leaves(kind="matter", planned_beneficiaries=300)


def test_a_stated_due_date_is_due_at_the_end_of_that_local_day():
    given().when(ask(due_on="2026-03-20")).then(
        like(CaseRegistered, due="2026-03-20T15:59:59.999Z", due_on="2026-03-20", due_basis="stated")
    ).leaves(due_on="2026-03-20")


def test_a_stated_due_instant_is_kept():
    given().when(ask(due="2026-03-20T02:00:00.000Z")).then(
        like(CaseRegistered, due="2026-03-20T02:00:00.000Z", due_on="2026-03-20", due_basis="stated")
    )


def test_a_request_of_yesterday_counts_for_yesterday():
    given().when(ask(), occurred_on="2026-03-01").leaves(registered_on="2026-03-01", effective_on="2026-03-01")


def test_a_registration_dated_back_beyond_the_policy_is_refused():
    given().when(ask(), occurred_on="2026-01-01").refused("backdated-too-far")


def test_a_registration_in_the_future_is_refused():
    given().when(ask(), occurred="2026-03-02T01:10:00.000Z").then(like(CaseRegistered))  # within the skew of clocks
    given().when(ask(), occurred="2026-03-02T01:10:00.001Z").refused("in-the-future")
    given().when(ask(), occurred_on="2026-03-03").refused("in-the-future")


def test_a_new_case_may_follow_an_archived_one():
    given(*ARCHIVED).when(ask(case=case(2), follows=CASE)).then(on(case(2), like(CaseRegistered, follows=CASE)))


def test_a_new_case_cannot_follow_one_that_can_still_be_reopened():
    given(*EVERY_STATUS["closed"]).when(ask(case=case(2), follows=CASE)).refused("not-archived")


def test_residents_register_for_themselves_only():
    given().when(ask(resident="resident/9999"), role="resident").refused("not-your-request")


def test_a_registered_event_yields_the_state_it_states():
    given(registered).when(ask(case=case(2))).leaves(
        stream=CASE, status="registered", category="road", reporter="resident"
    )
