"""Tests that step 0001 makes the schema of the sixteen steps before it."""

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from casework.database import engine as database
from tests.database.schema_dump import schema_of

HERE = Path(__file__).parent
FIRST = "audit_findings"


@pytest.fixture
def engine(database_url):
    engine = database.engine_for(database_url)
    yield engine
    engine.dispose()


def test_the_first_step_makes_the_recorded_schema(engine):
    with engine.connect() as connection:
        command.upgrade(database.alembic_config(connection), FIRST)
        connection.commit()
        made = schema_of(connection)

    recorded = (HERE / f"schema_{engine.dialect.name}.txt").read_text("utf-8")
    assert made.splitlines() == recorded.splitlines()


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE claim ADD COLUMN more TEXT",
        "DROP INDEX ix_case_now_lead",
        "CREATE INDEX ix_claim_stream ON claim (log, stream)",
    ],
)
def test_any_change_of_the_schema_differs_from_the_recorded_one(engine, change):
    database.migrate(engine)
    with engine.begin() as connection:
        before = schema_of(connection)
        connection.execute(text(change))

        assert schema_of(connection) != before


def test_migration_files_are_numbered_in_their_order():
    steps = sorted((Path(database.__file__).parent / "migrations" / "versions").glob("[!_]*.py"))

    assert [step.name[:5] for step in steps] == [f"{place:04}_" for place in range(1, len(steps) + 1)]
