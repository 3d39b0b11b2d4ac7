"""Sums over change rows equal a count by hand, on any day."""

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.law.cases.facts import FACTS
from casework.law.cases.state import CaseState
from tests.change.book import random_book
from tests.change.made_by_hand import Book
from tests.change.plain_count import Plain, ended, is_action, open_now, solved
from tests.change.rows import Row, activity_rows, before, case_rows, hold_rows

Side = Callable[[str], object]
random_books = st.tuples(st.integers(0, 10**6), st.integers(5, 90)).map(lambda x: random_book(Random(x[0]), x[1]))
some = settings(max_examples=25)


def is_open(fact: Side) -> bool:
    return fact("closed_on") == "" and fact("status") != ""


def moves(
    rows: list[Row], where: Callable[[Side], bool], by: Callable[[Side], Hashable]
) -> list[tuple[Row, Hashable, int]]:
    """What each line adds to a stock: −1 where it leaves, +1 where it enters."""
    moved = []
    for row in rows:
        if where(lambda fact, row=row: before(row, fact)):
            moved.append((row, by(lambda fact, row=row: before(row, fact)), -row["weight"]))
        if where(lambda fact, row=row: row[fact]):
            moved.append((row, by(lambda fact, row=row: row[fact]), row["weight"]))
    return moved


def stock(moved: Sequence[tuple[Row, Hashable, int]], *, on: str = "9999", known: int = 10**9) -> Counter[Hashable]:
    figures: Counter[Hashable] = Counter()
    for row, key, step in moved:
        if row["effective_on"] <= on and row["seq"] < known:
            figures[key] += step
    assert not [key for key, figure in figures.items() if figure < 0], "a stock went below nothing"
    return +figures


def sizes(book: Book) -> range:
    return range(1, len(book.appended) + 1, max(1, len(book.appended) // 4))


@some
@given(random_books)
def test_open_and_solved_cases_equal_a_count_by_hand_on_every_day(book: Book) -> None:
    plain, rows = Plain.of(book.stored), case_rows(book)
    opened = moves(rows, is_open, lambda fact: (fact("township"), fact("kind")))
    done = moves(rows, lambda fact: fact("outcome") == "solved", lambda fact: (fact("township"), fact("kind")))
    for known in (None, *sizes(book)):
        for day in plain.days():
            asked = {"on": day, "known": known or 10**9}
            assert stock(opened, **asked) == plain.stock(lambda s: (s.township, s.kind), open_now, on=day, known=known)
            assert stock(done, **asked) == plain.stock(lambda s: (s.township, s.kind), solved, on=day, known=known)


@some
@given(random_books)
def test_every_fact_is_a_stock_that_is_never_negative(book: Book) -> None:
    plain, rows = Plain.of(book.stored), case_rows(book)
    for fact in FACTS:
        moved = moves(rows, lambda side: side("status") != "", lambda side, fact=fact: side(fact))
        assert stock(moved) == plain.stock(lambda s, fact=fact: getattr(s, fact))
        for day in plain.days()[::5]:
            assert stock(moved, on=day) == plain.stock(lambda s, fact=fact: getattr(s, fact), on=day)


@some
@given(random_books)
def test_held_cases_equal_a_count_by_hand_on_every_day(book: Book) -> None:
    plain, rows = Plain.of(book.stored), hold_rows(book)
    moved = [
        (row, (row["holder"], row["hold_role"], row["category"], row["unit"]), row["weight"] * row["step"])
        for row in rows
    ]
    for known in (None, *sizes(book)):
        for day in plain.days():
            by_hand = plain.held(lambda h, s: (h.cadre, h.role, s.category, s.unit), on=day, known=known)
            assert stock(moved, on=day, known=known or 10**9) == by_hand


@some
@given(random_books)
def test_stakes_that_begin_and_end_equal_a_count_by_hand(book: Book) -> None:
    """A category corrected or a unit changed while someone holds the case neither ends nor begins the stake."""
    plain, rows = Plain.of(book.stored), hold_rows(book)
    begun: Counter[Hashable] = Counter()
    for row in rows:
        begun[row["holder"], row["holder_unit"], row["hold_role"]] += row["weight"] * (row["began"] - row["ended"])
    assert +begun == plain.held(lambda h, s: (h.cadre, h.unit, h.role))
    assert min(begun.values(), default=0) >= 0


@some
@given(random_books)
def test_actions_and_touched_cases_equal_a_count_by_hand(book: Book) -> None:
    plain, rows = Plain.of(book.stored), case_rows(book)
    for known in (None, *sizes(book)):
        actions: Counter[Hashable] = Counter()
        touched: Counter[Hashable] = Counter()
        for row in rows:
            if known is None or row["seq"] < known:
                actions[row["counts_for"], row["occurred_on"]] += row["weight"] * row["is_action"]
                touched[row["counts_for"]] += row["weight"] * row["first_touch"]
        by_hand = plain.acts(lambda act: (act.recorded.counts_for, act.recorded.occurred_on), is_action, known=known)
        assert +actions == by_hand
        assert min(actions.values(), default=0) >= 0
        assert +touched == plain.cases_touched(known=known)


@some
@given(random_books)
def test_activity_measures_add_up_to_the_stated_numbers(book: Book) -> None:
    plain, rows = Plain.of(book.stored), activity_rows(book)
    total = {name: sum(r["weight"] * r[name] for r in rows) for name in ("is_activity", "households", "cases")}
    stated = plain.activities().values()
    assert total == {
        "is_activity": len(stated),
        "households": sum(state.households for state in stated),
        "cases": sum(len(state.cases) for state in stated),
    }


@some
@given(random_books)
def test_each_change_line_follows_from_the_previous_one_of_its_case(book: Book) -> None:
    """Cancelled against each other, the lines of a case are one chain from nothing to where it stands."""
    chains: dict[str, dict[tuple[int, str], int]] = {}
    for row in case_rows(book):
        line = (row["rev"], repr([(before(row, fact), row[fact]) for fact in FACTS]))
        chain = chains.setdefault(row["stream"], {})
        chain[line] = chain.get(line, 0) + row["weight"]
    for chain in chains.values():
        standing = [line for line, weight in chain.items() if weight]
        assert set(chain.values()) <= {0, 1}
        assert sorted(rev for rev, _ in standing) == list(range(len(standing)))


def test_the_random_county_contains_the_difficult_cases_of_counting() -> None:
    """Without these the tests above would prove little."""
    books = [random_book(Random(seed), 60) for seed in range(40)]
    rows = [row for book in books for row in case_rows(book)]
    types = Counter(row["type"] for row in rows)
    assert types["record-corrected.v1"] > 100
    assert types["case-reopened.v1"] > 10
    assert types["case-closed.v1"] > 10
    assert types["case-unmerged.v1"] > 3
    assert any(row["occurred_on"] > row["recorded_on"] for row in rows)
    assert any(row["occurred_on"] < row["effective_on"] for row in rows)
    assert any(row["negative_duration"] for row in rows)
    corrected_corrections = [
        one for book in books for one in book.appended if getattr(one.recorded.event, "member", "") == "value"
    ]
    assert len(corrected_corrections) > 10
    states = [one.after for book in books for one in book.appended if isinstance(one.after, CaseState)]
    assert sum(map(ended, states)) > 100
    with pytest.raises(AssertionError, match="below nothing"):
        stock([(rows[0], "x", -1)])
