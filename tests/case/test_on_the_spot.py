"""Tests cases done on the spot and recorded afterwards (即办件)."""

from typing import Any

import pytest

from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.acting import ActionLogged
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.on_the_spot import RecordHandled
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.resolving import ResolutionSubmitted
from casework.law.cases.state import holders
from casework.testing import CASE, given, like
from tests.case.scenes import LEAD, NUMBER, REGISTERED, UNIT

PHOTO = "ab" * 32


def handled(**members):
    usual: dict[str, Any] = {"case": CASE, "category": "road", "area": "pine-1", "action": "repair", "result": "filled"}
    return RecordHandled(**{**usual, **members})


def test_an_on_the_spot_record_stores_every_event_up_to_the_review():
    given().when(handled(), actor=LEAD).then(
        like(CaseRegistered, number=NUMBER, on_the_spot=True, township="pine"),
        like(CaseAccepted, category="road"),
        like(CaseDispatched, unit=UNIT, lead=LEAD),
        like(CaseAcknowledged),
        like(ActionLogged, action="repair", round=1, held_by=LEAD, held_unit=UNIT),
        like(ResolutionSubmitted, result="filled", outcome="solved"),
    ).leaves(status="resolved", on_the_spot=1, unit=UNIT, lead=LEAD, round=1, outcome="")


def test_a_case_done_on_the_spot_is_held_by_the_cadre_who_did_it():
    story = given().when(handled(), actor="cadre/hedgehog").story
    assert [(h.role, h.cadre) for h in holders(story.state(CASE))] == [("lead", "cadre/hedgehog")]


def test_an_on_the_spot_record_keeps_people_helped_and_evidence():
    given().when(handled(category="water", result="solved", beneficiaries=4, evidence=(PHOTO,)), actor=LEAD).leaves(
        beneficiaries=4
    )


def test_an_on_the_spot_record_needs_the_evidence_of_its_category():
    given().when(handled(category="water", result="solved"), actor=LEAD).refused("evidence-missing")


def test_an_on_the_spot_record_outside_the_own_area_is_refused():
    given().when(handled(area="reed-1"), actor=LEAD).refused("outside-own-area")


def test_an_on_the_spot_record_dated_back_too_far_is_refused():
    given().when(handled(), actor=LEAD, occurred_on="2026-02-20").leaves(registered_on="2026-02-20")
    given().when(handled(), actor=LEAD, occurred_on="2026-01-01").refused("backdated-too-far")


@pytest.mark.parametrize("role", ["resident", "dispatcher", "caller", "auditor"])
def test_other_roles_cannot_record_a_case_done_on_the_spot(role):
    given().when(handled(), role=role).refused("role-not-allowed")


def test_recording_a_case_done_on_the_spot_twice_is_refused():
    given(*REGISTERED).when(handled(), actor=LEAD).refused("case-exists")


def test_an_on_the_spot_record_with_unknown_codes_is_refused():
    given().when(handled(result="fillde"), actor=LEAD).refused("unknown-result")
    given().when(handled(area="pine-9"), actor=LEAD).refused("unknown-area")
    given().when(handled(category="raod"), actor=LEAD).refused("unknown-category")
