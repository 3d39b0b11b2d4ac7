"""Tests handling a case together with other units and cadres (协办)."""

import pytest

from casework.law.cases.co_handling import AddCoHandler, CoHandlerAdded, CoHandlerRemoved, RemoveCoHandler
from casework.law.cases.state import Holder, holders
from casework.testing import CASE, given
from tests.case.scenes import CALLED, EVERY_STATUS, IN_PROGRESS, LEAD, UNIT, closed

ADD = AddCoHandler(case=CASE, unit="pine-water", cadre="cadre/otter")
REMOVE = RemoveCoHandler(case=CASE, unit="pine-water", cadre="cadre/otter")
added = CoHandlerAdded(unit="pine-water", cadre="cadre/otter")


@pytest.mark.parametrize(
    ("role", "actor"), [("cadre", LEAD), ("unit_lead", "cadre/badger"), ("dispatcher", "cadre/owl")]
)
def test_the_lead_its_head_and_the_township_add_a_co_handler(role, actor):
    story = given(*IN_PROGRESS).when(ADD, role=role, actor=actor).then(added).leaves(unit=UNIT, lead=LEAD).story
    assert holders(story.state(CASE))[1] == Holder(
        role="co", unit="pine-water", cadre="cadre/otter", since_at="2026-03-02T05:00:00.000Z", since_on="2026-03-02"
    )


def test_adding_the_same_co_handler_again_changes_nothing():
    given(*IN_PROGRESS, added).when(ADD).nothing_happens()


def test_a_unit_may_co_handle_without_a_named_cadre():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="reed-office")).then(CoHandlerAdded(unit="reed-office"))


def test_the_lead_does_not_co_handle_its_own_case():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit=UNIT, cadre=LEAD)).refused("already-leads")


def test_a_colleague_of_the_lead_may_co_handle():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit=UNIT, cadre="cadre/hedgehog")).then(
        CoHandlerAdded(unit=UNIT, cadre="cadre/hedgehog")
    )


def test_co_handling_units_and_cadres_must_be_declared():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="pine-watr")).refused("unknown-unit")
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="pine-water", cadre="cadre/frog")).refused("not-of-that-unit")


def test_a_removed_co_handler_no_longer_holds_the_case():
    story = given(*IN_PROGRESS, added).when(REMOVE).then(CoHandlerRemoved(unit="pine-water", cadre="cadre/otter")).story
    assert [h.role for h in holders(story.state(CASE))] == ["lead"]


def test_removing_a_co_handler_never_removes_the_lead():
    command = RemoveCoHandler(case=CASE, unit=UNIT, cadre=LEAD)
    outcome = given(*IN_PROGRESS, added).when(command)
    assert outcome.refusal or not outcome.entries
    assert outcome.story.state(CASE).lead == LEAD


def test_removing_an_absent_co_handler_changes_nothing():
    given(*IN_PROGRESS).when(REMOVE).nothing_happens()


def test_a_cadre_of_another_unit_cannot_add_a_co_handler():
    given(*IN_PROGRESS).when(ADD, role="cadre", actor="cadre/frog").refused("not-your-unit")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("dispatched", "in_progress")])
def test_adding_a_co_handler_needs_a_case_that_is_with_a_unit(status):
    given(*EVERY_STATUS[status]).when(ADD, role="dispatcher").refused("not-in-this-state")


def test_co_handlers_are_kept_until_and_after_the_case_closes():
    done = (*IN_PROGRESS, added, *CALLED[len(IN_PROGRESS) :])
    story = given(*done).when(ADD, role="dispatcher").story
    assert [h.role for h in holders(story.state(CASE))] == ["lead", "co"]
    story.tell(closed)
    assert holders(story.state(CASE)) == ()
    assert [h.unit for h in story.state(CASE).co_handlers] == ["pine-water"]
