"""Tests facts from the field, accepted in every state (办理记录、联系群众)."""

import pytest

from casework.law.cases.acting import ActionLogged, ContactResident, LogAction, ResidentContacted
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.transferring import OfficerAssigned
from casework.testing import CASE, given, later, like
from tests.case.scenes import (
    ACCEPTED,
    CLOSED,
    DISPATCHED,
    EVERY_STATUS,
    HELD,
    IN_PROGRESS,
    LEAD,
    REGISTERED,
    UNIT,
    acted,
)

VISIT = LogAction(case=CASE, action="visit")
CALL = ContactResident(case=CASE, channel="phone", reached=True)
ENDED = ("closed", "rejected", "merged", "withdrawn", "archived")


@pytest.mark.parametrize("status", EVERY_STATUS)
@pytest.mark.parametrize("command", [VISIT, CALL], ids=["action", "contact"])
def test_field_facts_are_accepted_in_every_state_and_change_none(status, command):
    given(*EVERY_STATUS[status]).when(command, actor=LEAD).leaves(status=status)


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_an_action_logged_after_the_end_of_a_case_is_marked_late(status):
    given(*EVERY_STATUS[status]).when(VISIT, actor=LEAD).then(like(ActionLogged, late=status in ENDED))


def test_an_action_on_an_unknown_case_is_refused():
    given().when(VISIT).refused("no-such-case")


def test_an_action_counts_for_who_held_the_case_when_it_occurred():
    moved = (*IN_PROGRESS, later(days=1), OfficerAssigned(lead="cadre/hedgehog", before=LEAD))
    given(*moved).when(VISIT, actor="cadre/hedgehog", occurred="2026-03-02T05:00:00.000Z").then(
        ActionLogged(action="visit", **HELD)
    )
    given(*moved).when(VISIT, actor=LEAD).then(like(ActionLogged, held_by="cadre/hedgehog", held_unit=UNIT))


def test_an_action_before_dispatch_counts_for_no_holder():
    given(*ACCEPTED).when(VISIT).then(like(ActionLogged, held_by="", held_unit="", round=1))


def test_an_action_before_registration_is_marked_as_such():
    given(*IN_PROGRESS).when(VISIT, occurred_on="2026-03-01").then(
        like(ActionLogged, before_registration=True, held_by="", round=1)
    )


def test_an_action_may_be_dated_back_without_limit():
    given(*IN_PROGRESS).when(VISIT, occurred_on="2025-06-01").then(like(ActionLogged, before_registration=True))


def test_an_action_is_refused_only_beyond_the_allowed_clock_skew():
    given(*REGISTERED).when(VISIT, occurred="2026-03-02T02:10:00.000Z").then(like(ActionLogged))
    given(*REGISTERED).when(VISIT, occurred="2026-03-02T02:10:00.001Z").refused("in-the-future")
    given(*REGISTERED).when(VISIT, occurred_on="2026-03-03").refused("in-the-future")


def test_an_action_counts_only_for_the_round_in_which_it_occurred():
    again = (*CLOSED, CaseReopened(to="same_unit", reason="not_solved", round=2))
    given(*again).when(VISIT).then(like(ActionLogged, round=2)).leaves(acted=True)
    given(*again).when(VISIT, occurred="2026-03-02T05:30:00.000Z").then(like(ActionLogged, round=1)).leaves(acted=False)


def test_the_response_time_runs_from_dispatch_to_the_first_contact():
    # dispatched at 11:00, signed for at 12:00, this at 13:00
    given(*IN_PROGRESS).when(CALL).then(ResidentContacted(channel="phone", reached=True, **HELD)).leaves(
        contacted=1, contact_seconds=7200
    )


def test_a_contact_that_reached_nobody_leaves_the_response_time_open():
    attempt = ContactResident(case=CASE, channel="phone", reached=False)
    given(*IN_PROGRESS).when(attempt).then(like(ResidentContacted, reached=False)).leaves(contacted=0)


def test_only_the_earliest_contact_counts_whenever_it_is_entered():
    first = ResidentContacted(channel="phone", reached=True, **HELD)
    given(*IN_PROGRESS, first).when(CALL).leaves(contact_seconds=7200)
    given(*IN_PROGRESS, first).when(CALL, occurred="2026-03-02T04:00:00.000Z").leaves(contact_seconds=3600)


def test_a_contact_known_only_by_its_date_yields_no_hours():
    given(*DISPATCHED).when(CALL, occurred_on="2026-03-02").leaves(contacted=0, contact_seconds=0)


def test_a_reporter_may_log_an_action():
    given(*IN_PROGRESS).when(VISIT, role="reporter").then(like(ActionLogged, action="visit"))


@pytest.mark.parametrize("role", ["auditor", "privacy_officer", "clock"])
def test_roles_outside_the_field_cannot_log_an_action(role):
    given(*IN_PROGRESS).when(VISIT, role=role).refused("role-not-allowed")


def test_the_same_action_may_be_logged_twice():
    given(*IN_PROGRESS, acted).when(LogAction(case=CASE, action="repair")).then(acted)


def test_an_action_entered_for_another_cadre_counts_for_that_cadre():
    outcome = given(*IN_PROGRESS).when(VISIT, actor="cadre/hedgehog", for_=LEAD)
    assert outcome.entries[0].counts_for == LEAD
    outcome.leaves(touched=frozenset({LEAD}))


def test_an_unknown_action_is_refused_with_the_nearest_names():
    refused = given(*IN_PROGRESS).when(LogAction(case=CASE, action="visti")).refused("unknown-action")
    assert "visit" in refused.said.nearest
