"""Tests that outbox messages are made once and sent once."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from casework.application.outbox import outbox
from casework.application.outbox.channels import channel_of, filled, signature
from casework.application.outbox.courier import Courier
from casework.application.outbox.send import send_due
from casework.application.outbox.table import outbox as table
from casework.application.outbox.table import outbox_progress
from casework.application.privacy.erase import erase, reach_of_case
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.settings import Outbox, Settings
from tests.application.acting import acting
from tests.databases import place_on
from tests.http.receiver import receiving
from tests.operators.county import settings_for
from tests.stories.terminal import LOG, Terminal, opened

PHONE = "13900000001"
SECRET = "for-tests-only"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def settings(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("county")
    with place_on(request, folder) as url:
        opened(Terminal(folder, url))
        (folder / "secret").write_text(SECRET)
        yield settings_for(folder, url)


@pytest.fixture(scope="module")
def place(settings):
    return Path(settings.folder)


@pytest.fixture(scope="module")
def runtime(settings):
    runtime = open_runtime(settings)
    outbox.make(runtime, LOG)
    yield runtime
    runtime.close()


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


@pytest.fixture
def do(runtime):
    outbox.make(runtime, LOG)
    with runtime.engine.begin() as db:
        db.execute(update(table).values(state="sent"))
    return acting(runtime, LOG)


def registered(do, **members):
    person = {"full_name": "甲", "phone": "+86 139-0000-0001"}
    asked = {"area": "menglang-1", "category": "water", "person": person, **members}
    return do("register-case", "cadre/finch", "caller", **{name: value for name, value in asked.items() if value})


def webhook(runtime, place, receiver, **more) -> Any:
    of = Outbox(channel="webhook", url=receiver.address, secret_file=str(place / "secret"), timeout_seconds=1, **more)
    runtime.settings = replace(runtime.settings, outbox=of)
    return channel_of(runtime.settings)


def gateway(runtime, receiver, **more) -> Any:
    body = '{"to": "{phone}", "say": "{text}", "key": "{id}"}'
    of = Outbox(channel="gateway", url=f"{receiver.address}?key={{id}}", body=body, timeout_seconds=1, **more)
    runtime.settings = replace(runtime.settings, outbox=of)
    return channel_of(runtime.settings)


def sent(runtime, channel):
    outbox.make(runtime, LOG)
    return send_due(runtime, LOG, channel)


def last(runtime):
    return outbox.listed(runtime, LOG, limit=1)[0]


def due_now(runtime):
    with runtime.engine.begin() as db:
        db.execute(update(table).where(table.c.state == "ready").values(next_at="2000-01-01T00:00:00.000Z"))


def long_ago(runtime):
    with runtime.engine.begin() as db:
        db.execute(update(table).where(table.c.state == "sending").values(changed_at="2000-01-01T00:00:00.000Z"))


def test_a_case_sends_each_of_its_four_messages_once(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    number = registered(do).number
    assert sent(runtime, channel) == {"sent": 1}
    do("accept-case", "cadre/heron", "dispatcher", case=number)
    do("dispatch-case", "cadre/heron", "dispatcher", case=number, unit="water-station", lead="cadre/crane")
    do("acknowledge-case", "cadre/crane", "cadre", case=number)
    do("log-action", "cadre/crane", "cadre", case=number, action="repair")
    do("submit-resolution", "cadre/crane", "cadre", case=number, result="solved")
    do("approve-resolution", "cadre/swift", "reviewer", case=number)
    do("record-callback", "cadre/finch", "caller", case=number, reached=True, solved="yes")
    do("close-case", "cadre/heron", "dispatcher", case=number)
    assert sent(runtime, channel) == {"sent": 3}
    assert sent(runtime, channel) == {}
    said = [json.loads(body) for _, _, body in receiver.taken]
    assert [one["kind"] for one in said] == ["received", "dispatched", "asked", "done"]
    assert all(number in one["text"] for one in said)
    assert len(set(receiver.ids)) == 4
    everything = b"".join(body for _, _, body in receiver.taken)
    assert PHONE.encode() not in everything
    assert "甲".encode() not in everything


def test_a_webhook_request_is_signed(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    registered(do)
    assert sent(runtime, channel) == {"sent": 1}
    ((_, headers, body),) = receiver.taken
    at, mac = (part.partition("=")[2] for part in headers["casework-signature"].split(","))
    assert mac == signature(SECRET.encode(), int(at), body)
    assert mac != signature(b"another", int(at), body)
    assert headers["idempotency-key"] == json.loads(body)["id"]


def test_only_a_gateway_request_contains_the_telephone_number(runtime, do, receiver):
    channel = gateway(runtime, receiver)
    registered(do)
    assert sent(runtime, channel) == {"sent": 1}
    ((path, _, body),) = receiver.taken
    assert json.loads(body)["to"] == PHONE
    assert PHONE not in path
    with runtime.engine.connect() as db:
        rows = str(db.execute(select(table)).all())
    assert PHONE not in rows
    assert "1390000" not in rows


def test_a_file_channel_writes_one_line_for_each_message(runtime, place, do):
    path = place / "out.jsonl"
    runtime.settings = replace(
        runtime.settings, outbox=Outbox(channel="file", file=str(path), link="https://example.test/receipt")
    )
    number = registered(do).number
    assert sent(runtime, channel_of(runtime.settings)) == {"sent": 1}
    (line,) = path.read_text("utf-8").splitlines()
    assert json.loads(line)["text"] == (
        f"Your request {number} was registered. Look by your receipt: https://example.test/receipt"
    )
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("members", "reason"),
    [({"person": None}, None), ({"confidentiality": "secret"}, None), ({"person": {"full_name": "甲"}}, "no_phone")],
)
def test_no_message_is_sent_without_a_phone_or_for_a_secret_case(runtime, do, receiver, members, reason):
    channel = gateway(runtime, receiver)
    registered(do, **members)
    assert sent(runtime, channel) == ({"cancelled": 1} if reason else {})
    assert receiver.taken == []
    assert not reason or last(runtime).reason == reason


def test_a_resident_who_declined_or_was_erased_is_sent_nothing(runtime, do, receiver):
    channel = gateway(runtime, receiver)
    first, second = registered(do), registered(do)
    outbox.make(runtime, LOG)
    do("choose-messages", "cadre/finch", "caller", case=first.number, wanted=False)
    erase(runtime, LOG, reach_of_case(runtime, LOG, second.stream), actor="cadre/wren", basis="resident_asked")
    assert sent(runtime, channel) == {"cancelled": 2}
    assert {one.reason for one in outbox.listed(runtime, LOG, limit=2)} == {"opted_out", "erased"}
    assert receiver.taken == []


@pytest.mark.parametrize(
    ("answer", "state", "reason"),
    [
        (503, "ready", "http_503"), (429, "ready", "http_429"), (404, "failed", "http_404"),
        (302, "failed", "http_302"),
        (500, "unknown", "http_500"), ("cut", "unknown", "cut_off"), ("slow", "unknown", "timeout"),
    ],
)  # fmt: skip
def test_the_receivers_answer_decides_the_state_of_a_message(runtime, place, do, receiver, answer, state, reason):
    channel = webhook(runtime, place, receiver)
    if answer == "slow":
        channel._timeout = 0.1
    registered(do)
    receiver.answers = [answer]
    assert sent(runtime, channel) == {state: 1}
    assert (last(runtime).state, last(runtime).reason) == (state, reason)
    due_now(runtime)
    assert sent(runtime, channel) == ({"sent": 1} if state == "ready" else {}), "only what was not taken is sent again"


@pytest.mark.parametrize("answer", ["cut", 500])
def test_a_failed_message_is_resent_to_an_idempotent_receiver(runtime, place, do, receiver, answer):
    channel = webhook(runtime, place, receiver, idempotent=True)
    registered(do)
    receiver.answers = [answer]
    assert sent(runtime, channel) == {"ready": 1}
    due_now(runtime)
    assert sent(runtime, channel) == {"sent": 1}
    assert len(receiver.ids) == 2
    assert len(set(receiver.ids)) == 1


def test_a_failed_message_is_retried_later_and_finally_given_up(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver, attempts=3)
    registered(do)
    receiver.answers = [503, 503, 503]
    waits = []
    for state in ("ready", "ready", "failed"):
        assert sent(runtime, channel) == {state: 1}
        assert sent(runtime, channel) == {}, "not before its time"
        waits.append((last(runtime).changed_at, last(runtime).next_at))
        due_now(runtime)
    assert waits[0][1] > waits[0][0]
    assert outbox.counts(runtime, LOG)["failed"] >= 1
    again = outbox.retry(runtime, LOG, last(runtime).seq, "received")
    assert (again.state, again.attempts) == ("ready", 0)
    assert sent(runtime, channel) == {"sent": 1}
    with pytest.raises(Problem, match="sent"):
        outbox.retry(runtime, LOG, last(runtime).seq, "received")


def test_an_unreachable_receiver_leaves_the_message_to_be_retried(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    channel._url = "http://127.0.0.1:9/"
    registered(do)
    assert sent(runtime, channel) == {"ready": 1}
    assert last(runtime).reason == "unreachable"


def test_two_concurrent_senders_send_a_message_once(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    registered(do)
    outbox.make(runtime, LOG)
    found = []
    receiver.on_taking = lambda: found.append(send_due(runtime, LOG, channel))
    assert send_due(runtime, LOG, channel) == {"sent": 1}
    assert found == [{}]
    assert len(receiver.taken) == 1


def test_a_sender_killed_after_delivery_does_not_send_again(runtime, place, do, receiver):
    """The receiver accepts the message and kills the sender before it stores the answer."""
    channel = webhook(runtime, place, receiver)
    registered(do)
    outbox.make(runtime, LOG)
    environment = {
        **os.environ, **Terminal(place, runtime.settings.migration_url).environment,
        "CASEWORK_OUTBOX__CHANNEL": "webhook",
        "CASEWORK_OUTBOX__URL": receiver.address, "CASEWORK_OUTBOX__SECRET_FILE": str(place / "secret"),
    }  # fmt: skip
    sender = subprocess.Popen([sys.executable, "-m", "casework", "outbox", "send"], env=environment, cwd=place)
    receiver.on_taking = lambda: os.kill(sender.pid, signal.SIGKILL)
    assert sender.wait(60) == -signal.SIGKILL
    receiver.on_taking = lambda: None
    assert last(runtime).state == "sending"
    assert sent(runtime, channel) == {}
    long_ago(runtime)
    assert sent(runtime, channel) == {}
    assert (last(runtime).state, last(runtime).reason) == ("unknown", "cut_off")
    assert len(receiver.taken) == 1
    outbox.retry(runtime, LOG, last(runtime).seq, "received")
    assert sent(runtime, channel) == {"sent": 1}
    assert receiver.ids[0] == receiver.ids[1]


def test_waiting_messages_are_not_sent_after_a_restore_or_move(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    registered(do)
    outbox.make(runtime, LOG)
    with runtime.engine.begin() as db:
        db.execute(outbox_progress.delete())  # as after a restore or a move
    assert sent(runtime, channel) == {}
    assert (last(runtime).state, last(runtime).reason) == ("unknown", "moved")


def test_the_courier_makes_and_sends_messages(runtime, place, do, receiver):
    courier = Courier(runtime, webhook(runtime, place, receiver), every=0.01)
    registered(do)
    courier.round()
    assert last(runtime).state == "sent"
    courier.start()
    courier.close()
    assert courier.last_error == ""


def test_looking_a_case_up_by_receipt_marks_its_message_as_read(runtime, place, do, receiver):
    channel = webhook(runtime, place, receiver)
    stream = registered(do).stream
    sent(runtime, channel)
    assert last(runtime).read_at == ""
    outbox.looked_at(runtime, LOG, stream)
    assert last(runtime).read_at != ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"channel": "pigeon"}, {"channel": "webhook", "url": "http://localhost/"}, {"channel": "gateway", "url": "ftp://x"},
        {"channel": "gateway", "url": "http://{phone}/"}, {"channel": "gateway", "url": "http://x/ y"},
        {"channel": "gateway", "url": "http://x/", "authorization_file": "/nowhere"},
    ],
)  # fmt: skip
def test_invalid_outbox_settings_are_refused(wrong):
    with pytest.raises(Problem):
        channel_of(Settings(outbox=Outbox(**wrong)))


@pytest.mark.parametrize(
    ("kind", "template", "made"),
    [
        ("application/json", '{"t": "{text}"}', '{"t": "a\\"b&c{phone}"}'),
        ("application/x-www-form-urlencoded", "t={text}", "t=a%22b%26c%7Bphone%7D"),
        ("text/plain", "{text}", 'a"b&c{phone}'),
    ],
)
def test_a_filled_template_escapes_every_value(kind, template, made):
    assert filled(template, {"text": 'a"b&c{phone}', "phone": "1"}, kind) == made
