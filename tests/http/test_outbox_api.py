"""Tests the outbox over HTTP: administrators only, no phone, no text."""

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from casework.application.outbox import outbox
from casework.application.outbox.table import outbox as table
from casework.settings import Outbox
from tests.http.acting import API, CALLER, SUPERVISOR
from tests.stories.terminal import LOG

PERSON = {"full_name": "甲", "phone": "13900000001"}


@pytest.fixture
def messages(runtime, hands, client, bearer):
    """Sends requests as an administrator."""
    outbox.make(runtime, LOG)
    hands.registered(person=PERSON)
    outbox.make(runtime, LOG)
    headers = bearer("system/operator", "administrator", area="")
    return lambda method, path="": client.request(method, f"{API}/outbox{path}", headers=headers)


def set_state(runtime, state):
    with runtime.engine.begin() as db:
        db.execute(update(table).values(state=state))


def test_an_administrator_lists_retries_and_marks_messages(runtime, messages):
    found = messages("GET").json()
    one = found["messages"][0]
    assert (one["kind"], one["state"]) == ("received", "ready")
    assert found["counts"]["ready"] >= 1
    assert PERSON["phone"] not in messages("GET").text
    name = f"/{one['seq']}/received"
    assert messages("POST", f"{name}/retry").status_code == 409
    set_state(runtime, "failed")
    assert messages("POST", f"{name}/retry").json()["state"] == "ready"
    set_state(runtime, "sent")
    assert messages("POST", f"{name}/read").json()["read_at"]
    assert messages("POST", "/0/received/read").status_code == 404
    assert messages("GET", "?standing=flown").status_code == 422


def test_the_outbox_is_refused_to_callers_and_supervisors(hands, client):
    for who in (CALLER, SUPERVISOR):
        assert client.get(f"{API}/outbox", headers=hands.headers(who)).status_code == 403


def test_health_counts_messages_when_the_outbox_is_on(runtime, client, messages):
    assert client.get("/health/ready").json()["outbox"] == {}
    before = runtime.settings
    runtime.settings = replace(before, outbox=Outbox(channel="file"))
    set_state(runtime, "unknown")
    assert client.get("/health/ready").json()["outbox"]["unknown"] >= 1
    runtime.settings = before
