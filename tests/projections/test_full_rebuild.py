"""The full rebuild writes what appends and projectors write."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import ColumnElement, Engine, delete, func

from casework.change.rebuild import differences
from casework.change.rows import hook
from casework.change.tables import DERIVED, activity_change, case_change, finding_change, hold_change, survey_change
from casework.database.engine import reading, writing
from casework.law.cases.registering import CaseRegistered
from casework.projection import case, count, full_rebuild
from casework.projection.catch_up import checkpoint, rebuild
from casework.projection.compile import Bounds
from casework.projection.count_rows import RowCounter, count_few
from casework.projection.projection import Projection
from casework.projection.recount import recount
from casework.projection.source import Term
from casework.projection.tally import Tally
from casework.projection.to_python import Untranslatable, python_of
from casework.projection.totals import Counted, count_window
from tests.change.book import LOG, random_book
from tests.projections.test_upkeep import TALLIES, start_over, stored

pytestmark = pytest.mark.slow

again = settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def as_sets(counted: Counted) -> tuple[set[object], set[object]]:
    return set(counted.plain), set(counted.spread)


@again
@given(seed=st.integers(0, 10**6), cut=st.integers(1, 20))
def test_python_and_the_database_count_rows_alike(sqlite: Engine, seed: int, cut: int) -> None:
    start_over(sqlite)
    book = random_book(Random(seed), 30)
    book.append_to(sqlite, hook=hook)
    tallies = [p.definition for p in TALLIES]
    seen = RowCounter(tallies)
    with reading(sqlite) as db:
        for table in (case_change, hold_change, activity_change, survey_change, finding_change):
            rows = [tuple(row) for row in db.execute(table.select())]
            for start in range(0, len(rows), cut):
                seen.count(table.name, rows[start : start + cut])
        asked = [count_window(db, tally, Bounds(LOG, 0, len(book.appended))) for tally in tallies]
    taken = seen.take()
    assert [as_sets(one) for one in taken] == [as_sets(one) for one in asked]
    assert any(one.plain for one in taken)
    assert len(seen) == 0


def test_a_short_window_is_counted_in_memory_as_by_the_database(engine: Engine) -> None:
    book = random_book(Random(11), 40)
    book.append_to(engine, hook=hook)
    short = 0
    with reading(engine) as db:
        for since in range(0, len(book.appended), 5):
            bounds = Bounds(LOG, since, since + 5)
            for tally in (p.definition for p in TALLIES):
                counted = count_few(db, tally, bounds)
                if counted is not None:
                    short += 1
                    assert as_sets(counted) == as_sets(count_window(db, tally, bounds))
    assert short > len(book.appended)


@again
@given(seed=st.integers(0, 10**6))
def test_a_full_rebuild_restores_every_count_from_entries_alone(engine: Engine, seed: int) -> None:
    start_over(engine)
    random_book(Random(seed), 30).append_to(engine, hook=hook)
    for projection in TALLIES:
        rebuild(engine, projection, LOG)
    before = [stored(engine, projection) for projection in TALLIES]
    with writing(engine) as db:
        for table in DERIVED:
            db.execute(delete(table))
    for _ in range(2):  # first with empty tables, then with full ones
        full_rebuild.rebuild_all(engine, TALLIES, LOG)
        assert [stored(engine, projection) for projection in TALLIES] == before
        assert list(differences(engine, LOG)) == []


def test_entries_appended_during_a_full_rebuild_are_counted(sqlite: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    book = random_book(Random(3), 25)
    book.append_to(sqlite, hook=hook)
    had = len(book.appended)

    def progress(done: int, size: int) -> None:
        book.add("case/late", CaseRegistered(number="late", kind="difficulty", township="pine"))
        with writing(sqlite) as db:
            book.keep(db, had, had + 1)
            hook(db, LOG, book.appended[had:])

    monkeypatch.setattr(full_rebuild, "_IN_HAND", 0)  # flush the counts after every window
    assert full_rebuild.rebuild_all(sqlite, TALLIES, LOG, progress=progress) == had
    for projection in TALLIES:
        assert checkpoint(sqlite, projection, LOG).size == had + 1
        assert recount(sqlite, projection, LOG) == []


def test_a_tally_that_python_cannot_count_is_counted_by_the_database(sqlite: Engine) -> None:
    random_book(Random(4), 25).append_to(sqlite, hook=hook)
    odd = Term(
        case,
        lambda _: func.length(case_change.c.township) > 3,
        "township longer than 3",
        columns=frozenset({"township"}),
        per_entry=True,
    )
    tally = Tally(
        version=1,
        over=case,
        by=[case.kind],
        measures={"long": count(odd)},
        titles={"zh": "长", "en": "Long"},
        definitions={"long": ("长", "Long")},
    )
    with pytest.raises(Untranslatable):
        RowCounter([tally])
    projection = Projection("odd_one", "here", tally, "?")
    full_rebuild.rebuild_all(sqlite, [*TALLIES, projection], LOG)
    assert stored(sqlite, projection)["odd_one_v1"]
    assert all(recount(sqlite, one, LOG) == [] for one in [*TALLIES, projection])


def test_comparing_a_text_with_a_number_is_refused() -> None:
    untranslatable: Sequence[ColumnElement[bool]] = [case_change.c.round == case_change.c.kind, func.now() == 1]
    for expression in untranslatable:
        with pytest.raises(Untranslatable):
            python_of(expression, lambda column: column.name)
