"""Tests several processes that append to one county on PostgreSQL."""

import subprocess
import sys
import threading
import time

from sqlalchemy import text

from casework.clock import SystemClock
from casework.database.engine import engine_for, writer_connection
from casework.log.sql import SqlStore
from tests.crash.judge import Client, judge
from tests.log.contract import say, whole
from tests.log.county import LOG, found, opening, register, writer_on


def test_a_follower_misses_no_entry_of_writers_that_commit_slowly(postgres_url, clock):
    """Each writer dawdles after its inserts, one longer than the other: places given first are committed first."""
    engine = engine_for(postgres_url)
    dawdling: dict[int, float] = {}

    def dawdle(name):
        def hook(connection, log, appended):
            time.sleep(dawdling.get(name, 0))

        return hook

    engines = [engine_for(postgres_url) for _ in range(3)]
    writers = [writer_on(own, clock, after_append=[dawdle(name)]) for name, own in enumerate(engines)]
    found(writers[0])
    dawdling.update({0: 0.03, 1: 0.0, 2: 0.01})
    followed, done = [], threading.Event()

    def follow():
        store = SqlStore(engine)
        last_look = False
        while not last_look:
            last_look = done.is_set()
            followed.extend(entry.seq for entry in store.read(LOG, since=len(followed) and followed[-1] + 1))

    def load(name):
        for place in range(15):
            say(writers[name], register(1000 * (name + 1) + place))

    follower = threading.Thread(target=follow)
    loads = [threading.Thread(target=load, args=(name,)) for name in range(3)]
    for thread in (follower, *loads):
        thread.start()
    for thread in loads:
        thread.join()
    done.set()
    follower.join()
    entries = whole(SqlStore(engine))
    for writer in writers:
        writer.close()
    for own in (engine, *engines):
        own.dispose()

    assert followed == [entry.seq for entry in entries]
    assert sum(entry.type == "case-registered.v1" for entry in entries) == 45


def test_no_writer_appends_while_another_holds_the_head(postgres_url, clock):
    engine = engine_for(postgres_url)
    with writer_on(engine, clock) as writer:
        found(writer)
        holder = writer_connection(engine)
        with holder.begin():
            holder.execute(text("SELECT size FROM log_head WHERE log = :log FOR UPDATE"), {"log": LOG})
            waiting = writer.submit(register(1))
            time.sleep(0.2)
            assert not waiting.done()
        assert waiting.result(30).number.endswith("000001")
        holder.close()
    engine.dispose()


def test_a_log_that_two_writers_open_at_once_is_opened_once(engine, clock):
    writers = [writer_on(engine, clock) for _ in range(2)]
    futures = [writer.submit(opening()) for writer in writers]
    outcomes = [future.exception(30) for future in futures]
    for writer in writers:
        writer.close()

    assert [type(outcome).__name__ for outcome in outcomes].count("Refused") == 1
    assert len(whole(SqlStore(engine))) == 1


def test_several_processes_share_one_gapless_log(engine):
    with writer_on(engine, SystemClock()) as writer:  # the clients have the machine's clock too
        found(writer)
    acknowledged = []
    clients = [Client(engine.url.render_as_string(hide_password=False), place, acknowledged) for place in range(2)]
    for client in clients:
        client.wait_for_first()
    time.sleep(0.3)
    for client in clients:
        client.kill()
    judge(SqlStore(engine), acknowledged, LOG)

    assert len(acknowledged) > 10


def test_the_writer_imports_nothing_of_the_rooms_above_it(tmp_path):
    """What the writer imports knows no law beyond the vocabulary: nothing of the rooms above it."""
    code = (
        "import sys, casework.log.writer; "
        "print([m for m in sys.modules if m.startswith('casework.') and m.split('.')[1] not in "
        "('law', 'log', 'database', 'text', 'clock', 'random_ids')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={
        "PYTHONPATH": ":".join(sys.path)})  # fmt: skip

    assert out.stdout.strip() == "[]"
