"""Tests which source files a warm request visits, and how often it takes the county."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from casework.application.accounts import tokens
from casework.bootstrap import open_runtime
from casework.http.app import create_app
from casework.settings import Settings
from tests.architecture.visited_files import Recorder, recording
from tests.http.acting import API, CADRE, DISPATCHER, SUPERVISOR, Hands
from tests.stories.terminal import LOG, Terminal, opened

Work = Callable[[], Any]

#: kind of request → files of src/casework it may visit, and changes between them
LIMITS = {
    "action": (38, 90),
    "acceptance": (41, 104),
    "registration": (53, 185),
    "question": (20, 50),
    "replay": (34, 160),
}
#: what takes the county's roster, date, zone and policy
_COUNTY = ("application/runtime/runtime.py", "county")


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Recorder, Hands]]:
    """A county on SQLite behind the application in process; every thread of it is recorded."""
    folder: Path = tmp_path_factory.mktemp("county")
    opened(Terminal(folder, f"sqlite:///{folder / 'casework.db'}"))
    with recording() as recorder:
        runtime = open_runtime(Settings(folder=str(folder), language="en"))

        def bearer(actor: str, role: str) -> dict[str, str]:
            token = tokens.create(runtime, LOG, actor, role, made_by="test").token
            return {"Authorization": f"Bearer {token}"}

        with TestClient(create_app(runtime)) as client:
            yield recorder, Hands(client, bearer)
        runtime.close()


def requests(hands: Hands) -> dict[str, Callable[[], Work]]:
    """Name → what makes a request of that kind ready, and answers with what sends it."""
    case = hands.dispatched()

    def action() -> Work:
        return lambda: hands.ok(CADRE, f"/cases/{case}/actions", {"action": "visit", "note": "看过现场"})

    def acceptance() -> Work:
        number = hands.registered()
        return lambda: hands.ok(DISPATCHER, f"/cases/{number}/acceptance")

    def registration() -> Work:
        return lambda: hands.registered(summary="村口水管破裂")

    def read(path: str) -> Callable[[], Work]:
        def get() -> None:
            answer = hands.client.get(f"{API}/{path}", headers=hands.headers(SUPERVISOR))
            assert answer.status_code == 200, answer.text

        return lambda: get

    return {
        "action": action,
        "acceptance": acceptance,
        "registration": registration,
        "question": read("projections/resolved_by_township"),
        "replay": read(f"cases/{case}/timeline"),
    }


@pytest.mark.parametrize("name", LIMITS)
def test_a_warm_request_takes_the_county_at_most_once(county, name):
    recorder, hands = county
    ready = requests(hands)[name]
    ready()()

    assert recorder.trail(ready()).count(_COUNTY) <= 1


@pytest.mark.parametrize("name", LIMITS)
def test_a_request_of_a_stranger_takes_it_once_more_to_know_them(county, name):
    recorder, hands = county
    work = requests(hands)[name]()
    hands.client.app.state.server.callers.forget()
    trail = recorder.trail(work)

    assert trail.count(("application/accounts/callers.py", "look")) == 1
    assert trail.count(_COUNTY) <= 2


@pytest.fixture(scope="module")
def visits(county: tuple[Recorder, Hands]) -> dict[str, Any]:
    """Kind of request → what it visits with warm caches: the least of three, since caches expire on a busy machine."""
    recorder, hands = county
    found = {}
    for name, ready in requests(hands).items():
        ready()()
        found[name] = min((recorder.visits(ready()) for _ in range(3)), key=lambda visits: visits.changes)
    return found


@pytest.mark.parametrize("name", LIMITS)
def test_a_warm_request_stays_within_its_limits(visits, name):
    files, changes = LIMITS[name]

    assert visits[name].files <= files, visits[name]
    assert visits[name].changes <= changes, visits[name]
