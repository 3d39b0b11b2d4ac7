"""Tests that a lost role, unit or token ends access at once."""

import asyncio
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from casework.application.accounts import tokens
from casework.application.accounts.callers import LATELY
from casework.http.caller import may_still_come
from casework.http.live import ASK_AGAIN, Watcher
from tests.stories.terminal import LOG


@pytest.fixture
def declare(county):
    """Declare a cadre's post from today on: declare("newt", "pine-water", "cadre")."""

    def declared(cadre, unit, *roles):
        members = {"cadre": f"cadre/{cadre}", "unit": unit, "roles": roles}
        county.do("declare-cadre", "cadre/beaver", "administrator", **members)

    return declared


def test_a_lost_role_or_unit_takes_effect_at_the_next_request(county, declare):
    seen, there = county.number("pine, second village"), county.number("reed, just registered")
    token = tokens.create(county.runtime, LOG, "cadre/newt", "cadre", made_by="test", area="").token

    def ask(path):
        answer = county.client.get(f"/api/{LOG}/{path}", headers={"Authorization": f"Bearer {token}"})
        return answer.status_code, answer.json().get("code") if answer.status_code >= 400 else ""

    assert ask(f"cases/{seen}") == (200, "")

    declare("newt", "reed-water", "cadre")
    assert ask(f"cases/{seen}") == (403, "outside-your-area")
    assert ask(f"cases/{there}") == (200, "")

    declare("newt", "pine-water", "reporter")
    assert ask("desk") == (403, "not-your-role")

    declare("newt", "pine-water", "cadre")
    assert ask(f"cases/{seen}") == (200, "")


def test_moving_a_unit_to_another_area_changes_its_cadres_visibility(county):
    seen = county.number("pine, brought by a reporter")
    lead = ("cadre/beaver", "administrator")
    assert county.get("village cadre", f"cases/{seen}").status_code == 403

    county.do("declare-unit", *lead, unit="pine-village", label="松塔村委会", area="pine-2", level="village")
    token = tokens.create(county.runtime, LOG, "cadre/squirrel", "cadre", made_by="test").token
    headers = {"Authorization": f"Bearer {token}"}
    assert county.client.get(f"/api/{LOG}/cases/{seen}", headers=headers).status_code == 200

    county.do("declare-unit", *lead, unit="pine-village", label="松针村委会", area="pine-1", level="village")
    assert county.client.get(f"/api/{LOG}/cases/{seen}", headers=headers).status_code == 403


class Listener:
    """An open connection with the attributes that a stream checks repeatedly."""

    def __init__(self, county, token):
        self.headers = {"authorization": f"Bearer {token}"}
        self.app = county.client.app
        self.path_params = {"log": LOG}
        self.scope = {"query_string": b"", "path": f"/api/{LOG}/events"}
        self.client = None
        self.route_handler = SimpleNamespace(opt={"needs": "log.follow"})

    def may_stay(self):
        return asyncio.run(may_still_come(self))  # type: ignore[arg-type]


def test_a_listener_without_its_token_or_role_is_disconnected(county, declare):
    made = tokens.create(county.runtime, LOG, "cadre/toad", "cadre", made_by="test")
    listener = Listener(county, made.token)
    callers = county.client.app.state.server.callers
    assert listener.may_stay()

    declare("toad", "reed-water", "reporter")
    assert not listener.may_stay()
    declare("toad", "reed-water", "cadre")
    assert listener.may_stay()

    tokens.revoke(county.runtime, LOG, made.about.id)
    callers.forget()  # what was looked up serves for LATELY seconds
    assert not listener.may_stay()
    assert LATELY + ASK_AGAIN <= 2


def test_a_listener_stays_connected_while_the_database_is_away(county, monkeypatch):
    made = tokens.create(county.runtime, LOG, "cadre/toad", "cadre", made_by="test")

    def away(*_):
        raise OperationalError("SELECT", {}, Exception("the connection was refused"))

    monkeypatch.setattr(tokens, "find", away)

    assert Listener(county, made.token).may_stay()


def test_a_stream_ends_when_its_listener_may_not_stay():
    async def story():
        closing, looks = asyncio.Event(), []

        async def size_of(_):
            return 5

        async def may_stay():
            looks.append(1)
            return len(looks) < 3

        watcher = Watcher(size_of, closing, every=0.01)
        heard = [size async for size in watcher.sizes("log", ping=0.02, may_stay=may_stay)]
        assert heard in ([5], [5, None])
        assert watcher.listeners == 0

    asyncio.run(asyncio.wait_for(story(), 5))
