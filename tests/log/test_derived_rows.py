"""Tests that only transactions for derived rows commit without waiting for the disk."""

from sqlalchemy import text

from casework.database import engine as database


def test_on_sqlite_only_derived_transactions_do_not_wait_for_the_disk(tmp_path):
    engine = database.engine_for(f"sqlite:///{tmp_path / 'a.db'}")
    try:
        with database.writing_derived(engine) as db:
            assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 1  # NORMAL
            db.exec_driver_sql("CREATE TABLE counted (n INTEGER)")
        with database.writing(engine) as db:  # the pool hands out the same connection
            assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
            assert db.scalar(text("SELECT count(*) FROM counted")) == 0
        try:
            with database.writing_derived(engine) as db:
                db.exec_driver_sql("INSERT INTO counted VALUES (1)")
                raise RuntimeError
        except RuntimeError:
            pass
        with database.writing(engine) as db:
            assert db.exec_driver_sql("PRAGMA synchronous").scalar() == 2
            assert db.scalar(text("SELECT count(*) FROM counted")) == 0
    finally:
        engine.dispose()


def test_on_postgresql_only_derived_transactions_commit_unsynced(create_database):
    engine = database.engine_for(create_database())
    try:
        with database.writing_derived(engine) as db:
            assert db.scalar(text("SHOW synchronous_commit")) == "off"
        with database.writing(engine) as db:
            assert db.scalar(text("SHOW synchronous_commit")) == "on"
    finally:
        engine.dispose()
