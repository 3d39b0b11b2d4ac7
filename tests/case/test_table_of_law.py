"""The table in the code is the one it was taken from, with the deviations that are listed and no others.

The table below is typed in anew from the domain study's “proposed canonical machine”, in its own words, so that the
reference kept in the code is itself held to something.
"""

import pytest

from casework.law.cases.commands import CASE_COMMANDS, COMMANDS
from casework.law.cases.events import CASE_EVENTS
from casework.law.cases.facts import OPEN_STATUSES, STATUSES
from casework.law.cases.lifecycle import LIFECYCLE, ON_THE_OTHER, RESTORED
from casework.law.context import ROLES
from casework.law.describe import lifecycle_page
from casework.law.reference_table import DEVIATIONS, REFERENCE, with_deviations

OPEN = "registered accepted dispatched in_progress parked resolved callback"
ANY = f"{OPEN} closed rejected merged withdrawn archived"
#: command here: (from, event → state)
STUDY = {
    "register-case": ("", "case-registered→registered"),
    "record-handled": (
        "",
        "case-registered→registered case-accepted→accepted officer-assigned→ action-logged→"
        " resolution-submitted→resolved",
    ),
    "accept-case": ("registered", "case-accepted→accepted"),
    "reject-case": ("registered accepted", "case-rejected→rejected"),
    "merge-case": (OPEN, "case-merged→merged"),
    "unmerge-case": ("merged", f"case-unmerged→{RESTORED}"),
    "dispatch-case": ("accepted", "case-dispatched→dispatched"),
    "acknowledge-case": ("dispatched", "case-acknowledged→in_progress"),
    "request-return": ("dispatched in_progress", "return-requested→"),
    "approve-return": ("dispatched in_progress", "return-approved→accepted"),
    "refuse-return": ("dispatched in_progress", "return-refused→"),
    "assign-officer": ("dispatched in_progress", "officer-assigned→"),
    "transfer-case": ("in_progress", "case-transferred→dispatched"),
    "add-co-handler": ("dispatched in_progress", "co-handler-added→"),
    "remove-co-handler": ("dispatched in_progress", "co-handler-removed→"),
    "log-action": ("dispatched in_progress parked", "action-logged→"),
    "contact-resident": (OPEN, "resident-contacted→"),
    "request-extension": ("in_progress", "extension-requested→"),
    "grant-extension": ("in_progress", "extension-granted→"),
    "refuse-extension": ("in_progress", "extension-refused→"),
    "pause-clock": ("in_progress", "clock-paused→"),
    "resume-clock": ("in_progress", "clock-resumed→"),
    "park-case": ("in_progress", "case-parked→parked"),
    "review-park": ("parked", "park-reviewed→"),
    "unpark-case": ("parked", "case-unparked→in_progress"),
    "remind-unit": (OPEN, "reminder-sent→"),
    "open-supervision": (OPEN, "supervision-opened→"),
    "reply-supervision": (OPEN, "supervision-replied→"),
    "close-supervision": (OPEN, "supervision-closed→"),
    "escalate-case": (OPEN, "case-escalated→"),
    "submit-resolution": ("in_progress", "resolution-submitted→resolved"),
    "approve-resolution": ("resolved", "resolution-approved→callback"),
    "send-back-resolution": ("resolved", "resolution-sent-back→in_progress"),
    "record-callback": ("callback closed", "callback-recorded→"),
    "close-case": ("callback", "case-closed→closed"),
    "reopen-case": ("callback closed rejected", "case-reopened→dispatched case-reopened→accepted"),
    "withdraw-case": (OPEN, "case-withdrawn→withdrawn"),
    "archive-case": ("closed rejected withdrawn", "case-archived→archived"),
    "correct-record": (ANY, "record-corrected→"),
    "change-confidentiality": (ANY, "confidentiality-changed→"),
    "erase-personal-data": (ANY, "personal-data-erased→"),
}
#: what the study says of who may, where one role alone may
ALONE = {
    "accept-case": "dispatcher", "reject-case": "dispatcher", "merge-case": "dispatcher",
    "unmerge-case": "dispatcher", "dispatch-case": "dispatcher", "approve-return": "dispatcher",
    "refuse-return": "dispatcher", "assign-officer": "unit_lead", "grant-extension": "supervisor",
    "refuse-extension": "supervisor", "park-case": "supervisor", "remind-unit": "supervisor",
    "open-supervision": "supervisor", "close-supervision": "supervisor", "approve-resolution": "reviewer",
    "send-back-resolution": "reviewer", "record-callback": "caller", "change-confidentiality": "privacy_officer",
}  # fmt: skip
#: what the design decides otherwise than the study: the command, and what differs
DECIDED = {
    "request-transfer": "row", "accept-transfer": "row", "refuse-transfer": "row", "transfer-case": "row",
    "log-action": "states", "contact-resident": "states", "void-case": "row", "record-ledger-case": "row",
    "record-ledger-closing": "row", "record-ledger-action": "row", "plan-milestone": "row", "reach-milestone": "row",
    "mark-due-passed": "row", "reopen-case": "roles", "erase-personal-data": "row", "close-case": "roles",
}  # fmt: skip


