"""Fixtures of projections: a database with the tables of the log, of each kind."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, delete

import casework.projection.tables  # noqa: F401 — adds its table to the metadata
from casework.database.engine import engine_for, writing
from casework.database.metadata import metadata


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = engine_for(database_url)
    metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def sqlite(tmp_path: object) -> Iterator[Engine]:
    engine = engine_for(f"sqlite:///{tmp_path}/casework.db")
    metadata.create_all(engine)
    yield engine
    engine.dispose()


def forget(engine: Engine) -> None:
    """Empty the log and what follows from it, between the rounds of one test."""
    with writing(engine) as connection:
        for table in metadata.sorted_tables:
            connection.execute(delete(table))
