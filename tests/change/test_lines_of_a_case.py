"""What one entry changes of its case."""

import itertools

import pytest

from casework.change.case_lines import MEASURES
from casework.change.tables import case_change
from casework.law.cases.accepting import CaseAccepted
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.closing import CaseClosed
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.escalating import DuePassed
from casework.law.cases.facts import FACTS
from casework.law.cases.ledger import LedgerActionRecorded, LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.resolving import ResolutionApproved, ResolutionSubmitted
from casework.law.cases.returning import ReturnRequested
from casework.law.cases.supervising import ReminderSent
from tests.change.made_by_hand import Book
from tests.change.rows import Row, before, case_rows, now_rows

CASE = "case/a"


def registered(**members: object) -> CaseRegistered:
    place = {"number": "530828-2026-000001", "kind": "difficulty", "category": "roads", "township": "menglang"}
    return CaseRegistered(**{**place, **members})  # type: ignore[arg-type]


def in_progress() -> Book:
    book = Book()
    book.add(CASE, registered(), role="reporter")
    book.add(CASE, CaseAccepted(category="roads"), role="dispatcher")
    book.add(CASE, CaseDispatched(unit="roads_office", lead="cadre/1"), role="dispatcher")
    book.add(CASE, CaseAcknowledged(), role="unit_lead")
    return book


def closed(outcome: str = "solved") -> Book:
    book = in_progress()
    book.add(CASE, ResolutionSubmitted(result="solved", outcome=outcome, beneficiaries=4), actor="cadre/2")
    book.add(CASE, ResolutionApproved(), actor="cadre/8", role="reviewer")
    book.add(CASE, CaseClosed(outcome=outcome, basis="waived"), actor="cadre/9", role="caller")
    return book


def last(book: Book) -> Row:
    return case_rows(book)[-1]


def test_every_fact_and_every_measure_is_a_column() -> None:
    names = {column.name for column in case_change.columns}
    assert names >= {*FACTS, *(f"before_{fact}" for fact in FACTS), *MEASURES}
    assert len(case_rows(in_progress())[0]) == len(names)


def test_a_before_column_is_null_only_where_its_fact_is_unchanged() -> None:
    for row in case_rows(closed()):
        assert all(value is not None for name, value in row.items() if not name.startswith("before_"))
    acknowledged = case_rows(in_progress())[-1]
    changed = {fact for fact in FACTS if acknowledged[f"before_{fact}"] is not None}
    assert changed == {"status"}
    assert (acknowledged["before_status"], acknowledged["status"]) == ("dispatched", "in_progress")


def test_the_first_change_line_of_a_case_has_empty_facts_before() -> None:
    row = case_rows(in_progress())[0]
    assert (before(row, "status"), row["status"]) == ("", "registered")
    assert (before(row, "township"), row["township"]) == ("", "menglang")
    assert row["before_reporter"] == ""  # '' before and not NULL: it became 'resident'


def test_each_change_line_starts_from_the_facts_of_the_previous_line() -> None:
    rows = case_rows(closed())
    for one, following in itertools.pairwise(rows):
        assert [before(following, fact) for fact in FACTS] == [one[fact] for fact in FACTS]


def test_an_entry_that_changes_no_fact_still_has_a_change_line() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit", held_by="cadre/1", held_unit="roads_office"))
    row = last(book)
    assert all(row[f"before_{fact}"] is None for fact in FACTS)
    assert (row["is_action"], row["action"], row["weight"], row["line"]) == (1, "visit", 1, 0)


def test_an_action_counts_for_its_cadre_and_not_for_its_typist() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"), actor="cadre/1", for_="cadre/3", unit="roads_office")
    row = last(book)
    assert (row["actor"], row["counts_for"], row["actor_unit"]) == ("cadre/1", "cadre/3", "roads_office")


def test_only_the_first_act_of_a_person_on_a_case_is_a_first_touch() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"), actor="cadre/1")
    book.add(CASE, ResidentContacted(channel="phone", reached=True), actor="cadre/1")
    book.add(CASE, ActionLogged(action="visit"), actor="cadre/1", for_="cadre/2")
    book.add(CASE, ReminderSent(), actor="cadre/3", role="supervisor")
    assert [row["first_touch"] for row in case_rows(book)[-4:]] == [1, 0, 1, 0]


