"""Tests corrections of recorded values; recorded entries stay as they are (更正)."""

from typing import Any

import pytest

from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.correcting import CorrectRecord
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.transferring import OfficerAssigned
from casework.testing import CASE, given, later, like
from tests.case.scenes import ACTED, ARCHIVED, CALLED, CLOSED, EVERY_STATUS, HELD, IN_PROGRESS, LEAD, REGISTERED, UNIT


def correct(rev, member, value, reason: Any = "typing_error"):
    return CorrectRecord(case=CASE, rev=rev, member=member, value=value, reason=reason)


def corrected(rev, member, value, before, reason="typing_error"):
    return RecordCorrected(stream=CASE, rev=rev, member=member, value=value, value_before=before, reason=reason)


def test_a_correction_cites_the_entry_and_both_values():
    given(*REGISTERED).when(correct(0, "urgency", "urgent"), role="supervisor").then(
        corrected(0, "urgency", "urgent", "normal")
    ).leaves(urgency="urgent", corrections=1, status="registered")


def test_the_township_of_a_case_follows_its_corrected_place():
    outcome = given(*REGISTERED).when(correct(0, "area", "reed-1", "wrong_place"))
    outcome.leaves(area="reed-1", township="reed")
    assert outcome.events[0] == corrected(0, "area", "reed-1", "pine-1", "wrong_place")


def test_a_correction_leaves_the_corrected_entry_as_it_was():
    outcome = given(*REGISTERED).when(correct(0, "urgency", "urgent"))
    assert outcome.story.stream(CASE)[0].event == REGISTERED[0]


@pytest.mark.parametrize("status", EVERY_STATUS)
def test_a_correction_is_possible_in_every_state_and_changes_none(status):
    given(*EVERY_STATUS[status]).when(correct(0, "channel", "visit")).leaves(status=status, channel="visit")


@pytest.mark.parametrize(
    ("rev", "member", "value"),
    [(0, "number", "000000-2026-000009"), (1, "due", "2026-03-09T00:00:00.000Z"), (2, "unit", "reed-office"),
     (2, "lead", "cadre/frog"), (0, "occurred_on", "2026-03-01"), (0, "nonsense", "x")],
)  # fmt: skip
def test_members_that_determine_the_state_cannot_be_corrected(rev, member, value):
    given(*IN_PROGRESS).when(correct(rev, member, value)).refused("not-correctable")


def test_a_corrected_value_must_fit_the_type_of_its_member():
    given(*CALLED).when(correct(7, "satisfaction", "rather")).refused("satisfaction")
    given(*CALLED).when(correct(7, "satisfaction", "4")).then(corrected(7, "satisfaction", 4, 5))
    given(*CALLED).when(correct(7, "satisfaction", 9)).refused("satisfaction")
    given(*CALLED).when(correct(7, "satisfaction", 4)).leaves(satisfaction=4)


def test_corrected_codes_are_checked_as_in_the_original_command():
    given(*REGISTERED).when(correct(0, "area", "pine-9")).refused("unknown-area")
    given(*REGISTERED).when(correct(0, "category", "raod")).refused("unknown-category")
    given(*REGISTERED).when(correct(0, "urgency", "very")).refused("urgency")


def test_a_correction_to_the_present_value_is_refused():
    given(*REGISTERED).when(correct(0, "urgency", "normal")).refused("no-difference")


def test_correcting_an_unknown_entry_is_refused():
    given(*REGISTERED).when(correct(4, "urgency", "urgent")).refused("no-such-revision")
    given().when(correct(0, "urgency", "urgent")).refused("no-such-case")


def test_the_later_of_two_corrections_of_a_member_stands():
    first = corrected(0, "urgency", "urgent", "normal")
    given(*REGISTERED, first).when(correct(0, "urgency", "emergency")).then(
        corrected(0, "urgency", "emergency", "urgent")
    ).leaves(urgency="emergency", corrections=2)


def test_a_correction_may_be_corrected():
    first = corrected(0, "urgency", "urgent", "normal")
    given(*REGISTERED, first).when(correct(1, "value", "normal")).leaves(urgency="normal", corrections=2)


def test_a_corrected_date_restamps_who_held_the_case_then():
    moved = (*IN_PROGRESS, later(days=1), OfficerAssigned(lead="cadre/hedgehog", before=LEAD))
    entered = ActionLogged(action="visit", round=1, held_by="cadre/hedgehog", held_unit=UNIT)
    outcome = given(*moved, entered).when(correct(5, "occurred", "2026-03-02T05:00:00.000Z", "wrong_date"))
    assert [(e.member, e.value) for e in outcome.events if isinstance(e, RecordCorrected)] == [
        ("occurred", "2026-03-02T05:00:00.000Z"),
        ("occurred_on", "2026-03-02"),
        ("held_by", LEAD),
    ]


def test_a_contact_corrected_to_not_reached_counts_as_no_contact():
    call = ResidentContacted(channel="phone", reached=True, **HELD)
    given(*IN_PROGRESS, call).when(correct(4, "reached", False)).leaves(contacted=0, contact_seconds=0)


def test_a_date_is_not_corrected_into_the_future():
    given(*ACTED).when(correct(4, "occurred_on", "2026-03-09", "wrong_date")).refused("in-the-future")


def test_a_contact_corrected_to_a_date_alone_yields_no_hours():
    call = ResidentContacted(channel="phone", reached=True, **HELD)
    given(*IN_PROGRESS, call).when(correct(4, "occurred_on", "2026-03-01", "wrong_date")).leaves(contacted=0)


@pytest.mark.parametrize("role", ["cadre", "unit_lead", "dispatcher", "auditor", "resident"])
def test_only_a_supervisor_corrects_a_case(role):
    given(*REGISTERED).when(correct(0, "urgency", "urgent"), role=role).refused("role-not-allowed")


def test_an_importer_corrects_only_what_a_ledger_stated():
    given(*REGISTERED).when(correct(0, "urgency", "urgent", "ledger_changed"), role="importer").refused(
        "not-a-ledger-entry"
    )


def test_an_archived_case_can_be_corrected():
    given(*ARCHIVED).when(correct(0, "urgency", "urgent")).leaves(status="archived", urgency="urgent", outcome="solved")


def test_the_number_of_people_helped_is_corrected_after_closing():
    given(*CLOSED).when(correct(5, "beneficiaries", 40)).then(
        like(RecordCorrected, member="beneficiaries", value=40, value_before=0)
    ).leaves(beneficiaries=40, status="closed", outcome="solved", timeliness="on_time")
