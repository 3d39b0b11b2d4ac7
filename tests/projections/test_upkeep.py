"""Catching up, crashing and rebuilding all give the counts of one count from nothing."""

from random import Random
from threading import Thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, update

from casework.change.rows import hook
from casework.change.tables import case_change
from casework.database.engine import writing
from casework.database.metadata import metadata
from casework.projection import catch_up as catching_up
from casework.projection.ask import ask
from casework.projection.catch_up import catch_up, checkpoint, rebuild
from casework.projection.checkpoint import tables_of
from casework.projection.full_rebuild import count_all
from casework.projection.question import Question
from casework.projection.recount import recount
from casework.projection.shelf import shipped
from casework.projection.totals import add, count_window
from tests.change.book import LOG, random_book
from tests.databases import LATER
from tests.projections.conftest import forget

TALLIES = [p for p in shipped() if not p.is_register]
RESOLVED = next(p for p in TALLIES if p.name == "resolved_by_township")
again = settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])


def stored(engine: Engine, projection: Any) -> dict[str, list[tuple[Any, ...]]]:
    """The served rows, without rows whose counts are all 0."""
    now = checkpoint(engine, projection, LOG)
    found = {}
    with engine.connect() as db:
        for table in tables_of(engine, projection).all():
            rows = db.execute(
                select(*list(table.c)[2:]).where(table.c.log == LOG, table.c.generation == now.generation)
            )
            keys = len(table.primary_key) - 2
            found[table.name] = sorted(tuple(row) for row in rows if any(row[keys:]))
    return found


def start_over(engine: Engine) -> None:
    forget(engine)
    for projection in TALLIES:
        tables = tables_of(engine, projection)
        with writing(engine) as db:
            for table in tables.all():
                if tables.exists(db):
                    db.execute(table.delete())


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
@again
@given(seed=st.integers(0, 10**6), window=st.integers(1, 30), batch=st.integers(1, 15))
def test_counting_in_any_windows_gives_the_counts_of_one_pass(
    engine: Engine, seed: int, window: int, batch: int
) -> None:
    start_over(engine)
    book = random_book(Random(seed), 30)
    book.append_to(engine, batch=batch, hook=hook)
    for projection in TALLIES:
        assert catch_up(engine, projection, LOG, window=window).size == len(book.appended)
        assert recount(engine, projection, LOG) == [], projection.name


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
def test_a_rebuild_in_windows_or_one_pass_equals_catching_up(engine: Engine) -> None:
    random_book(Random(47), 100).append_to(engine, hook=hook)
    for projection in TALLIES:
        catch_up(engine, projection, LOG, window=31)
    live = [stored(engine, projection) for projection in TALLIES]
    for projection in TALLIES:
        rebuild(engine, projection, LOG, window=19)
    assert [stored(engine, projection) for projection in TALLIES] == live
    count_all(engine, TALLIES, LOG, window=23)
    assert [stored(engine, projection) for projection in TALLIES] == live


def test_a_recount_finds_a_changed_count(engine: Engine) -> None:
    random_book(Random(3), 100).append_to(engine, hook=hook)
    catch_up(engine, RESOLVED, LOG)
    now = tables_of(engine, RESOLVED).now
    with writing(engine) as db:
        db.execute(update(now).values(open=now.c.open + 1))
    (found, *_) = recount(engine, RESOLVED, LOG)
    assert found.table == now.name
    assert found.served != found.counted


