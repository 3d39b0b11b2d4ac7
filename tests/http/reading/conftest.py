"""The county of two townships, its cases, and its door."""

from collections.abc import Iterator
from typing import Any

import pytest
from httpx import Response
from litestar.testing import TestClient
from sqlalchemy import func, select

from casework.application.figures.upkeep import follow
from casework.application.runtime.runtime import Runtime
from casework.seal.reading_ledger import access_ledger
from casework.settings import Settings
from tests.application import scopes
from tests.application.acting import acting
from tests.http.county import MARKER, County
from tests.stories.terminal import LOG


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    terminal = scopes.folder_of(tmp_path_factory.mktemp("county"))
    scopes.opened(terminal)
    return Settings(folder=str(terminal.folder), language="en")


@pytest.fixture(scope="module", autouse=True)
def noted(runtime: Runtime, client: TestClient[Any]) -> Iterator[None]:
    """Checks after each request of these tests that an answer with sealed text has its row in the access ledger."""

    def look(response: Response) -> None:
        if response.headers.get("content-type", "").startswith("text/event-stream"):
            return
        if MARKER.encode() in response.request.read():  # an answer may repeat the text of its own request
            return
        if MARKER in response.read().decode("utf-8", "ignore"):
            with runtime.engine.connect() as db:
                made_by = access_ledger.c.request == response.headers["x-request-id"]
                told = db.scalar(select(func.count()).select_from(access_ledger).where(made_by))
            assert told, (
                f"{response.request.method} {response.request.url.path} shows what is sealed, and notes nothing"
            )

    client.event_hooks["response"].append(look)
    yield
    client.event_hooks["response"].remove(look)


@pytest.fixture(scope="module")
def county(runtime: Runtime, client: TestClient[Any]) -> County:
    do = acting(runtime, LOG)
    cases = scopes.populated(do)
    assert follow(runtime, LOG) == {}
    return County(runtime, client, cases, do)
