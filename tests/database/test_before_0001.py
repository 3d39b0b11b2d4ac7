"""Tests opening folders and backups made before step 0001.

`before_0001/` was made by the program of commit f1099a5 on 30 November 2026: a county with one request, as the SQL of
its SQLite file and as a backup, with the wrapping key in hex.
"""

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.application.operations.init import make_ready
from casework.application.operations.restore import restore
from casework.bootstrap import open_runtime
from casework.database import engine as database
from casework.database.migrations import RETIRED
from tests.operators.county import settings_for

STORED = Path(__file__).parent / "before_0001"
LOG, NUMBER = "530828", "530828-2026-000001"


@pytest.fixture
def folder(tmp_path):
    """A data folder that holds the wrapping key."""
    folder = tmp_path / "casework-data"
    folder.mkdir()
    key = folder / "wrapping.key"
    key.write_bytes(bytes.fromhex((STORED / "wrapping.key").read_text()))
    key.chmod(0o600)
    return folder


def summary_of(settings):
    """The sealed summary of the one case, read through the running program."""
    runtime = open_runtime(settings)
    try:
        stream = runtime.store.find(LOG, "number", NUMBER) or ""
        entries = runtime.store.read_stream(LOG, stream)
        with runtime.engine.connect() as connection:
            return runtime.sealer.open(connection, LOG, entries)[entries[0].seq]["summary"]
    finally:
        runtime.close()


def test_a_folder_at_the_last_step_before_0001_opens_as_it_is(folder):
    path = folder / "casework.db"
    with sqlite3.connect(path) as connection:
        connection.executescript((STORED / "folder.sql").read_text("utf-8"))
    connection.close()
    settings = settings_for(folder, f"sqlite:///{path}")

    make_ready(settings)
    database.migrate(settings.migration_url)

    assert summary_of(settings) == "停水三天"


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
def test_a_backup_from_before_step_0001_is_restored_equal(folder, database_url):
    settings = settings_for(folder, database_url)

    done = restore(settings, open_runtime, STORED / "backup")

    assert [one.log for one in done.logs] == [LOG]
    assert done.stopped == {}
    assert all(one.equal for one in done.logs[0].compared)
    assert summary_of(settings) == "停水三天"


@pytest.mark.parametrize(
    ("step", "zh", "en"),
    [(step, "请先用提交 f1099a5 的 casework migrate", "of commit f1099a5 first") for step in sorted(RETIRED)]
    + [("0099", "由更新的 casework 建立", "made by a newer casework")],
)
def test_a_database_at_an_older_step_is_refused_with_advice(tmp_path, step, zh, en):
    engine = database.engine_for(f"sqlite:///{tmp_path / 'casework.db'}")
    database.migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})

    assert not database.is_migrated(engine)
    with pytest.raises(database.TablesRefused) as refused:
        database.migrate(engine)
    engine.dispose()

    assert step in refused.value.zh
    assert zh in refused.value.zh
    assert en in refused.value.en