@pytest.mark.parametrize("after", ["counting", "adding"])
def test_a_projector_killed_between_windows_counts_nothing_twice(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    book = random_book(Random(5), 120)
    book.append_to(engine, hook=hook)
    calls = 0

    class Killed(BaseException):
        pass

    def dying(*given: Any) -> None:
        nonlocal calls
        calls += 1
        if after == "adding":
            add(*given)
        if calls % 3 == 0:
            raise Killed

    monkeypatch.setattr(catching_up, "add", dying if after == "adding" else lambda *given: (dying(*given), add(*given)))
    for _ in range(100):
        try:
            catch_up(engine, RESOLVED, LOG, window=9)
        except Killed:
            continue
        break
    assert calls > 9
    assert checkpoint(engine, RESOLVED, LOG).size == len(book.appended)
    assert recount(engine, RESOLVED, LOG) == []


def in_threads(*works: Any) -> None:
    failed: list[BaseException] = []

    def guarded(work: Any) -> None:
        try:
            work()
        except BaseException as why:
            failed.append(why)

    threads = [Thread(target=guarded, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []


def test_a_window_that_another_projector_counted_meanwhile_is_not_added(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = random_book(Random(4), 80)
    book.append_to(engine, hook=hook)
    overtaken = False

    def slow(*given: Any) -> Any:
        nonlocal overtaken
        counted = count_window(*given)
        if not overtaken:
            overtaken = True
            catch_up(engine, RESOLVED, LOG)
        return counted

    monkeypatch.setattr(catching_up, "count_window", slow)
    assert catch_up(engine, RESOLVED, LOG, window=30).size == len(book.appended)
    assert overtaken
    assert recount(engine, RESOLVED, LOG) == []


def any_of(row: dict[str, Any]) -> bool:
    return any(isinstance(value, int) and value for value in row.values())


def test_concurrent_projectors_and_rebuilds_count_every_entry_once(engine: Engine) -> None:
    book = random_book(Random(8), 90)
    projections = [p for p in TALLIES if p.name in ("resolved_by_township", "time_to_resolve")]
    done = False

    def append() -> None:
        nonlocal done
        try:
            book.append_to(engine, batch=3, hook=hook)
        finally:
            done = True

    def project() -> None:
        while not done:
            for projection in projections:
                catch_up(engine, projection, LOG, window=17)

    def build() -> None:
        while not done:
            for projection in projections:
                rebuild(engine, projection, LOG, window=23)
                read = ask(engine, projection, LOG)
                again = {
                    tuple(row.values())
                    for row in ask(engine, projection, LOG, Question(as_of=read.size)).rows
                    if any_of(row)
                }
                assert again == {tuple(row.values()) for row in read.rows if any_of(row)}

    in_threads(append, project, project, build)
    for projection in projections:
        assert catch_up(engine, projection, LOG).size == len(book.appended)
        assert recount(engine, projection, LOG) == []
        served = stored(engine, projection)
        rebuild(engine, projection, LOG)
        assert stored(engine, projection) == served


def test_rows_of_generations_no_longer_served_are_deleted(engine: Engine) -> None:
    random_book(Random(8), 60).append_to(engine, hook=hook)
    catch_up(engine, RESOLVED, LOG)
    for _ in range(3):
        rebuild(engine, RESOLVED, LOG)
    with engine.connect() as db:
        for table in tables_of(engine, RESOLVED).all():
            assert db.scalars(select(table.c.generation).distinct()).all() == [3]


def test_a_projection_stops_alone_at_an_entry_it_cannot_count(engine: Engine) -> None:
    book = random_book(Random(9), 120)
    book.append_to(engine, hook=hook)
    helped = next(p for p in TALLIES if p.name == "livelihood_figures")
    with engine.connect() as db:
        first = db.execute(select(case_change).where(case_change.c.log == LOG).order_by(case_change.c.seq)).first()
        assert first is not None
    # the sum of two such values does not fit into a 64-bit integer
    bad = {**first._asdict(), "line": 900, "seq": 60, "kind": "matter", "outcome": "solved", "before_outcome": ""}
    bad["beneficiaries"] = 2**63 - 1
    with writing(engine) as db:
        db.execute(insert(case_change), [bad, {**bad, "line": 901}])
    stopped = catch_up(engine, helped, LOG, window=50)
    assert (stopped.size, stopped.failed_at) == (60, 60)
    assert stopped.error
    answer = ask(engine, helped, LOG, Question(at_least=100, wait=0.1))
    assert (answer.size, answer.failed_at, answer.lag) == (60, 60, len(book.appended) - 60)
    assert catch_up(engine, RESOLVED, LOG).size == len(book.appended)
    with writing(engine) as db:
        db.execute(case_change.delete().where(case_change.c.line >= 900))
    assert catch_up(engine, helped, LOG).failed_at is None
    assert recount(engine, helped, LOG) == []


def test_a_reader_waits_for_its_own_write_and_is_told_the_lag(sqlite: Engine) -> None:
    book = random_book(Random(2), 60)
    book.append_to(sqlite, hook=hook)
    size = len(book.appended)
    assert ask(sqlite, RESOLVED, LOG, Question(at_least=size)).size == size
    assert ask(sqlite, RESOLVED, LOG, Question(at_least=size + 1, wait=0.05)).size == size
    assert metadata.tables["projection_state"] is not None