@pytest.mark.parametrize(
    ("event", "measures"),
    [
        (ActionLogged(action="visit", round=2), {"is_action": 1, "action": "visit", "act_round": 2}),
        (LedgerActionRecorded(action="repair"), {"is_action": 1, "action": "repair", "held_unit": "roads_office"}),
        (ResidentContacted(channel="phone", reached=False), {"is_contact": 1, "reached": 0, "action": "phone"}),
        (ResidentContacted(channel="phone", reached=True), {"is_contact": 1, "reached": 1, "is_action": 0}),
        (CallbackRecorded(reached=True), {"is_callback": 1, "reached": 1, "is_contact": 0}),
        (ReturnRequested(unit="roads_office", reason="wrong_place"), {"reason": "wrong_place"}),
        (ActionLogged(action="visit", late=True), {"late": 1, "before_registration": 0}),
        (ActionLogged(action="visit", before_registration=True), {"late": 0, "before_registration": 1}),
        (DuePassed(due="", due_on="", held_by="cadre/7", held_unit="x"), {"held_by": "cadre/7", "held_unit": "x"}),
        (ReminderSent(), {"held_by": "cadre/1", "held_unit": "roads_office", "act_round": 1}),
    ],
)
def test_measures_equal_the_members_of_their_event(event: object, measures: dict[str, object]) -> None:
    book = in_progress()
    book.add(CASE, event)  # type: ignore[arg-type]
    row = last(book)
    assert {name: row[name] for name in measures} == measures


def test_an_act_counts_for_the_holder_at_the_time_it_occurred() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit", held_by="cadre/3", held_unit="water_office"))
    assert (last(book)["held_by"], last(book)["held_unit"]) == ("cadre/3", "water_office")


def test_a_closing_is_credited_to_the_approved_submitter() -> None:
    row = last(closed())
    assert (row["actor"], row["closer"], row["closer_unit"]) == ("cadre/9", "cadre/2", "roads_office")
    assert (before(row, "outcome"), row["outcome"]) == ("", "solved")


def test_the_effective_date_of_a_case_never_goes_back() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"), occurred_on="2026-02-10")
    row = last(book)
    assert (row["occurred_on"], row["effective_on"], row["recorded_on"]) == ("2026-02-10", "2026-03-01", "2026-03-01")
    book.add(CASE, ReminderSent(), occurred_on="2026-03-05")
    book.add(CASE, ReminderSent())
    assert [r["effective_on"] for r in case_rows(book)[-2:]] == ["2026-03-05", "2026-03-05"]


def test_the_days_between_act_and_record_keep_their_sign() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"), occurred_on="2026-02-27")
    book.add(CASE, ActionLogged(action="visit"), occurred_on="2026-03-02")
    assert [row["days_late_recorded"] for row in case_rows(book)[-3:]] == [0, 2, -1]


def test_a_ledger_case_closed_before_it_opened_is_marked_negative() -> None:
    book = Book()
    opened = LedgerCaseRecorded(number="n", external_ref="l:1", unit="roads_office")
    book.add(CASE, opened, occurred="2026-02-20T04:00:00.000Z", occurred_on="2026-02-20")
    book.add(CASE, LedgerClosingRecorded(), occurred="2026-02-19T04:00:00.000Z", occurred_on="2026-02-19")
    row = last(book)
    assert (row["resolve_seconds"], row["negative_duration"], row["closed_on"]) == (-86_400, 1, "2026-02-19")
    assert row["effective_on"] == "2026-02-20"
    book.add(CASE, LedgerActionRecorded(action="visit"))
    assert last(book)["negative_duration"] == 0  # reported once, where it happened


def test_a_negative_duration_is_marked_where_only_dates_are_known() -> None:
    book = Book()
    book.add(CASE, LedgerCaseRecorded(number="n", external_ref="l:1"), occurred_on="2026-02-20")
    book.add(CASE, LedgerClosingRecorded(), occurred_on="2026-02-19")
    assert (last(book)["timed"], last(book)["negative_duration"]) == (0, 1)


def test_case_now_holds_the_latest_facts_in_one_row_per_case() -> None:
    book = in_progress()
    book.add("case/b", registered(number="530828-2026-000002"))
    row = now_rows(book)[CASE]
    assert (row["status"], row["rev"], row["seq"], row["number"]) == ("in_progress", 3, 3, "530828-2026-000001")
    assert (row["at"], row["held_since"]) == ("2026-03-01T05:00:00.000Z", "2026-03-01T04:00:00.000Z")
    assert now_rows(book)["case/b"]["status"] == "registered"
    book.add(CASE, CaseReopened(to="dispatch", reason="other", round=2))
    assert now_rows(book)[CASE]["held_since"] == ""


def test_a_roster_stream_has_no_case_change_line() -> None:
    book = Book()
    book.add("area/menglang", ReminderSent())
    assert case_rows(book) == []
