"""A county that is open, with its roster, for the use cases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.application.runtime.runtime import House
from casework.bootstrap import open_house
from casework.settings import Settings
from tests.application.acting import Do, acting
from tests.stories.terminal import LOG, Terminal, opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}"))
    return Settings(folder=str(tmp_path), language="en")


@pytest.fixture
def house(settings: Settings) -> Iterator[House]:
    house = open_house(settings)
    yield house
    house.close()


@pytest.fixture
def do(house: House) -> Do:
    """Handle a command: do("accept-case", "cadre/heron", "dispatcher", case=…)."""
    return acting(house, LOG)
