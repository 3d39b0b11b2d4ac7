"""The county of two townships, its cases, and its door."""

from typing import Any

import pytest
from litestar.testing import TestClient

from casework.application.house import House
from casework.application.projections import follow
from casework.settings import Settings
from tests.application import scopes
from tests.application.acting import acting
from tests.http.county import County
from tests.stories.terminal import LOG


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    terminal = scopes.folder_of(tmp_path_factory.mktemp("county"))
    scopes.opened(terminal)
    return Settings(folder=str(terminal.folder), language="en")


@pytest.fixture(scope="module")
def county(house: House, client: TestClient[Any]) -> County:
    do = acting(house, LOG)
    cases = scopes.populated(do)
    assert follow(house, LOG) == {}
    return County(house, client, cases, do)
