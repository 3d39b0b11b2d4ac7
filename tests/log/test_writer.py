"""Tests the writer's answers when queues fill, databases fail or it closes."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from casework.database.engine import engine_for
from casework.law.context import Refused
from casework.log.batch import PAUSES
from casework.log.errors import LogDamaged, OutcomeUnknown, QueueFull, StoreUnavailable, WriterClosed
from casework.log.schema import log_head
from casework.log.sql import SqlStore
from casework.log.sql_append import SqlAppend
from tests.log.contract import refused, say, whole
from tests.log.county import ADMINISTRATOR, LOG, OTHER, accept, case, found, register, submission, writer_on
from tests.log.memory_store import MemoryStore


class Gate:
    """A hook that keeps the writer inside a transaction until it is told to go on."""

    def __init__(self):
        self.entered, self.open = threading.Event(), threading.Event()
        self.open.set()
        self.calls = []

    def __call__(self, connection, log, appended):
        self.calls.append((log, [one.recorded.event.name for one in appended]))
        self.entered.set()
        assert self.open.wait(30)

    def close(self):
        self.entered.clear()
        self.open.clear()


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def gated(gate, clock):
    """A writer that stands at the gate once it is closed, on a store in memory."""
    with writer_on(MemoryStore(), clock, after_append=[gate], max_queue=3) as writer:
        found(writer)
        yield writer
        gate.open.set()


def held(gate, writer):
    """The future of a command that the writer is busy with."""
    gate.close()
    future = writer.submit(register(100))
    assert gate.entered.wait(30)
    return future


def test_waiting_commands_are_one_batch_in_one_transaction(gate, gated):
    first = held(gate, gated)
    waiting = [gated.submit(register(number)) for number in (1, 2, 3)]
    gate.open.set()
    sizes = [future.result(30).size for future in (first, *waiting)]

    assert sizes == sorted(sizes)
    assert gate.calls[-2:] == [(LOG, ["case-registered.v1"]), (LOG, ["case-registered.v1"] * 3)]


def test_a_full_queue_refuses_commands_and_states_when_to_retry(gate, gated):
    held(gate, gated)
    waiting = [gated.submit(register(number)) for number in (1, 2, 3)]
    with pytest.raises(QueueFull) as full:
        gated.submit(register(4))
    gate.open.set()

    assert full.value.retry_after >= 1
    assert all(future.result(30) for future in waiting)
    say(gated, register(4))


def test_closing_the_writer_answers_every_waiting_caller(gate, gated):
    taken = held(gate, gated)
    waiting = [gated.submit(register(number)) for number in (1, 2, 3)]
    closing = threading.Thread(target=gated.close)
    closing.start()
    while not gated._closed:
        time.sleep(0.001)
    with pytest.raises(WriterClosed):
        gated.submit(register(4))
    gate.open.set()
    closing.join(30)

    assert taken.result(0).number.endswith("000001")
    for future in waiting:
        with pytest.raises(WriterClosed):
            future.result(0)
    with pytest.raises(WriterClosed):
        gated.append_now([register(5)])
    whole(gated.store)


def test_a_cancelled_command_is_not_stored(gate, gated):
    held(gate, gated)
    waiting = [gated.submit(register(number)) for number in (1, 2)]
    assert waiting[0].cancel()
    gate.open.set()
    waiting[1].result(30)

    assert gated.store.read_stream(LOG, case(1)) == []


def test_a_batch_of_several_counties_is_one_transaction_per_county(gate, gated):
    found(gated, OTHER)
    held(gate, gated)
    waiting = [gated.submit(one) for one in (register(1), register(1, log=OTHER), accept(1))]
    gate.open.set()
    [future.result(30) for future in waiting]

    assert [log for log, _ in gate.calls[-2:]] == [LOG, OTHER]


def test_a_hook_sees_both_states_and_for_a_correction_the_whole_stream(clock):
    from tests.log.county import SUPERVISOR, submission

    seen = []
    with writer_on(MemoryStore(), clock, after_append=[lambda _, __, appended: seen.extend(appended)]) as writer:
        found(writer)
        wrong = {"case": case(1), "rev": 0, "member": "channel", "value": "visit", "reason": "typing_error"}
        writer.append_now([register(1), accept(1), submission("correct-record", SUPERVISOR, members=wrong)])
    registered, accepted, corrected = seen[-3:]

    assert (registered.before.status, registered.after.status) == ("", "registered")
    assert accepted.before == registered.after
    assert (accepted.before.status, accepted.after.status) == ("registered", "accepted")
    assert registered.history is None
    assert [line.rev for line in corrected.history] == [0, 1, 2]
    assert (corrected.before.channel, corrected.after.channel) == ("hotline", "visit")
    assert registered.entry.seq == registered.recorded.seq


def test_a_hook_that_fails_on_one_command_fails_only_that_command(engine, clock):
    def picky(connection, log, appended):
        if any(one.recorded.stream == case(2) for one in appended):
            raise RuntimeError("case 2 is too much for me")

    with writer_on(engine, clock, after_append=[picky]) as writer:
        found(writer)
        outcomes = writer.append_now([register(number) for number in (1, 2, 3)])
        entries = whole(writer.store)

    assert [type(one).__name__ for one in outcomes] == ["Answer", "RuntimeError", "Answer"]
    assert [entry.stream for entry in entries][-2:] == [case(1), case(3)]


@pytest.mark.parametrize("really", [True, False], ids=["committed", "not committed"])
def test_a_failed_commit_is_unknown_until_the_command_is_repeated(engine, clock, monkeypatch, really):
    with writer_on(engine, clock) as writer:
        found(writer)
        honest = SqlAppend.commit

        def broken(self):
            if really:
                honest(self)
            raise OSError("the disk is gone")

        monkeypatch.setattr(SqlAppend, "commit", broken)
        commands = [register(1, command_id="r-1"), register(2, command_id="r-2")]
        outcomes = writer.append_now(commands)
        monkeypatch.setattr(SqlAppend, "commit", honest)
        again: list[Any] = writer.append_now(commands)
        entries = whole(writer.store)

    assert [type(one) for one in outcomes] == [OutcomeUnknown] * 2
    assert [one.repeated for one in again] == [really] * 2
    assert [entry.command for entry in entries][-2:] == ["r-1", "r-2"]


def test_a_refused_command_is_refused_even_if_the_commit_fails(engine, clock, monkeypatch):
    with writer_on(engine, clock) as writer:
        found(writer)
        monkeypatch.setattr(SqlAppend, "commit", lambda self: (_ for _ in ()).throw(OSError("gone")))
        alone = writer.append_now([accept(1)])

    assert isinstance(alone[0], Refused)


@pytest.mark.parametrize("failures", [1, len(PAUSES) + 1], ids=["a retry succeeds", "all attempts fail"])
def test_a_failed_attempt_leaves_no_roster_entry_in_the_cache(engine, clock, monkeypatch, failures):
    monkeypatch.setattr("casework.log.batch.PAUSES", (0,) * len(PAUSES))
    honest, left = SqlAppend.write, [0]

    def flaky(self, rows):
        if left[0]:
            left[0] -= 1
            raise OperationalError("INSERT", {}, Exception("database is locked"))
        honest(self, rows)

    monkeypatch.setattr(SqlAppend, "write", flaky)
    members = {"unit": "water", "label": "水务组", "area": "town", "from_": "2020-01-01"}
    declare = submission("declare-unit", ADMINISTRATOR, members=members)
    to_water = submission("dispatch-case", members={"case": case(1), "unit": "water"})
    with writer_on(engine, clock) as writer:
        found(writer)
        writer.append_now([register(1), accept(1)])
        left[0] = failures
        outcomes = writer.append_now([to_water, declare])
        if failures > len(PAUSES):
            assert [type(one) for one in outcomes] == [StoreUnavailable] * 2
            outcomes = writer.append_now([to_water, declare])
        last = whole(writer.store)[-1]

    # on a roster that kept the unit of the failed attempt, the dispatch would be accepted
    assert [type(one).__name__ for one in outcomes] == ["Refused", "Answer"]
    assert last.type == "unit-declared.v1"


def test_a_transient_database_error_is_retried(engine, clock, monkeypatch):
    with writer_on(engine, clock) as writer:
        found(writer)
        honest, failures = SqlAppend.write, [2]

        def flaky(self, rows):
            if failures[0]:
                failures[0] -= 1
                raise OperationalError("INSERT", {}, Exception("database is locked"))
            honest(self, rows)

        monkeypatch.setattr(SqlAppend, "write", flaky)
        answers: list[Any] = writer.append_now([register(1), register(2)])
        whole(writer.store)

    assert [answer.number[-1] for answer in answers] == ["1", "2"]


def test_a_lasting_database_error_fails_every_command_of_the_batch(engine, clock, monkeypatch):
    def down(self, rows):
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    with writer_on(engine, clock) as writer:
        size = found(writer)
        with monkeypatch.context() as patch:
            patch.setattr(SqlAppend, "write", down)
            outcomes = writer.append_now([register(1), register(2)])
        assert [type(one) for one in outcomes] == [StoreUnavailable] * 2
        assert "locked" in str(outcomes[0])
        assert writer.store.head(LOG).size == size
        say(writer, register(1))
        whole(writer.store)


def test_a_head_that_moved_under_the_lock_stops_the_writer(sqlite_url, clock):
    engine = engine_for(sqlite_url)

    def meddle(connection, log, appended):
        if armed:
            connection.execute(update(log_head).values(size=log_head.c.size + 1))

    armed = []
    with writer_on(engine, clock, after_append=[meddle]) as writer:
        size = found(writer)
        armed.append(True)
        refused(writer, register(1), LogDamaged)
        assert SqlStore(engine).head(LOG).size == size
    engine.dispose()


def test_concurrent_callers_each_get_their_own_answers(engine, clock):
    with writer_on(engine, clock) as writer:
        found(writer)
        answers = {}

        def caller(number):
            answers[number] = [say(writer, register(number)), say(writer, accept(number))]

        threads = [threading.Thread(target=caller, args=(number,)) for number in range(1, 25)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
        entries = whole(writer.store)

    for number, (registered, accepted) in answers.items():
        assert (registered.stream, accepted.rev) == (case(number), 1)
        assert entries[registered.seq].stream == case(number)
        assert entries[accepted.seq].type == "case-accepted.v1"


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_failed_writer_thread_refuses_all_commands_instead_of_hanging(gate, gated, monkeypatch):
    busy = held(gate, gated)
    waiting = [gated.submit(register(number)) for number in (101, 102)]

    def fail(_seconds):
        raise OSError("the clock is broken")

    monkeypatch.setattr(time, "sleep", fail)
    gate.open.set()

    assert busy.result(30).seq
    for future in waiting:
        with pytest.raises(WriterClosed):
            future.result(30)
    assert gated.closed
    with pytest.raises(WriterClosed):
        gated.submit(register(103))
