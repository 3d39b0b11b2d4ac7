"""Tests merging cases and unmerging them (并单、拆单)."""

import pytest

from casework.law.cases.acting import ActionLogged
from casework.law.cases.archiving import CaseArchived
from casework.law.cases.closing import CaseClosed
from casework.law.cases.co_handling import CoHandlerAdded
from casework.law.cases.merging import CaseAbsorbed, CaseMerged, CaseReleased, CaseUnmerged, MergeCase, UnmergeCase
from casework.law.cases.state import holders
from casework.testing import CASE, case, given, later, on, step
from tests.case.scenes import (
    CALLBACK,
    DISPATCHED,
    EVERY_STATUS,
    IN_PROGRESS,
    PARKED,
    REGISTERED,
    RESOLVED,
    also,
    merged_into,
    registered,
)  # fmt: skip

OTHER, THIRD = case(2), case(3)
MERGE = MergeCase(case=CASE, into=OTHER)
UNMERGE = UnmergeCase(case=CASE, out_of=OTHER)
OPEN = ["registered", "accepted", "dispatched", "in_progress", "parked", "resolved", "callback"]


@pytest.mark.parametrize("status", OPEN)
def test_any_open_case_can_be_merged_into_an_open_one(status):
    given(*EVERY_STATUS[status], *also(OTHER, registered)).when(MERGE).then(
        CaseMerged(into=OTHER), on(OTHER, CaseAbsorbed(merged=CASE))
    ).leaves(status="merged", outcome="merged", merged_into=OTHER, parked=0).leaves(
        stream=OTHER, status="registered", absorbed=(CASE,)
    )


@pytest.mark.parametrize("status", ["closed", "rejected", "withdrawn", "archived", "merged"])
def test_a_case_that_has_ended_cannot_be_merged(status):
    given(*EVERY_STATUS[status], *also(THIRD, registered)).when(MergeCase(case=CASE, into=THIRD)).refused(
        "not-in-this-state"
    )


def test_a_merged_case_has_no_holder():
    story = given(*IN_PROGRESS, *also(OTHER, registered)).when(MERGE).story
    assert holders(story.state(CASE)) == ()


def test_only_a_dispatcher_merges_and_unmerges():
    given(*REGISTERED, *also(OTHER, registered)).when(MERGE, role="supervisor").refused("role-not-allowed")
    given(*merged_into(OTHER)).when(UNMERGE, role="cadre").refused("role-not-allowed")


def test_a_case_is_not_merged_into_itself():
    given(*REGISTERED).when(MergeCase(case=CASE, into=CASE)).refused("merged-into-itself")


def test_merging_into_an_unknown_case_is_refused():
    given(*REGISTERED).when(MERGE).refused("no-such-case")


def test_merging_into_a_closed_case_is_refused():
    closed_there = also(OTHER, *EVERY_STATUS["rejected"])
    given(*REGISTERED, *closed_there).when(MERGE).refused("target-not-open")


def test_two_cases_cannot_be_merged_into_each_other():
    """What was merged into this one is closed to it: two cases cannot go on in each other."""
    given(*merged_into(OTHER)).when(MergeCase(case=OTHER, into=CASE)).refused("target-not-open")


def test_a_chain_of_merged_cases_cannot_become_a_circle():
    chain = (
        *merged_into(OTHER),
        *also(THIRD, registered),
        step(CaseMerged(into=THIRD), stream=OTHER),
        step(CaseAbsorbed(merged=OTHER), stream=THIRD),
    )
    given(*chain).when(MergeCase(case=THIRD, into=CASE)).refused("target-not-open")
    given(*chain).when(MergeCase(case=THIRD, into=OTHER)).refused("target-not-open")


def test_cases_of_two_townships_can_be_merged():
    """One log is one jurisdiction; whose area a dispatcher may touch is looked at by the doors."""
    reed = type(registered)(number="000000-2026-000002", kind="difficulty", area="reed-1", township="reed")
    given(*REGISTERED, step(reed, stream=OTHER)).when(MERGE).leaves(status="merged", township="pine")


@pytest.mark.parametrize(
    ("scene", "status"),
    [(REGISTERED, "registered"), (DISPATCHED, "dispatched"), (IN_PROGRESS, "in_progress"), (PARKED, "parked"),
     (RESOLVED, "resolved"), (CALLBACK, "callback")],
)  # fmt: skip
def test_unmerging_restores_the_state_before_the_merge(scene, status):
    merged = (
        *scene, *also(OTHER, registered), CaseMerged(into=OTHER), step(CaseAbsorbed(merged=CASE), stream=OTHER)
    )  # fmt: skip
    given(*merged).when(UNMERGE).then(CaseUnmerged(out_of=OTHER), on(OTHER, CaseReleased(released=CASE))).leaves(
        status=status, outcome="", closed_on="", merged_into="", parked=int(status == "parked")
    ).leaves(stream=OTHER, absorbed=())


def test_unmerging_restores_the_holders_before_the_merge():
    with_co = (
        *IN_PROGRESS, CoHandlerAdded(unit="pine-water", cadre="cadre/otter"), *also(OTHER, registered),
        CaseMerged(into=OTHER), step(CaseAbsorbed(merged=CASE), stream=OTHER),
    )  # fmt: skip
    story = given(*with_co).when(UNMERGE).story
    assert [(h.role, h.unit, h.cadre) for h in holders(story.state(CASE))] == [
        ("lead", "pine-office", "cadre/squirrel"),
        ("co", "pine-water", "cadre/otter"),
    ]


def test_unmerging_works_from_a_closed_target_and_not_an_archived_one():
    ended = step(CaseClosed(outcome="explained", basis="waived", waiver="other"), stream=OTHER)
    given(*merged_into(OTHER), ended).when(UNMERGE).leaves(status="in_progress")
    archived = step(CaseArchived(), stream=OTHER)
    given(*merged_into(OTHER), ended, later(days=40), archived).when(UNMERGE).refused("target-archived")


def test_unmerging_from_a_case_it_was_not_merged_into_is_refused():
    given(*merged_into(OTHER), *also(THIRD, registered)).when(UnmergeCase(case=CASE, out_of=THIRD)).refused(
        "not-merged-there"
    )


def test_unmerging_a_case_that_is_not_merged_is_refused():
    given(*REGISTERED, *also(OTHER, registered)).when(UNMERGE).refused("not-in-this-state")


def test_an_action_logged_while_merged_is_kept_after_unmerging():
    given(*merged_into(OTHER), ActionLogged(action="visit", late=True)).when(UNMERGE).leaves(
        status="in_progress", touched=frozenset({"cadre/squirrel"})
    )
