"""Tests that migrations build the tables in the code, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

import casework.application.access.receipts
import casework.application.accounts.tables
import casework.application.accounts.tokens
import casework.application.outbox.table
import casework.change.tables
import casework.projection.tables
import casework.seal.reading_ledger
import casework.seal.tables  # noqa: F401
from casework.database import engine as database
from casework.database.metadata import metadata


@pytest.fixture
def engine(database_url):
    engine = database.engine_for(database_url)
    yield engine
    engine.dispose()


def test_migrations_build_the_tables_in_the_code(engine):
    database.migrate(engine, metadata)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_migrating_a_migrated_database_changes_nothing(engine):
    assert not database.is_migrated(engine)
    database.migrate(engine)
    before = inspect(engine).get_table_names()
    database.migrate(engine)

    assert inspect(engine).get_table_names() == before
    assert database.is_migrated(engine)


def test_a_database_is_migrated_by_its_url(database_url):
    database.migrate(database_url)
    engine = database.engine_for(database_url)
    try:
        assert database.is_migrated(engine)
    finally:
        engine.dispose()


def test_sqlite_syncs_to_disk_and_waits_for_locks(tmp_path):
    engine = database.engine_for(f"sqlite:///{tmp_path / 'a.db'}")
    with engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        }
    engine.dispose()

    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000,
    }  # fmt: skip


def test_the_log_head_table_leaves_room_for_updates_in_place(create_database):
    url = create_database()
    database.migrate(url)
    engine = database.engine_for(url)
    with engine.connect() as connection:
        options = connection.scalar(text("SELECT reloptions FROM pg_class WHERE relname = 'log_head'"))
    engine.dispose()

    assert options == ["fillfactor=10"]


def test_text_sorts_by_code_point_on_postgresql(create_database):
    url = create_database()
    database.migrate(url)
    engine = database.engine_for(url)
    query = text(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    )
    with engine.connect() as connection:
        wrong = connection.scalars(query).all()
    engine.dispose()

    assert wrong == []
