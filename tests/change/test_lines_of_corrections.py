"""A correction takes back what was counted and counts it again."""

import pytest

from casework.change.rows import Rows
from casework.law.activities.activity import ActivityLed, ActivityRecorded
from casework.law.cases.acting import ActionLogged
from casework.law.cases.ledger import LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.supervising import ReminderSent
from tests.change.made_by_hand import Book
from tests.change.rows import Row, activity_rows, before, case_rows, now_rows
from tests.change.test_lines_of_a_case import CASE, closed, in_progress


def shape(rows: list[Row]) -> list[tuple[object, ...]]:
    return [(row["line"], row["of_seq"], row["rev"], row["weight"], row["type"]) for row in rows]


def test_a_correction_reverses_and_rewrites_each_line_that_it_changes() -> None:
    book = in_progress()
    book.correct(CASE, 0, "township", "shangyun")
    rows = case_rows(book, since=4)
    assert shape(rows) == [
        (0, 0, 0, -1, "case-registered.v1"),
        (1, 0, 0, 1, "case-registered.v1"),
        (2, 1, 1, -1, "case-accepted.v1"),
        (3, 1, 1, 1, "case-accepted.v1"),
        (4, 2, 2, -1, "case-dispatched.v1"),
        (5, 2, 2, 1, "case-dispatched.v1"),
        (6, 3, 3, -1, "case-acknowledged.v1"),
        (7, 3, 3, 1, "case-acknowledged.v1"),
        (8, 4, 4, 1, "record-corrected.v1"),
    ]
    assert [row["township"] for row in rows[:2]] == ["menglang", "shangyun"]
    assert (before(rows[-1], "corrections"), rows[-1]["corrections"], rows[-1]["township"]) == (0, 1, "shangyun")


def test_a_reversed_line_differs_only_in_its_recording() -> None:
    book = in_progress()
    stood = case_rows(book)
    book.add(CASE, ReminderSent(), hours=60)
    book.correct(CASE, 0, "township", "shangyun")
    reversed_lines = [row for row in case_rows(book, since=5) if row["weight"] == -1]
    moved = {"seq", "line", "weight", "recorded_on"}
    assert [{k: v for k, v in row.items() if k not in moved} for row in reversed_lines[:4]] == [
        {k: v for k, v in row.items() if k not in moved} for row in stood
    ]
    assert {row["recorded_on"] for row in reversed_lines} == {"2026-03-04"}
    assert {row["seq"] for row in reversed_lines} == {5}


def test_a_correction_leaves_earlier_and_unchanged_lines_alone() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"))
    book.add(CASE, ActionLogged(action="visit"))
    book.correct(CASE, 4, "action", "repair")
    rows = case_rows(book, since=6)
    assert shape(rows)[:2] == [(0, 4, 4, -1, "action-logged.v1"), (1, 4, 4, 1, "action-logged.v1")]
    assert len(rows) == 3
    assert [row["action"] for row in rows] == ["visit", "repair", ""]


def test_a_corrected_date_moves_the_act_and_every_later_effective_date() -> None:
    book = in_progress()
    book.add(CASE, ActionLogged(action="visit"), occurred_on="2026-03-20")
    book.add(CASE, ReminderSent())
    book.correct(CASE, 4, "occurred_on", "2026-03-01")
    rows = case_rows(book, since=6)
    dates = [(row["of_seq"], row["weight"], row["occurred_on"], row["effective_on"]) for row in rows]
    assert dates == [
        (4, -1, "2026-03-20", "2026-03-20"),
        (4, 1, "2026-03-01", "2026-03-01"),
        (5, -1, "2026-03-01", "2026-03-20"),
        (5, 1, "2026-03-01", "2026-03-01"),
        (6, 1, "2026-03-01", "2026-03-01"),
    ]
    assert [row["days_late_recorded"] for row in rows[:2]] == [-19, 0]


def test_a_corrected_closing_time_recomputes_duration_and_timeliness() -> None:
    book = Book()
    opened = LedgerCaseRecorded(number="n", external_ref="l:1", due="2026-02-21T00:00:00.000Z", due_on="2026-02-21")
    book.add(CASE, opened, occurred="2026-02-20T00:00:00.000Z", occurred_on="2026-02-20")
    book.add(CASE, LedgerClosingRecorded(), occurred="2026-02-22T00:00:00.000Z", occurred_on="2026-02-22")
    book.correct(CASE, 1, "occurred", "2026-02-20T10:00:00.000Z")
    book.correct(CASE, 1, "occurred_on", "2026-02-20")
    now = now_rows(book)[CASE]
    assert (now["resolve_seconds"], now["timeliness"], now["closed_on"]) == (36_000, "on_time", "2026-02-20")
    total = sum(
        row["weight"] * row["resolve_seconds"] for row in case_rows(book) if row["type"].startswith("ledger-clos")
    )
    assert total == 36_000


def test_a_correction_may_be_corrected() -> None:
    book = in_progress()
    book.correct(CASE, 0, "township", "shangyun")
    book.correct(CASE, 4, "value", "donghui")
    rows = case_rows(book, since=5)
    assert [row["township"] for row in rows[:2]] == ["shangyun", "donghui"]
    # the line of the correction that was corrected moved too: its case lies elsewhere now
    assert shape(rows)[-3:] == [
        (8, 4, 4, -1, "record-corrected.v1"),
        (9, 4, 4, 1, "record-corrected.v1"),
        (10, 5, 5, 1, "record-corrected.v1"),
    ]


def test_correcting_a_value_back_restores_the_sums() -> None:
    book = closed()
    book.correct(CASE, 1, "category", "water")
    book.correct(CASE, 1, "category", "roads")
    by_category: dict[str, int] = {}
    for row in case_rows(book):
        if row["type"] == "case-closed.v1":
            by_category[row["category"]] = by_category.get(row["category"], 0) + row["weight"]
    assert by_category == {"roads": 1, "water": 0}


def test_the_weights_of_all_lines_of_an_entry_sum_to_one() -> None:
    book = closed()
    for rev, member, value in (
        (0, "township", "x"),
        (1, "category", "water"),
        (0, "township", "y"),
        (4, "beneficiaries", 9),
    ):
        book.correct(CASE, rev, member, value)
    weights: dict[int, int] = {}
    for row in case_rows(book):
        weights[row["of_seq"]] = weights.get(row["of_seq"], 0) + row["weight"]
    assert weights == dict.fromkeys(range(len(book.appended)), 1)


def test_a_corrected_activity_is_reversed_and_counted_again() -> None:
    book = Book()
    book.add("activity/1", ActivityRecorded(activity="patrol", township="menglang", households=3))
    book.add("activity/1", ActivityLed(case=CASE))
    book.correct("activity/1", 0, "households", 5)
    rows = activity_rows(book)
    assert [(r["of_seq"], r["weight"], r["households"], r["is_activity"], r["cases"]) for r in rows] == [
        (0, 1, 3, 1, 0),
        (1, 1, 0, 0, 1),
        (0, -1, 3, 1, 0),
        (0, 1, 5, 1, 0),
        (2, 1, 0, 0, 0),
    ]
    assert sum(row["weight"] * row["households"] for row in rows) == 5


def test_a_correction_without_its_whole_stream_is_refused() -> None:
    book = in_progress()
    one = book.correct(CASE, 0, "township", "shangyun")
    with pytest.raises(ValueError, match=r"needs its whole stream case/a, 5 entries .* given none"):
        Rows(book.log).add(one.recorded, one.before, one.after)
