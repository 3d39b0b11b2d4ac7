"""A county on each kind of database, made once and copied for each test, and empty places beside it."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.database.engine import engine_for
from casework.settings import Settings
from tests.operators.county import OTHER, settings_for, settled
from tests.stories.terminal import Terminal


@pytest.fixture(scope="session")
def settled_file(tmp_path_factory) -> Path:
    """A folder with a settled county in SQLite, and another, empty county in the same database."""
    folder = tmp_path_factory.mktemp("settled") / "county"
    settled(folder, f"sqlite:///{folder / 'casework.db'}")
    Terminal(folder, f"sqlite:///{folder / 'casework.db'}")("init", OTHER, "--county", "邻县")
    engine = engine_for(f"sqlite:///{folder / 'casework.db'}")
    with engine.connect() as db:
        db.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    engine.dispose()
    return folder


@pytest.fixture(scope="session")
def settled_database(tmp_path_factory, postgres_server):
    """The same in PostgreSQL: a template, and the folder with its key."""
    folder = tmp_path_factory.mktemp("settled") / "county"
    with postgres_server.database() as url:
        settled(folder, url)
        Terminal(folder, url)("init", OTHER, "--county", "邻县")
        yield folder, url


@pytest.fixture
def file_county(settled_file, tmp_path) -> Settings:
    """The county in SQLite."""
    shutil.copytree(settled_file, tmp_path / "county")
    return settings_for(tmp_path / "county", f"sqlite:///{tmp_path / 'county' / 'casework.db'}")


@pytest.fixture
def server_county(settled_database, create_database, tmp_path) -> Settings:
    """The county in PostgreSQL, served as a role that owns nothing."""
    folder, template = settled_database
    shutil.copytree(folder, tmp_path / "county")
    return settings_for(tmp_path / "county", create_database(template))


@pytest.fixture(params=["sqlite", "postgresql"])
def county(request) -> Settings:
    """The county, once on each kind of database."""
    return request.getfixturevalue("file_county" if request.param == "sqlite" else "server_county")


@pytest.fixture
def place(tmp_path, request):
    """Makes an empty place on a kind of database, with a county's wrapping key in it."""

    def make(county: Settings, kind: str, name: str = "new") -> Settings:
        folder = tmp_path / name
        folder.mkdir()
        shutil.copy(Path(county.folder) / "wrapping.key", folder)
        if kind == "sqlite":
            return settings_for(folder, f"sqlite:///{folder / 'casework.db'}")
        return settings_for(folder, request.getfixturevalue("create_database")())

    return make
