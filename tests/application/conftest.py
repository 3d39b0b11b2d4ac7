"""A county that is open, with its roster, for the use cases."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from casework.application.handle import Request, handle
from casework.application.house import House
from casework.bootstrap import open_house
from casework.log.submission import Answer
from casework.settings import Settings
from tests.stories.terminal import LOG, Terminal, opened

Do = Callable[..., Answer]


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

    def call(
        command: str, actor: str, role: str, /, *, envelope: dict[str, Any] | None = None, **members: Any
    ) -> Answer:
        request = Request(
            log=LOG,
            command=command,
            members=members,
            actor=actor,
            role=role,
            source="api",
            **(envelope or {}),
        )
        return handle(house, request)

    return call