@pytest.mark.parametrize("command", STUDY)
def test_the_reference_in_the_code_is_the_studys_table(command):
    states, effects = STUDY[command]
    row = REFERENCE[command]
    assert row.states == tuple(states.split() or [""])
    assert [f"{e.event.removesuffix('.v1')}→{e.to}" for e in row.effects] == effects.split()
    if command in ALONE:
        assert row.roles == (ALONE[command],)


def test_the_reference_has_no_row_that_the_study_has_not():
    assert REFERENCE.keys() == STUDY.keys()


def test_the_law_is_the_reference_with_the_deviations():
    added = {d.command for d in DEVIATIONS if d.member == "row" and d.here}
    expected = with_deviations() | {command: LIFECYCLE[command] for command in added}
    assert {command: expected[command] for command in LIFECYCLE} == LIFECYCLE
    assert expected.keys() == LIFECYCLE.keys()
    assert not added & REFERENCE.keys(), "a row that was there is changed, not added"


def test_every_deviation_is_one_and_says_why():
    assert all(d.reason and d.reference != d.here for d in DEVIATIONS)
    assert len({(d.command, d.member) for d in DEVIATIONS}) == len(DEVIATIONS)


@pytest.mark.parametrize("command", DECIDED)
def test_what_the_design_decides_otherwise_is_listed(command):
    assert (command, DECIDED[command]) in {(d.command, d.member) for d in DEVIATIONS}


def test_auditors_never_change_a_case():
    assert [row.command for row in LIFECYCLE.values() if "auditor" in row.roles] == []


def test_every_command_of_a_case_has_its_row_and_every_row_its_command():
    assert LIFECYCLE.keys() == CASE_COMMANDS.keys()
    assert CASE_COMMANDS.keys() <= COMMANDS.keys()


def test_every_event_of_a_case_is_caused_by_some_command():
    caused = {effect.event for row in LIFECYCLE.values() for effect in row.effects} | ON_THE_OTHER.keys()
    assert caused == CASE_EVENTS.keys()


def test_the_table_speaks_of_known_states_and_roles():
    for row in LIFECYCLE.values():
        assert set(row.states) <= {*STATUSES, ""}
        assert set(row.roles) <= ROLES.keys()
        assert {effect.to for effect in row.effects} <= {*STATUSES, "", RESTORED}


def test_every_state_can_be_reached_and_every_open_one_be_left():
    reached = {effect.to for row in LIFECYCLE.values() for effect in row.effects}
    assert set(STATUSES) <= reached
    for status in OPEN_STATUSES:
        assert any(status in row.states and any(effect.to for effect in row.effects) for row in LIFECYCLE.values())


def test_the_page_shows_every_command_and_every_state_in_both_languages():
    page = lifecycle_page()
    for row in LIFECYCLE.values():
        assert f"`{row.command}`" in page
    for status, term in STATUSES.items():
        assert f"{status}: {status}" in page
        assert f"{status}: {term}" in page
