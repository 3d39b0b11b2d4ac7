"""A county with everything that a backup must hold."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from casework.application.access.actor import resolve
from casework.application.accounts import tokens
from casework.application.cases import attachments
from casework.application.commands.handle import Request, handle
from casework.application.figures.upkeep import follow
from casework.application.privacy.erase import erase, reach_of_person
from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.log.submission import Answer
from casework.settings import Database, Settings
from tests.databases import SERVE, as_role
from tests.stories.terminal import LOG, Terminal, opened

OTHER = "530829"
#: the kinds of database that a copy goes between; from server to server by `make nightly`
PAIRS = pytest.mark.parametrize(
    ("county", "kind"),
    [
        ("sqlite", "sqlite"),
        ("sqlite", "postgresql"),
        ("postgresql", "sqlite"),
        pytest.param("postgresql", "postgresql", marks=pytest.mark.nightly),
    ],
    indirect=["county"],
)
PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(100_000)


def settings_for(folder: Path, url: str) -> Settings:
    """An operator's settings: on PostgreSQL the serving role owns nothing."""
    if make_url(url).get_backend_name() == "sqlite":
        return Settings(folder=str(folder), language="en", database=Database(url=url))
    database = Database(url=as_role(url, SERVE), owner_url=url)
    return Settings(folder=str(folder), language="en", database=database)


def settled(folder: Path, url: str, cases: int = 4) -> Settings:
    """A county of some cases, one of them erased, everything counted."""
    folder.mkdir(exist_ok=True)
    opened(Terminal(folder, url))
    settings = settings_for(folder, url)
    with runtime_of(settings) as runtime:
        for number in range(cases):
            case = live(runtime, f"水管漏水 {number}")
            correct = {"rev": 0, "member": "urgency", "value": "urgent", "reason": "typing_error"}
            do(runtime, "correct-record", "cadre/owl", "supervisor", case=case, **correct)
        do(runtime, "record-activity", "cadre/crane", "cadre", what="household_visit", area="menglang-1")
        forget(runtime, "resident/0000aaaa")
        crane = resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre")
        attachments.bring(runtime, LOG, crane, hashlib.sha256(PHOTO).hexdigest(), PHOTO)
        (folder / "token").write_text(tokens.create(runtime, LOG, "cadre/crane", "cadre", made_by="operator").token)
        follow(runtime, LOG)
    return settings


@contextmanager
def runtime_of(settings: Settings) -> Iterator[Runtime]:
    runtime = open_runtime(settings)
    try:
        yield runtime
    finally:
        runtime.close()


def do(runtime: Runtime, command: str, actor: str, role: str, /, log: str = LOG, **members: Any) -> Answer:
    request = Request(log=log, command=command, members=members, actor=actor, role=role, source="api")
    return handle(runtime, request)


def live(runtime: Runtime, summary: str, person: str = "") -> str:
    """A case through its first steps; its number."""
    given: dict[str, Any] = {"summary": summary, "person": {"full_name": "某某", "phone": "13900000001"}}
    if person:
        given["resident"] = person
    number = do(runtime, "register-case", "cadre/finch", "caller", area="menglang-1", category="water", **given).number
    do(runtime, "accept-case", "cadre/heron", "dispatcher", case=number)
    do(runtime, "dispatch-case", "cadre/heron", "dispatcher", case=number, unit="water-station", lead="cadre/crane")
    do(runtime, "log-action", "cadre/crane", "cadre", case=number, action="visit", note="已到现场查看")
    return number


def forget(runtime: Runtime, resident: str, officer: str = "cadre/wren") -> tuple[str, ...]:
    """Register a case of a resident and erase all that concerns them; the ids of the keys."""
    live(runtime, "请勿公开", resident)
    reach = reach_of_person(runtime, LOG, [resident])
    assert reach.kids
    return erase(runtime, LOG, reach, actor=officer, basis="resident_asked").kids


@contextmanager
def load(settings: Settings) -> Iterator[Callable[[], int]]:
    """Append and erase in a thread meanwhile, as another process would; yields a count of the cases so far."""
    going, done = threading.Event(), [0]
    failed: list[Exception] = []

    def work() -> None:
        try:
            with runtime_of(settings) as runtime:
                while not going.is_set():
                    if done[0] % 5 == 4:
                        forget(runtime, f"resident/{done[0]:08x}")
                    else:
                        live(runtime, f"路灯不亮 {done[0]}")
                    done[0] += 1
        except Exception as why:
            failed.append(why)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield lambda: done[0]
    finally:
        going.set()
        thread.join()
        assert failed == []


def terminal_of(settings: Settings) -> Terminal:
    """A terminal at a place."""
    return Terminal(Path(settings.folder), settings.migration_url)
