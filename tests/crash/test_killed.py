"""Tests that acknowledged entries survive killing the process under load."""

import os

import pytest
from sqlalchemy import func, select

from casework.database.engine import engine_for, migrate, reading
from casework.log.schema import command, entry, stream_head
from casework.log.sql import SqlStore
from casework.log.writer import Writer
from tests.crash.judge import Client, a_moment, judge
from tests.log.county import LOG, found

SHORT = 1
LONG = int(os.environ.get("CASEWORK_CRASH_ROUNDS", "100"))


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path / 'casework.db'}"
    migrate(url)
    engine = engine_for(url)
    with Writer(engine) as writer:
        found(writer)
    engine.dispose()
    return url


@pytest.mark.slow
def test_no_acknowledged_entry_is_lost_when_the_process_is_killed(url):
    loop(url, SHORT)


@pytest.mark.crash
def test_no_acknowledged_entry_is_lost_in_many_kills(url):
    loop(url, LONG)


def loop(url, rounds):
    acknowledged = []
    for round_ in range(rounds):
        client = Client(url, round_, acknowledged)
        client.wait_for_first()
        a_moment()
        client.kill()
        engine = engine_for(url)
        judge(SqlStore(engine), acknowledged, LOG)
        tables_agree(engine)
        engine.dispose()
    assert len(acknowledged) > 10 * rounds, "the load was too light to say anything"


def tables_agree(engine):
    """The tables beside the entries agree with them, so no command is stored by half."""
    with reading(engine) as connection:
        of = entry.c
        last = select(of.stream, func.max(of.rev), func.max(of.seq)).where(of.log == LOG).group_by(of.stream)
        heads = select(stream_head.c.stream, stream_head.c.rev, stream_head.c.seq).where(stream_head.c.log == LOG)
        assert set(connection.execute(last)) == set(connection.execute(heads))
        assert set(connection.scalars(select(of.command))) == set(connection.scalars(select(command.c.command)))
