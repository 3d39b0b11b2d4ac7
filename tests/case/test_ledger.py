"""Tests cases, actions and closings recorded from ledgers (台账)."""

from typing import Any

import pytest

from casework.law.cases.correcting import CorrectRecord
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.ledger import (
    LedgerActionRecorded,
    LedgerCaseRecorded,
    LedgerClosingRecorded,
    RecordLedgerAction,
    RecordLedgerCase,
    RecordLedgerClosing,
)
from casework.law.cases.state import holders
from casework.testing import CASE, given, like, step
from tests.case.scenes import EVERY_STATUS, IN_PROGRESS, NUMBER

ROW = RecordLedgerCase(
    case=CASE, external_ref="census:row-7", row_hash="aa", category="road", channel="app", area="pine-1",
    unit="pine-office", due="2026-03-09T00:00:00.000Z", labels={"channel": "Citizens Connect App"},
)  # fmt: skip
CLOSING = RecordLedgerClosing(case=CASE, reason="done", published="on_time")
ACTION = RecordLedgerAction(case=CASE, action="inspection")
stated = LedgerCaseRecorded(
    township="pine",
    number=NUMBER, external_ref="census:row-7", row_hash="aa", category="road", channel="app",
    area="pine-1", unit="pine-office", due="2026-03-09T00:00:00.000Z", due_on="2026-03-09", due_basis="ledger",
    labels={"channel": "Citizens Connect App"},
)  # fmt: skip
OPENED = (step(stated, occurred="2026-03-01T00:00:00.000Z"),)
ENDED = (*OPENED, step(LedgerClosingRecorded(timeliness="on_time"), occurred="2026-03-02T00:00:00.000Z"))


def test_a_ledger_row_becomes_a_case_at_the_time_it_states():
    given().when(ROW, role="importer", occurred="2026-03-01T00:00:00.000Z").then(stated).leaves(
        status="registered", registered_on="2026-03-01", unit="pine-office", lead="", external_ref="census:row-7",
        due_on="2026-03-09", round=1,
    )  # fmt: skip


def test_a_ledger_row_of_years_ago_becomes_a_case():
    given().when(ROW, occurred_on="2019-01-01").leaves(registered_on="2019-01-01")


def test_the_unit_of_a_ledger_row_holds_its_case():
    story = given(*OPENED).when(ACTION).story
    assert [(h.role, h.unit, h.cadre) for h in holders(story.state(CASE))] == [("lead", "pine-office", "")]


def test_blank_values_of_a_ledger_row_stay_blank():
    blank = RecordLedgerCase(case=CASE, external_ref="census:row-8")
    given().when(blank).leaves(category="", area="", township="", unit="", due_on="")
    assert holders(given().when(blank).story.state(CASE)) == ()


def test_recording_the_same_ledger_row_again_changes_nothing():
    given(*OPENED).when(ROW).nothing_happens()


def test_a_changed_ledger_row_is_refused_as_changed():
    changed = RecordLedgerCase(case=CASE, external_ref="census:row-7", row_hash="bb")
    given(*OPENED).when(changed).refused("ledger-row-changed")


def test_a_changed_ledger_row_may_be_entered_as_a_correction():
    command = CorrectRecord(case=CASE, rev=0, member="category", value="water", reason="ledger_changed")
    given(*OPENED).when(command, role="importer").then(
        like(RecordCorrected, member="category", value="water", value_before="road")
    ).leaves(category="water", status="registered")


def test_a_ledger_closing_is_unstated_unless_the_map_states_it():
    given(*OPENED).when(CLOSING, occurred="2026-03-02T00:00:00.000Z").then(
        like(LedgerClosingRecorded, outcome="unstated", timeliness="on_time", published="on_time")
    ).leaves(
        status="closed",
        outcome="unstated",
        closed_on="2026-03-02",
        timeliness="on_time",
        timed=1,
        resolve_seconds=86_400,
    )
    solved = RecordLedgerClosing(case=CASE, outcome="solved")
    given(*OPENED).when(solved).leaves(outcome="solved")


def test_lateness_is_computed_beside_the_ledgers_published_word():
    given(*OPENED).when(CLOSING, occurred="2026-03-01T12:00:00.000Z").leaves(timeliness="on_time", published="on_time")
    given(*OPENED).when(CLOSING, at="2026-03-20T00:00:00.000Z").leaves(timeliness="late", published="on_time")


def test_a_ledger_case_closed_before_its_opening_keeps_both_times():
    given(*OPENED).when(CLOSING, occurred="2026-02-27T00:00:00.000Z").leaves(
        closed_on="2026-02-27", registered_on="2026-03-01", resolve_seconds=-2 * 86_400
    )


@pytest.mark.parametrize(
    "status", [s for s in EVERY_STATUS if s not in ("merged", "withdrawn", "rejected", "archived", "closed")]
)
def test_a_ledger_closing_is_accepted_in_every_open_state(status):
    given(*EVERY_STATUS[status]).when(CLOSING).leaves(status="closed", outcome="unstated")


@pytest.mark.parametrize("status", ["merged", "withdrawn", "rejected", "archived"])
def test_a_ledger_closing_of_an_ended_case_is_refused(status):
    given(*EVERY_STATUS[status]).when(CLOSING).refused("not-in-this-state")


def test_recording_the_same_ledger_closing_again_changes_nothing():
    given(*ENDED).when(RecordLedgerClosing(case=CASE), occurred="2026-03-02T00:00:00.000Z").nothing_happens()


def test_a_ledger_action_is_accepted_in_every_state():
    given(*ENDED).when(ACTION).then(LedgerActionRecorded(action="inspection")).leaves(status="closed")
    given(*IN_PROGRESS).when(ACTION).leaves(status="in_progress", acted=True)


@pytest.mark.parametrize("role", ["cadre", "dispatcher", "supervisor", "administrator"])
def test_only_an_importer_enters_ledgers(role):
    given().when(ROW, role=role).refused("role-not-allowed")
    given(*OPENED).when(CLOSING, role=role).refused("role-not-allowed")
    given(*OPENED).when(ACTION, role=role).refused("role-not-allowed")


@pytest.mark.parametrize(
    ("member", "meant", "code"),
    [
        ("category", "road", "unknown-category"),
        ("area", "pine-1", "unknown-area"),
        ("unit", "pine-office", "unknown-unit"),
    ],
)
def test_a_ledger_row_with_an_undeclared_code_is_refused(member, meant, code):
    """`import --with-roster` loads what the map declares; a typing error is refused with the nearest names."""
    wrong: dict[str, Any] = {member: f"{meant}x"}
    row = RecordLedgerCase(case=CASE, external_ref="census:row-9", **wrong)
    assert meant in given().when(row).refused(code).said.nearest


def test_a_ledger_closing_of_an_unknown_case_is_refused():
    given().when(CLOSING).refused("no-such-case")
