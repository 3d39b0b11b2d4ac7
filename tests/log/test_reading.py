"""Tests reading from every store: streams, pages, types, rows stored beside entries."""

import pytest
from msgspec import UNSET
from sqlalchemy import select

from casework.log.entry import Commitment, EntryRefused
from casework.seal.tables import sealed_blob
from tests.log.contract import refused, say, whole
from tests.log.county import LOG, accept, act, case, dispatch, register

BLOB = {"log": LOG, "kid": "k1", "command": "c-1", "event": 0, "alg": "A256GCM", "sha256": "00", "bytes": b"x"}
NOTE = Commitment(member="note", kid="k1", alg="A256GCM", len=1, sha256="00")


@pytest.fixture
def busy(writer, clock):
    """A county in which four commands came, an hour after the other."""
    for one in (register(1), accept(1), dispatch(1), act(1, for_="cadre/wang")):
        clock.advance(hours=1)
        say(writer, one)
    return writer


def test_a_stream_is_read_in_the_order_of_its_revisions(busy):
    stream = busy.store.read_stream(LOG, case(1))

    assert [entry.rev for entry in stream] == [0, 1, 2, 3]
    assert busy.store.read_stream(LOG, case(1), until_seq=stream[2].seq) == stream[:2]
    assert busy.store.read_stream(LOG, case(2)) == []
    assert busy.store.read_stream("nowhere", case(1)) == []


def test_a_log_is_read_in_pages(busy):
    entries = whole(busy.store)
    size = len(entries)

    assert busy.store.read(LOG, since=2, limit=3) == entries[2:5]
    assert busy.store.read(LOG, since=2, until=4) == entries[2:4]
    assert busy.store.read(LOG, since=size) == []
    assert busy.store.head(LOG).size == size
    assert busy.store.head("nowhere").size == 0


def test_entries_are_found_by_type(busy):
    assert [entry.stream for entry in busy.store.by_type(LOG, "case-accepted.v1")] == [case(1)]
    both = busy.store.by_type(LOG, ("case-accepted.v1", "case-dispatched.v1"))
    assert [entry.rev for entry in both] == [1, 2]
    assert busy.store.by_type(LOG, "case-accepted.v1", until=both[0].seq) == []
    assert busy.store.by_type(LOG, "case-accepted.v1", since=both[0].seq + 1) == []


def beside(store, table=sealed_blob):
    if hasattr(store, "engine"):
        with store.engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(select(table))]
    return store.beside(LOG, table.name)


def test_sealed_parts_are_stored_with_the_entry_that_commits_to_them(busy):
    say(busy, act(1, command_id="c-1", commitments=((0, NOTE),), beside=((sealed_blob, (BLOB,)),)))

    assert busy.store.read_stream(LOG, case(1))[-1].sealed == (NOTE,)
    assert busy.store.read_stream(LOG, case(1))[0].sealed is UNSET
    assert beside(busy.store) == [BLOB]


def test_sealed_parts_of_a_refused_command_are_not_stored(busy):
    outcomes = busy.append_now([accept(1, commitments=((0, NOTE),), beside=((sealed_blob, (BLOB,)),)), register(2)])

    assert [type(one).__name__ for one in outcomes] == ["Refused", "Answer"]
    assert beside(busy.store) == []


def test_a_sealed_part_without_an_event_to_commit_to_it_is_refused(busy):
    error = refused(busy, act(1, commitments=((1, NOTE),), beside=((sealed_blob, (BLOB,)),)), EntryRefused)

    assert "note" in str(error)
    assert beside(busy.store) == []
