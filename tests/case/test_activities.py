"""Tests activities without a case: visits, patrols, station service, study sessions (日常服务)."""

import pytest

from casework.law.activities.activity import (
    ActivityLed,
    ActivityRecorded,
    CorrectActivity,
    LinkActivity,
    RecordActivity,
)
from casework.law.cases.corrections import RecordCorrected
from casework.testing import ACTIVITY, CASE, case, given, like
from tests.case.scenes import ARCHIVED, REGISTERED

VISIT = RecordActivity(activity=ACTIVITY, what="household_visit", area="pine-1a", households=12, participants=40)
visited = ActivityRecorded(
    activity="household_visit", area="pine-1a", township="pine", unit="pine-office", households=12, participants=40
)
LINK = LinkActivity(activity=ACTIVITY, case=CASE)


def test_a_visit_is_recorded_with_township_and_unit_stamped():
    given().when(VISIT, role="cadre").then(visited).leaves(
        activity="household_visit", township="pine", unit="pine-office", households=12, counts_for="cadre/squirrel"
    )


def test_an_activity_counts_for_the_cadre_who_did_it():
    given().when(VISIT, actor="cadre/hedgehog", for_="cadre/frog").leaves(counts_for="cadre/frog")


def test_an_activity_counts_for_its_own_day_however_late_it_is_entered():
    given().when(VISIT, occurred_on="2026-01-02").leaves(occurred_on="2026-01-02")
    given().when(VISIT, occurred_on="2026-03-03").refused("in-the-future")


def test_an_activity_may_name_the_cases_it_led_to():
    led = RecordActivity(activity=ACTIVITY, what="survey", area="pine-1", cases=(CASE,))
    given(*REGISTERED).when(led).then(like(ActivityRecorded, cases=(CASE,)))


def test_a_case_may_be_linked_to_an_activity_later():
    given(*REGISTERED, visited).when(LINK).then(ActivityLed(case=CASE)).leaves(cases=(CASE,))
    given(*ARCHIVED, visited).when(LINK).then(ActivityLed(case=CASE))


def test_linking_an_activity_to_the_same_case_again_changes_nothing():
    given(*REGISTERED, visited, ActivityLed(case=CASE)).when(LINK).nothing_happens()


def test_linking_an_unknown_activity_or_case_is_refused():
    given(*REGISTERED).when(LINK).refused("no-such-activity")
    given(visited).when(LinkActivity(activity=ACTIVITY, case=case(9))).refused("no-such-case")


def test_recording_an_activity_twice_is_refused():
    given(visited).when(RecordActivity(activity=ACTIVITY, what="patrol")).refused("activity-exists")


def test_an_activity_at_an_unknown_place_is_refused():
    refused = given().when(RecordActivity(activity=ACTIVITY, what="patrol", area="pine-1b")).refused("unknown-area")
    assert "pine-1a" in refused.said.nearest


def test_a_supervisor_corrects_a_value_of_an_activity():
    command = CorrectActivity(activity=ACTIVITY, rev=0, member="households", value=14, reason="typing_error")
    given(visited).when(command, role="supervisor").then(
        RecordCorrected(stream=ACTIVITY, rev=0, member="households", value=14, value_before=12, reason="typing_error")
    ).leaves(households=14, corrections=1)


def test_the_township_of_an_activity_follows_its_corrected_place():
    command = CorrectActivity(activity=ACTIVITY, rev=0, member="area", value="reed-1", reason="wrong_place")
    given(visited).when(command, role="supervisor").leaves(area="reed-1", township="reed")


def test_the_unit_of_an_activity_cannot_be_corrected():
    command = CorrectActivity(activity=ACTIVITY, rev=0, member="unit", value="reed-office", reason="typing_error")
    given(visited).when(command, role="supervisor").refused("not-correctable")


def test_a_correction_to_an_unknown_kind_of_activity_is_refused():
    command = CorrectActivity(activity=ACTIVITY, rev=0, member="activity", value="picnic", reason="typing_error")
    given(visited).when(command, role="supervisor").refused("unknown-code")


@pytest.mark.parametrize("role", ["resident", "auditor", "clock", "importer"])
def test_other_roles_cannot_record_an_activity(role):
    given().when(VISIT, role=role).refused("role-not-allowed")


def test_only_a_supervisor_corrects_an_activity():
    command = CorrectActivity(activity=ACTIVITY, rev=0, member="households", value=14, reason="typing_error")
    given(visited).when(command, role="cadre").refused("role-not-allowed")
