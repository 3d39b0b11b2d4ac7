"""A county on each database, made once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from casework.settings import Settings
from tests.operators.county import OTHER, settings_for, settled
from tests.stories.terminal import Terminal, copied


def _settle(terminal: Terminal) -> None:
    settled(terminal.folder, terminal.url)
    terminal("init", OTHER, "--county", "邻县")


def _county(folder: Path, url: str) -> Settings:
    """A settled county, and another, empty one in the same database."""
    folder.mkdir()
    copied(Terminal(folder, url), ("settled",), _settle)
    return settings_for(folder, url)


@pytest.fixture
def file_county(tmp_path) -> Settings:
    """The county in SQLite."""
    return _county(tmp_path / "county", f"sqlite:///{tmp_path / 'county' / 'casework.db'}")


@pytest.fixture
def server_county(create_database, tmp_path) -> Settings:
    """The county in PostgreSQL, served as a role that owns nothing."""
    return _county(tmp_path / "county", create_database())


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
