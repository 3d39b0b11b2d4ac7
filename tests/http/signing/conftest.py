"""A county of two townships whose people sign in, with cheap password hashes."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pytest
from litestar.testing import TestClient

from casework.application.accounts import accounts
from casework.application.runtime.runtime import Runtime
from casework.http.app import create_app
from casework.http.request_log import logger_to
from casework.settings import Accounts, Settings
from tests.application import scopes
from tests.http.signing.browser import AT, HERE, Browser
from tests.stories.terminal import LOG

PASSWORD = "three herons in the reed"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    terminal = scopes.folder_of(tmp_path_factory.mktemp("county"))
    scopes.opened(terminal)
    cheap = Accounts(hash_kib=64, hash_passes=1, free_tries=3, second_factor_roles=("privacy_officer",))
    return Settings(folder=str(terminal.folder), language="en", accounts=cheap)


@pytest.fixture(scope="module")
def client(runtime: Runtime, lines: BytesIO) -> Iterator[TestClient[Any]]:
    with TestClient(create_app(runtime, logger=logger_to(lines)), base_url=AT) as client:
        yield client


@pytest.fixture
def browser(client: TestClient[Any]) -> Callable[..., Browser]:
    """A browser of its own, with no cookie: browser(), browser("http://127.0.0.1")."""
    return lambda at=AT: Browser(client, at)


@pytest.fixture(scope="module")
def account(runtime: Runtime) -> Callable[[str], str]:
    """An account with PASSWORD for a cadre of the roster, made once; its login."""

    def made(cadre: str) -> str:
        if accounts.row_of(runtime, LOG, cadre) is None:
            accounts.create(runtime, LOG, cadre, f"cadre/{cadre}", by="test", password=PASSWORD)
        return cadre

    return made


@pytest.fixture
def signed_in(browser: Callable[..., Browser], account: Callable[[str], str]) -> Callable[..., Browser]:
    """A browser with a session of a cadre: signed_in("otter", role="cadre")."""

    def made(cadre: str, at: str = AT, **more: str) -> Browser:
        found = browser(at)
        answer = found.sign_in(account(cadre), PASSWORD, **more)
        assert answer.status_code == 201, answer.text
        return found

    return made


__all__ = ["HERE"]
