"""Handling a case together with other units and cadres (协办、吹哨)."""

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
def test_the_lead_its_head_and_the_township_whistle_for_help(role, actor):
    story = given(*IN_PROGRESS).when(ADD, role=role, actor=actor).then(added).leaves(unit=UNIT, lead=LEAD).story
    assert holders(story.state(CASE))[1] == Holder(
        role="co", unit="pine-water", cadre="cadre/otter", since_at="2026-03-02T05:00:00.000Z", since_on="2026-03-02"
    )


def test_adding_again_changes_nothing():
    given(*IN_PROGRESS, added).when(ADD).nothing_happens()


def test_a_unit_may_co_handle_without_naming_anybody():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="reed-office")).then(CoHandlerAdded(unit="reed-office"))


def test_the_lead_does_not_co_handle_its_own_case():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit=UNIT, cadre=LEAD)).refused("already-leads")


def test_a_colleague_of_the_lead_may():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit=UNIT, cadre="cadre/hedgehog")).then(
        CoHandlerAdded(unit=UNIT, cadre="cadre/hedgehog")
    )


def test_units_and_cadres_must_be_declared():
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="pine-watr")).refused("unknown-unit")
    given(*IN_PROGRESS).when(AddCoHandler(case=CASE, unit="pine-water", cadre="cadre/frog")).refused("not-of-that-unit")


def test_a_part_ends_when_it_is_ended():
    story = given(*IN_PROGRESS, added).when(REMOVE).then(CoHandlerRemoved(unit="pine-water", cadre="cadre/otter")).story
    assert [h.role for h in holders(story.state(CASE))] == ["lead"]


def test_the_lead_is_never_removed():
    command = RemoveCoHandler(case=CASE, unit=UNIT, cadre=LEAD)
    outcome = given(*IN_PROGRESS, added).when(command)
    assert outcome.refusal or not outcome.entries
    assert outcome.story.state(CASE).lead == LEAD


def test_ending_what_is_not_changes_nothing():
    given(*IN_PROGRESS).when(REMOVE).nothing_happens()


def test_strangers_do_not_add():
    given(*IN_PROGRESS).when(ADD, role="cadre", actor="cadre/frog").refused("not-your-unit")


@pytest.mark.parametrize("status", [s for s in EVERY_STATUS if s not in ("dispatched", "in_progress")])
def test_only_while_it_is_with_a_unit(status):
    given(*EVERY_STATUS[status]).when(ADD, role="dispatcher").refused("not-in-this-state")


def test_co_handlers_are_not_lost_on_the_way_to_the_end():
    done = (*IN_PROGRESS, added, *CALLED[len(IN_PROGRESS) :])
    story = given(*done).when(ADD, role="dispatcher").story
    assert [h.role for h in holders(story.state(CASE))] == ["lead", "co"]
    story.tell(closed)
    assert holders(story.state(CASE)) == ()
    assert [h.unit for h in story.state(CASE).co_handlers] == ["pine-water"]
