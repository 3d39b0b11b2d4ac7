"""Derived rows follow from entry bytes alone and come back equal."""

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, insert, update

from casework.change.rebuild import differences, rebuild
from casework.change.refold import windows
from casework.change.rows import hook, write
from casework.change.tables import DERIVED, activity_change, case_change, case_now, hold_change
from casework.database.engine import engine_for, writing
from casework.database.metadata import metadata
from casework.log.schema import entry
from tests.change.book import random_book
from tests.change.made_by_hand import LOG, Book
from tests.change.rows import gathered, in_database
from tests.databases import LATER

EMPTY = {table.name: [] for table in DERIVED}
BOOK = random_book(Random(47), 100)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_for(database_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in DERIVED:
            connection.execute(delete(table))


def forget(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in metadata.sorted_tables:
            connection.execute(delete(table))


def test_a_rebuild_brings_back_the_rows_that_appends_wrote(engine: Engine) -> None:
    BOOK.append_to(engine, batch=7, hook=hook)
    live = in_database(engine)
    assert all(live.values())
    empty(engine)
    assert in_database(engine) == EMPTY
    assert rebuild(engine, LOG) == len(BOOK.appended)
    assert in_database(engine) == live
    assert list(differences(engine, LOG)) == []


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), batch=st.integers(1, 15), window=st.integers(1, 25), states=st.integers(0, 10))
def test_batch_window_and_cache_sizes_do_not_change_a_rebuild(
    engine: Engine, seed: int, batch: int, window: int, states: int
) -> None:
    forget(engine)
    book = random_book(Random(seed), 25)
    book.append_to(engine, batch=batch, hook=hook)
    live = in_database(engine)
    empty(engine)
    rebuild(engine, LOG, window=window, states=states)
    assert in_database(engine) == live


def test_a_rebuild_replaces_wrong_missing_and_stray_rows(engine: Engine) -> None:
    BOOK.append_to(engine, hook=hook)
    live = in_database(engine)
    with writing(engine) as connection:
        connection.execute(update(case_change).where(case_change.c.seq == 9).values(township="elsewhere"))
        connection.execute(delete(hold_change).where(hold_change.c.seq > 40))
        connection.execute(update(case_now).values(status="lost"))
        stray = dict(zip([c.name for c in case_now.columns], live["case_now"][0], strict=True))
        connection.execute(insert(case_now), {**stray, "stream": "case/never", "rev": 99})
        beyond = dict(zip([c.name for c in case_change.columns], live["case_change"][0], strict=True))
        connection.execute(insert(case_change), {**beyond, "seq": len(BOOK.appended) + 5})
    told = {(one.table, one.key[1]) for one in differences(engine, LOG)}
    assert {("case_change", 9), ("case_now", "case/never"), ("case_change", len(BOOK.appended) + 5)} <= told
    assert any(table == "hold_change" for table, _ in told)
    rebuild(engine, LOG, window=50)
    assert in_database(engine) == live


def test_an_interrupted_rebuild_resumes_where_it_stopped(engine: Engine) -> None:
    BOOK.append_to(engine, hook=hook)
    live = in_database(engine)
    empty(engine)
    done: list[tuple[int, int]] = []

    def stop(reached: int, of: int) -> None:
        done.append((reached, of))
        if reached >= 90:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild(engine, LOG, window=30, progress=stop)
    assert done == [(30, len(BOOK.appended)), (60, len(BOOK.appended)), (90, len(BOOK.appended))]
    assert in_database(engine) != live
    rebuild(engine, LOG, since=90, window=30, states=2)
    assert in_database(engine) == live


def test_appends_during_a_rebuild_are_kept(engine: Engine) -> None:
    """Rows appended during a rebuild are there when it ends, and `case_now` never goes back to an older state."""
    half = len(BOOK.appended) // 2
    first = Book()
    first.appended, first.stored = BOOK.appended[:half], BOOK.stored[:half]
    first.append_to(engine, hook=hook)
    rest = iter(range(half, len(BOOK.appended)))

    def append_some(reached: int, of: int) -> None:
        assert of == half
        for seq in islice(rest, None if reached == of else 15):
            with writing(engine) as connection:
                BOOK.keep(connection, seq, seq + 1)
                hook(connection, LOG, BOOK.appended[seq : seq + 1])

    rebuild(engine, LOG, window=20, progress=append_some)
    assert list(differences(engine, LOG)) == []
    rows = gathered(BOOK)
    assert [row[1:3] for row in in_database(engine)["case_change"]] == [
        row[1:3] for row in sorted(rows.lines[case_change])
    ]
    assert sorted(in_database(engine)["case_now"]) == sorted(rows.now().values())


def test_rebuilding_one_county_leaves_the_other_unchanged(engine: Engine) -> None:
    BOOK.append_to(engine, hook=hook)
    other = random_book(Random(11), 30, log="530829")
    other.append_to(engine, hook=hook)
    both = in_database(engine)
    with writing(engine) as connection:
        for table in DERIVED:
            connection.execute(delete(table).where(table.c.log == "530829"))
    rebuild(engine, "530829", window=16)
    assert in_database(engine) == both


def test_an_empty_log_has_no_rows(engine: Engine) -> None:
    assert rebuild(engine, LOG) == 0
    assert in_database(engine) == EMPTY


def test_a_rebuild_stops_at_a_missing_entry(engine: Engine) -> None:
    BOOK.append_to(engine, hook=hook)
    with writing(engine) as connection:
        connection.execute(delete(entry).where(entry.c.seq == 33))
    with pytest.raises(ValueError, match="should hold 50 entries from 0 on, but 49 are there"):
        rebuild(engine, LOG, window=50)


def test_windows_compute_change_rows_without_writing_them(engine: Engine) -> None:
    BOOK.append_to(engine, hook=None)
    rows = [row for window in windows(engine, LOG, window=37) for row in window.rows.lines[case_change]]
    assert rows == gathered(BOOK).lines[case_change]
    assert in_database(engine) == EMPTY


def test_single_and_bulk_writes_store_the_same_change_rows(engine: Engine) -> None:
    """On PostgreSQL few rows are inserted by statements and many by COPY."""
    rows = gathered(BOOK)
    with writing(engine) as connection:
        for one in BOOK.appended:
            single = type(rows)(LOG)
            single.add(one.recorded, one.before, one.after, one.history)
            write(connection, single)
    by_statement = in_database(engine)
    empty(engine)
    with writing(engine) as connection:
        write(connection, rows)
    assert in_database(engine) == by_statement
    assert len(by_statement[activity_change.name]) == len(rows.lines[activity_change])


def test_an_older_state_of_a_case_never_overtakes_a_later_one(engine: Engine) -> None:
    """A rebuild that read before an append must not write after it."""
    BOOK.append_to(engine, hook=hook)
    later = in_database(engine)["case_now"]
    half = Book()
    half.appended = BOOK.appended[: len(BOOK.appended) // 2]
    older = gathered(half)
    older.lines.clear()
    with writing(engine) as connection:
        write(connection, older)
    assert in_database(engine)["case_now"] == later
