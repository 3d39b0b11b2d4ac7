"""A served county and a browser, one of each per test file.

Not of a session: while the browser is there its event loop runs in this thread, and no other test could have one.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.application.accounts import tokens
from casework.application.commands.handle import Request, handle
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.settings import load
from tests.http.acting import CADRE, CALLER, DISPATCHER
from tests.http.served import Served
from tests.pages.looking import Look, Seen
from tests.stories.terminal import LOG, Terminal, opened

#: a long text, with a word that cannot be broken
WORDS = "村口水管自上周三起漏水，三户人家用水困难；曾打电话两次，https://example.invalid/" + "a" * 60


def _must_look() -> bool:
    return any(os.environ.get(name, "") not in {"", "0"} for name in ("CASEWORK_REQUIRE_BROWSER", "CI"))


def _chromium() -> str:
    """The installed chromium, named in CHROMIUM or found by its name; without one the test is skipped or fails."""
    found = next(filter(None, map(shutil.which, (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser"))), "")
    if not found:
        reason = "no chromium: install Debian's `chromium` and `fonts-noto-cjk`, or name one in CHROMIUM"
        if _must_look():
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    return found


class Place:
    """A served county with the number of a case in progress and a token that may read it."""

    def __init__(self, folder: Path) -> None:
        terminal = Terminal(folder, f"sqlite:///{folder / 'casework.db'}", language="zh-CN")
        opened(terminal)
        runtime = open_runtime(load(terminal.environment, folder))
        try:
            self.case = self._lived(runtime)
            self.token = tokens.create(runtime, LOG, *DISPATCHER, made_by="test").token
        finally:
            runtime.close()
        terminal("projections", "rebuild")
        self.served = Served(folder, terminal.environment)

    def _lived(self, runtime: Runtime) -> str:
        def do(who: tuple[str, str], command: str, **members: object) -> str:
            actor, role = who
            return handle(
                runtime, Request(log=LOG, command=command, members=members, actor=actor, role=role, source="api")
            ).number

        asked = {"area": "menglang-1", "category": "water", "channel": "hotline"}
        for number in range(12):
            do(CALLER, "register-case", **asked, summary=f"第 {number} 件：{WORDS}")
        case = do(CALLER, "register-case", **asked, summary=WORDS, details=WORDS, person={"full_name": "甲"})
        do(DISPATCHER, "accept-case", case=case, topic="supply")
        do(DISPATCHER, "dispatch-case", case=case, unit="water-station", lead="cadre/crane", note=WORDS)
        do(CADRE, "acknowledge-case", case=case)
        do(CADRE, "log-action", case=case, action="visit", note=f"上门查看。\n{WORDS}")
        return case


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Look]:
    """The county in a browser."""
    chromium = _chromium()
    from playwright.sync_api import sync_playwright

    place = Place(tmp_path_factory.mktemp("pages"))
    with place.served.running(), sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium)
        try:
            yield Look(browser, place.served.address, place.token, place.case)
        finally:
            browser.close()


@pytest.fixture
def seen() -> Seen:
    """What the browser said while it looked: errors, and which hosts it asked."""
    return Seen()
