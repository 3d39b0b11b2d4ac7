"""Steps shared by tests of stores: one answer, one error, the whole log checked."""

from typing import Any

import pytest
from msgspec import json
from sqlalchemy import select

from casework.log.codec import recorded_from_bytes
from casework.log.entry import canonical, decode, leaf_hash
from casework.log.schema import stream_head
from casework.log.sql import SqlStore
from tests.log.county import LOG


def say(writer, submission):
    """The answer to one command."""
    return writer.submit(submission).result(30)


def refused(writer, submission, error):
    """The error of one command, which leaves the log as it was."""
    before = writer.store.head(submission.log)
    with pytest.raises(error) as caught:
        say(writer, submission)
    assert writer.store.head(submission.log) == before
    return caught.value


def whole(store, log=LOG) -> list[Any]:
    """Every entry of a log, after looking at all that must hold of any log."""
    size = store.head(log).size
    stored = store.raw(log, limit=size + 10)
    entries: list[Any] = [decode(one) for one in stored]
    assert [entry.seq for entry in entries] == list(range(size)), "gapless from 0"
    assert [canonical(json.decode(one)) for one in stored] == stored, "stored as canonical bytes"
    assert [entry.at for entry in entries] == sorted(entry.at for entry in entries)
    assert [entry.recorded_on for entry in entries] == sorted(entry.recorded_on for entry in entries)
    assert {entry.log for entry in entries} <= {log}
    assert len({entry.salt for entry in entries}) == size
    assert len({leaf_hash(one) for one in stored}) == size
    streams = {}
    for entry, one in zip(entries, stored, strict=True):
        streams.setdefault(entry.stream, []).append(entry.rev)
        assert recorded_from_bytes(one).seq == entry.seq
    for stream, revs in streams.items():
        assert revs == list(range(len(revs))), f"{stream} has a gap"
    if isinstance(store, SqlStore):
        of = stream_head.c
        with store.engine.connect() as connection:
            heads = connection.execute(select(of.stream, of.rev).where(of.log == log))
            found = {row.stream: row.rev for row in heads}
        assert found == {stream: revs[-1] for stream, revs in streams.items()}
    numbers = [entry.data["number"] for entry in entries if "number" in entry.data]
    for year in {number.split("-")[-2] for number in numbers}:
        given = sorted(int(number.split("-")[-1]) for number in numbers if number.split("-")[-2] == year)
        assert given == list(range(1, len(given) + 1)), f"case numbers of {year} have a gap"
    return entries
