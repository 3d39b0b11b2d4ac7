"""Tests planning and reaching the milestones of a matter (民生实事节点)."""

import pytest

from casework.law.cases.milestones import MilestonePlanned, MilestoneReached, PlanMilestone, ReachMilestone
from casework.law.cases.registering import CaseRegistered
from casework.testing import CASE, given, like
from tests.case.scenes import ACTED, NUMBER, REGISTERED, accepted, acknowledged, dispatched

PLAN = PlanMilestone(case=CASE, milestone="ground_broken", planned_on="2026-04-01")
REACH = ReachMilestone(case=CASE, milestone="ground_broken")
planned = MilestonePlanned(milestone="ground_broken", planned_on="2026-04-01")
reached = MilestoneReached(milestone="ground_broken", planned_on="2026-04-01")
MATTER = (
    CaseRegistered(
        number=NUMBER, kind="matter", category="road", area="pine-1", township="pine", planned_beneficiaries=300
    ),
    accepted,
    dispatched,
    acknowledged,
)


def test_a_milestone_is_planned_with_its_date():
    given(*MATTER).when(PLAN).then(planned).leaves(status="in_progress", milestones=(("ground_broken", "2026-04-01"),))


def test_planning_the_same_milestone_again_changes_nothing():
    given(*MATTER, planned).when(PLAN).nothing_happens()


def test_planning_a_milestone_again_with_another_date_is_refused():
    other = PlanMilestone(case=CASE, milestone="ground_broken", planned_on="2026-05-01")
    given(*MATTER, planned).when(other).refused("milestone-planned-already")


def test_a_planned_milestone_is_reached():
    given(*MATTER, planned).when(REACH).then(reached).leaves(milestones_reached=frozenset({"ground_broken"}))


def test_reaching_a_milestone_again_changes_nothing():
    given(*MATTER, planned, reached).when(REACH).nothing_happens()


def test_reaching_an_unplanned_milestone_is_refused():
    refused = (
        given(*MATTER, planned).when(ReachMilestone(case=CASE, milestone="ground_brokn")).refused("unknown-milestone")
    )
    assert "ground_broken" in refused.said.nearest


def test_a_difficulty_has_no_milestones():
    given(*ACTED).when(PLAN).refused("not-a-matter")
    given(*REGISTERED).when(REACH).refused("not-a-matter")


def test_a_milestone_may_be_entered_with_the_day_it_was_reached():
    outcome = given(*MATTER, planned).when(REACH, occurred_on="2026-03-01").then(like(MilestoneReached))
    assert outcome.entries[0].occurred_on == "2026-03-01"


@pytest.mark.parametrize("role", ["resident", "auditor", "clock"])
def test_other_roles_cannot_plan_a_milestone(role):
    given(*MATTER).when(PLAN, role=role).refused("role-not-allowed")
