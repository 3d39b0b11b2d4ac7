"""Fixtures of the stores that keep the contract, each with a county."""

import pytest
from sqlalchemy import text

import casework.change.tables
import casework.projection.tables
import casework.seal.tables  # noqa: F401
from casework.clock import SimulatedClock
from casework.database.engine import engine_for, grant_serving_role, migrate
from casework.database.metadata import metadata
from casework.log.sql import SqlStore
from tests.databases import SERVE, as_role
from tests.log import county
from tests.log.memory_store import MemoryStore


@pytest.fixture(scope="session")
def migrated(postgres_server):
    """A PostgreSQL database with all tables and the serving role's rights; made once, since making one takes long."""
    with postgres_server.database() as url:
        engine = engine_for(url)
        migrate(engine)
        grant_serving_role(engine, SERVE)
        engine.dispose()
        yield url


@pytest.fixture
def postgres_url(migrated):
    """That database, emptied, as the role that serves sees it."""
    owner = engine_for(migrated)
    with owner.begin() as connection:
        tables = ", ".join(metadata.tables)
        connection.execute(text(f"TRUNCATE {tables}"))
    owner.dispose()
    return as_role(migrated, SERVE)


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory):
    """The same for SQLite: the bytes of an empty, migrated file."""
    path = tmp_path_factory.mktemp("migrated") / "empty.db"
    engine = engine_for(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path.read_bytes()


@pytest.fixture
def sqlite_url(migrated_file, tmp_path):
    """A migrated SQLite file."""
    path = tmp_path / "casework.db"
    path.write_bytes(migrated_file)
    return f"sqlite:///{path}"


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request):
    """A migrated database, once of each kind."""
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    engine = engine_for(request.getfixturevalue(name))
    yield engine
    engine.dispose()


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request):
    """An empty store, once of each kind: what the contract says must hold of all."""
    if request.param == "memory":
        yield MemoryStore()
        return
    name = "sqlite_url" if request.param == "sqlite" else "postgres_url"
    engine = engine_for(request.getfixturevalue(name))
    yield SqlStore(engine)
    engine.dispose()


@pytest.fixture
def clock():
    return SimulatedClock(county.NOON)


@pytest.fixture
def writer(store, clock):
    """A writer on a county that is open and has its roster."""
    with county.writer_on(store, clock) as writer:
        county.found(writer)
        yield writer
