"""Tests that the law equals its reference table, apart from the listed deviations."""

import pytest

from casework.law.cases.evolve import CASE_EVENTS
from casework.law.cases.facts import OPEN_STATUSES, STATUSES
from casework.law.cases.merging import ON_THE_OTHER
from casework.law.cases.rules import RESTORED
from casework.law.context import ROLES
from casework.law.kinds import COMMANDS
from casework.law.lifecycle import LIFECYCLE
from docs.generate.lifecycle import lifecycle
from tests.case.reference import DEVIATIONS, REFERENCE, of, with_deviations

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


def test_commands_with_one_role_in_the_study_have_one_in_the_reference():
    assert {command: REFERENCE[command].roles for command in ALONE} == {c: (role,) for c, role in ALONE.items()}


def test_the_law_equals_the_reference_with_the_listed_deviations():
    added = {d.command for d in DEVIATIONS if d.member == "row" and d.here}
    expected = with_deviations() | {command: of(LIFECYCLE[command]) for command in added}
    assert expected == {command: of(rule) for command, rule in LIFECYCLE.items()}
    assert not added & REFERENCE.keys(), "a row that was there is changed, not added"


def test_every_deviation_differs_from_the_reference_and_says_why():
    assert all(d.reason and d.reference != d.here for d in DEVIATIONS)
    assert len({(d.command, d.member) for d in DEVIATIONS}) == len(DEVIATIONS)


@pytest.mark.parametrize("command", DECIDED)
def test_every_decision_against_the_reference_is_a_listed_deviation(command):
    assert (command, DECIDED[command]) in {(d.command, d.member) for d in DEVIATIONS}


def test_no_row_of_the_table_is_open_to_auditors():
    assert [row.name for row in LIFECYCLE.values() if "auditor" in row.roles] == []


def test_every_command_in_the_table_is_a_registered_command():
    assert {name: rule.command for name, rule in LIFECYCLE.items()}.items() <= COMMANDS.items()


def test_every_event_of_a_case_is_caused_by_a_command():
    caused = {effect.event for row in LIFECYCLE.values() for effect in row.effects} | ON_THE_OTHER.keys()
    assert caused == CASE_EVENTS.keys()


def test_the_table_names_only_known_states_and_roles():
    for row in LIFECYCLE.values():
        assert set(row.states) <= {*STATUSES, ""}
        assert set(row.roles) <= ROLES.keys()
        assert {effect.to for effect in row.effects} <= {*STATUSES, "", RESTORED}


def test_every_state_can_be_reached_and_every_open_state_be_left():
    reached = {effect.to for row in LIFECYCLE.values() for effect in row.effects}
    assert set(STATUSES) <= reached
    for status in OPEN_STATUSES:
        assert any(status in row.states and any(effect.to for effect in row.effects) for row in LIFECYCLE.values())


def test_the_page_shows_every_command_and_every_state_in_both_languages():
    page = lifecycle()
    for row in LIFECYCLE.values():
        assert f"`{row.name}`" in page
    for status, term in STATUSES.items():
        assert f"{status}: {status}" in page
        assert f"{status}: {term}" in page
