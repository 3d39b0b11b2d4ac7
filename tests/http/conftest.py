"""A county on SQLite, the application in process, and tokens for each role."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from casework.application.accounts import tokens
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.http.app import create_app
from casework.http.request_log import logger_to
from casework.settings import Settings
from tests.http.acting import Bearer, Hands
from tests.stories.terminal import LOG, Terminal, opened


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("county")
    opened(Terminal(folder, f"sqlite:///{Path(folder) / 'casework.db'}"))
    return Settings(folder=str(folder), language="en")


@pytest.fixture(scope="module")
def runtime(settings: Settings) -> Iterator[Runtime]:
    runtime = open_runtime(settings)
    yield runtime
    runtime.close()


@pytest.fixture(scope="module")
def lines() -> BytesIO:
    """What the server wrote of its requests."""
    return BytesIO()


@pytest.fixture(scope="module")
def client(runtime: Runtime, lines: BytesIO) -> Iterator[TestClient]:
    with TestClient(create_app(runtime, logger=logger_to(lines))) as client:
        yield client


@pytest.fixture(scope="module")
def bearer(runtime: Runtime) -> Bearer:
    """Headers with a new token: bearer("cadre/heron", "dispatcher", area="menglang")."""

    def headers(actor: str, role: str, **more: Any) -> dict[str, str]:
        token = tokens.create(runtime, LOG, actor, role, made_by="test", **more).token
        return {"Authorization": f"Bearer {token}"}

    return headers


@pytest.fixture(scope="module")
def hands(client: TestClient, bearer: Bearer) -> Hands:
    return Hands(client, bearer)
