"""A county with its door open: a house on SQLite, the application in process, and tokens for those who act."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from casework.application.accounts import tokens
from casework.application.runtime.runtime import House
from casework.bootstrap import open_house
from casework.http.access_log import logger_to
from casework.http.app import create_app
from casework.settings import Settings
from tests.http.acting import Bearer, Hands
from tests.stories.terminal import LOG, Terminal, opened


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("county")
    opened(Terminal(folder, f"sqlite:///{Path(folder) / 'casework.db'}"))
    return Settings(folder=str(folder), language="en")


@pytest.fixture(scope="module")
def house(settings: Settings) -> Iterator[House]:
    house = open_house(settings)
    yield house
    house.close()


@pytest.fixture(scope="module")
def lines() -> BytesIO:
    """What the server wrote of its requests."""
    return BytesIO()


@pytest.fixture(scope="module")
def client(house: House, lines: BytesIO) -> Iterator[TestClient]:
    with TestClient(create_app(house, logger=logger_to(lines))) as client:
        yield client


@pytest.fixture(scope="module")
def bearer(house: House) -> Bearer:
    """Headers of whoever acts: bearer("cadre/heron", "dispatcher", area="menglang")."""

    def headers(actor: str, role: str, **more: Any) -> dict[str, str]:
        token = tokens.create(house, LOG, actor, role, made_by="test", **more).token
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.fixture(scope="module")
def hands(client: TestClient, bearer: Bearer) -> Hands:
    return Hands(client, bearer)
