"""Lines of holders: one per stake that moved."""

from collections import Counter

from casework.law.cases.acting import ActionLogged
from casework.law.cases.co_handling import CoHandler, CoHandlerAdded, CoHandlerRemoved
from casework.law.cases.confidentiality import ConfidentialityChanged
from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.ledger import LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.transferring import OfficerAssigned, TransferAccepted
from tests.change.made_by_hand import Book
from tests.change.rows import Row, hold_rows
from tests.change.test_lines_of_a_case import CASE, closed, in_progress


def stakes(rows: list[Row]) -> list[tuple[object, ...]]:
    names = ("line", "hold_role", "holder_unit", "holder", "step", "began", "ended", "seconds")
    return [tuple(row[name] for name in names) for row in rows]


def held(rows: list[Row], *by: str) -> Counter[tuple[object, ...]]:
    figures: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        figures[tuple(row[name] for name in by)] += row["weight"] * row["step"]
    assert all(figure >= 0 for figure in figures.values())
    return +figures


def test_a_dispatch_opens_a_stake_for_lead_and_co_handlers() -> None:
    book = Book()
    for one in in_progress().appended[:2]:
        book.add(CASE, one.recorded.event)
    book.add(CASE, CaseDispatched(unit="roads_office", lead="cadre/1", co_handlers=(CoHandler(unit="water_office"),)))
    assert stakes(hold_rows(book)) == [
        (0, "lead", "roads_office", "cadre/1", 1, 1, 0, 0),
        (1, "co", "water_office", "", 1, 1, 0, 0),
    ]


def test_an_entry_that_moves_no_stake_has_no_holder_line() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"))
    assert hold_rows(book, since=3) == []


def test_assigning_another_officer_ends_the_first_stake_with_its_seconds() -> None:
    book = in_progress()
    book.add(CASE, OfficerAssigned(lead="cadre/2"), hours=10)
    assert stakes(hold_rows(book, since=4)) == [
        (0, "lead", "roads_office", "cadre/1", -1, 0, 1, 11 * 3600),
        (1, "lead", "roads_office", "cadre/2", 1, 1, 0, 0),
    ]


def test_a_stake_that_ended_on_a_bare_date_has_no_seconds() -> None:
    book = in_progress()
    book.add(CASE, OfficerAssigned(lead="cadre/2"), occurred_on="2026-03-09")
    released = hold_rows(book, since=4)[0]
    assert (released["timed"], released["seconds"], released["ended"]) == (0, 0, 1)


def test_a_transfer_moves_the_lead_and_leaves_co_handlers_holding() -> None:
    book = in_progress()
    book.add(CASE, CoHandlerAdded(unit="third_office", cadre="cadre/3"))
    book.add(CASE, TransferAccepted(from_unit="roads_office", to_unit="water_office", lead="cadre/2"))
    rows = hold_rows(book)
    assert held(rows, "holder", "hold_role") == {("cadre/2", "lead"): 1, ("cadre/3", "co"): 1}
    # the co-handler's stake goes on, and is now counted under the unit that leads
    assert held(rows, "holder", "unit") == {("cadre/2", "water_office"): 1, ("cadre/3", "water_office"): 1}
    assert sum(row["began"] - row["ended"] for row in rows if row["holder"] == "cadre/3") == 1


def test_a_co_handler_who_leaves_no_longer_holds_the_case() -> None:
    book = in_progress()
    book.add(CASE, CoHandlerAdded(unit="third_office"))
    book.add(CASE, CoHandlerRemoved(unit="third_office"), hours=2)
    assert stakes(hold_rows(book, since=5)) == [(0, "co", "third_office", "", -1, 0, 1, 7200)]


def test_a_closed_case_has_no_holder_until_it_is_reopened() -> None:
    book = closed()
    assert held(hold_rows(book), "holder") == {}
    book.add(CASE, CaseReopened(to="same_unit", reason="came_back", round=2))
    assert held(hold_rows(book), "holder", "holder_unit") == {("cadre/1", "roads_office"): 1}


def test_a_fact_that_moves_while_the_case_is_held_moves_the_stake_with_it() -> None:
    book = in_progress()
    book.add(CASE, ConfidentialityChanged(level="secret", before="internal", basis="minor"))
    rows = hold_rows(book, since=4)
    assert stakes(rows) == [
        (0, "lead", "roads_office", "cadre/1", -1, 0, 0, 0),
        (1, "lead", "roads_office", "cadre/1", 1, 0, 0, 0),
    ]
    assert [row["confidentiality"] for row in rows] == ["internal", "secret"]
    assert held(hold_rows(book), "confidentiality") == {("secret",): 1}


def test_a_corrected_category_rewrites_the_earlier_lines_of_a_stake() -> None:
    book = in_progress()
    book.correct(CASE, 1, "category", "water")
    assert held(hold_rows(book), "category", "holder") == {("water", "cadre/1"): 1}
    rewritten = hold_rows(book, since=4)
    assert [(row["weight"], row["step"], row["category"], row["of_seq"]) for row in rewritten] == [
        (-1, 1, "roads", 2),
        (1, 1, "water", 2),
    ]


def test_a_ledgers_unit_holds_its_case_until_the_ledger_closes_it() -> None:
    book = Book()
    book.add(CASE, LedgerCaseRecorded(number="n", external_ref="l:1", unit="roads_office"))
    assert held(hold_rows(book), "holder_unit", "holder") == {("roads_office", ""): 1}
    book.add(CASE, LedgerClosingRecorded(), hours=3)
    assert stakes(hold_rows(book, since=1)) == [(0, "lead", "roads_office", "", -1, 0, 1, 3 * 3600)]
