"""Tests that a move copies every byte and leaves the source unchanged."""

import json
from time import monotonic, sleep

import pytest
from sqlalchemy import make_url, text

from casework.application.operations.copy_log import standing
from casework.application.operations.doctor import examine
from casework.application.operations.move import move
from casework.application.operations.rows_as_lines import truth
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.change.tables import DERIVED
from casework.database.engine import engine_for
from casework.log.sql import SqlStore
from tests.databases import LATER
from tests.operators.county import LOG, OTHER, PAIRS, forget, live, load, runtime_of, terminal_of
from tests.operators.test_backup import backed_up

pytestmark = pytest.mark.slow


def moved(settings, new, **asked):
    return move(settings, open_runtime, new.url, new.database.owner_url, **asked)


def words(new):
    return ["move", "--to", new.url, *(["--to-owner", new.database.owner_url] if new.database.owner_url else [])]


def everything(settings, folder):
    """The logs of a place as its backup lists them, without time and kind of database."""
    return backed_up(settings, folder).logs


@PAIRS
def test_a_move_copies_every_byte_and_leaves_the_source_unchanged(county, place, tmp_path, kind):
    before = everything(county, tmp_path / "before")
    new = place(county, kind)

    done = moved(county, new)

    assert [one.log for one in done.logs] == [LOG, OTHER]
    assert all(one.equal for one in done.compared)
    assert {one.table for one in done.compared} >= {"entry", "command", "sealed_key", "case_change", "case_now"}
    assert everything(new, tmp_path / "after") == before
    assert everything(county, tmp_path / "still") == before
    for path in (tmp_path / "before").rglob("*.jsonl"):
        assert path.read_bytes() == (tmp_path / "after" / path.relative_to(tmp_path / "before")).read_bytes()
    assert [one for one in examine(new, open_runtime, full=True) if one.state == "ill"] == []


def test_a_move_to_postgresql_and_back_changes_nothing(file_county, place, tmp_path):
    there, back = place(file_county, "postgresql", "there"), place(file_county, "sqlite", "back")
    moved(file_county, there)
    moved(there, back)

    assert everything(back, tmp_path / "seen-back") == everything(file_county, tmp_path / "first")


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_a_move_under_load_reports_new_entries_and_a_second_takes_them(county, place, tmp_path):
    new = place(county, "sqlite" if make_url(county.url).get_backend_name() == "postgresql" else "postgresql")
    with load(county) as cases, pytest.MonkeyPatch.context() as patch:

        def after_two_more(engine, log):
            """Where a log stands; of the old place once two more cases are done: the second began after the copy."""
            seen, end = cases(), monotonic() + 60
            while log == LOG and standing(engine, log) and cases() < seen + 2 and monotonic() < end:
                sleep(0.01)
            return standing(engine, log)

        patch.setattr("casework.application.operations.move.standing", after_two_more)
        first = moved(county, new)
    engine = engine_for(county.url)
    log = SqlStore(engine).raw(LOG, limit=100_000)
    engine.dispose()
    assert first.grown.get(LOG, 0) > 0
    assert all(one.equal for one in first.compared)
    size = first.logs[0].head.size
    assert entries(new) == log[:size]

    second = moved(county, new)

    assert second.grown == {}
    assert all(one.equal for one in second.compared)
    assert second.logs[0].head.size == len(log) > size
    assert everything(new, tmp_path / "seen-new") == everything(county, tmp_path / "old")
    assert [one for one in examine(new, open_runtime, full=True) if one.state == "ill"] == []


def entries(settings):
    engine = engine_for(settings.url)
    try:
        return SqlStore(engine).raw(LOG, limit=100_000)
    finally:
        engine.dispose()


def test_an_erasure_between_two_moves_reaches_the_target(file_county, place):
    with runtime_of(file_county) as runtime:
        live(runtime, "家庭纠纷", "resident/0000cccc")
    new = place(file_county, "sqlite")
    moved(file_county, new)
    with runtime_of(file_county) as runtime:
        kids = forget(runtime, "resident/0000cccc")
    moved(file_county, new)

    engine = engine_for(new.url)
    with engine.connect() as db:
        left = set(db.scalars(text("SELECT kid FROM sealed_key UNION SELECT kid FROM sealed_blob")))
    engine.dispose()
    assert left
    assert left & set(kids) == set()


def test_a_repeated_move_only_compares(file_county, place):
    new = place(file_county, "sqlite")
    terminal_of(file_county)(*words(new))

    said = terminal_of(file_county)(*words(new))

    assert said.count(" equal") == 2 * len([*truth(), *DERIVED])
    assert "write only to the new one from now on" in said


@pytest.mark.parametrize("kind", ["sqlite", LATER])
def test_a_move_to_a_diverged_target_is_refused(file_county, place, tmp_path, kind):
    new = place(file_county, kind)
    moved(file_county, new)
    with runtime_of(file_county) as runtime:
        live(runtime, "这里一件")
    with runtime_of(new) as runtime:
        live(runtime, "那里一件")
        live(runtime, "那里又一件")
    before = everything(new, tmp_path / "before")

    said = terminal_of(file_county).refused(*words(new))

    assert f"of log {LOG} is another here than in the source: both were written to" in said
    assert everything(new, tmp_path / "after") == before


def test_a_move_to_a_target_with_newer_entries_is_refused(file_county, place, tmp_path):
    new = place(file_county, "sqlite")
    moved(file_county, new)
    with runtime_of(new) as runtime:
        live(runtime, "那里一件")
    before = everything(new, tmp_path / "before")

    assert "is another here" in terminal_of(file_county).refused(*words(new))
    assert everything(new, tmp_path / "after") == before


def test_a_move_onto_its_own_source_is_refused(county, tmp_path):
    before = everything(county, tmp_path / "before")
    terminal = terminal_of(county)

    assert "is the database at work" in terminal.refused(*words(county))
    if make_url(county.url).get_backend_name() == "sqlite":
        (tmp_path / "link.db").symlink_to(make_url(county.url).database)
        assert "is the database at work" in terminal.refused("move", "--to", f"sqlite:///{tmp_path / 'link.db'}")
    assert everything(county, tmp_path / "after") == before


def test_a_move_with_only_copies_only_the_named_log(file_county, place):
    new = place(file_county, "sqlite")

    moved(file_county, new, only=[OTHER])

    with runtime_of(new) as runtime:
        assert runtime.logs() == [OTHER]


def test_a_move_with_another_wrapping_key_is_refused(file_county, place):
    new = place(file_county, "sqlite")
    file_county.wrapping_key_file.write_bytes(bytes(32))

    with pytest.raises(Problem) as found:
        moved(file_county, new)

    assert found.value.code == "another-wrapping-key"


def test_a_move_of_wrong_change_rows_exits_with_status_1(file_county, place):
    """The target computes its change rows from the entries, so wrong rows of the source differ."""
    engine = engine_for(file_county.url)
    with engine.begin() as db:
        db.execute(text("UPDATE case_change SET township = 'elsewhere' WHERE line = 0"))
    engine.dispose()

    done = terminal_of(file_county).run(*words(place(file_county, "sqlite")), "--json")

    assert done.exit_code == 1
    said = json.loads(done.stdout)
    assert said["logs"][0]["log"] == LOG
