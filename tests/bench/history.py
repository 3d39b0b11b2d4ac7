"""Write a made-up history of any length in bulk, without the law.

Entries are what the law would have stored (`lives`), encoded by `log.entry.encode`, inserted beside the writer, since
a million decisions would take longer than all that is measured. More entries mean more cases in the same year. Sealed
parts are left out: their keys would say nothing about speed that a few of them do not say.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from msgspec import UNSET

from casework.clock import local_date, written
from casework.log.entry import Entry, encode, encode_data, leaf_hash
from tests.bench.lives import ZONE, Step, activity, life
from tests.bench.place import LOG, found_county, opened_on

#: days over which cases come in, independent of their number; the last day lies before today
SPAN_DAYS = 300
#: entries that a case has in the mean, by which the number of cases is chosen
_PER_CASE = 7.6
_BATCH = 20_000

_Row = tuple[Any, ...]


def write_history(folder: Path, entries: int, seed: int = 1) -> int:
    """A founded county in FOLDER with so many entries, and no derived row; returns the number of cases."""
    found_county(folder)
    database = sqlite3.connect(folder / "casework.db", isolation_level=None)
    try:
        database.execute("PRAGMA synchronous=OFF")
        (size,) = database.execute("SELECT size FROM log_head").fetchone()
        made = _Made(size)
        rows: list[_Row] = []
        heads: dict[str, tuple[int, int]] = {}
        for stream, rev, step in _in_order(Random(seed), entries - size, made):
            rows.append(made.row(stream, rev, step))
            heads[stream] = (rev, made.seq)
            if len(rows) == _BATCH:
                _insert(database, rows, heads)
                rows, heads = [], {}
        _insert(database, rows, heads)
        head = (made.seq + 1, made.at, made.at_on, int(made.year), made.cases)
        moved = "UPDATE log_head SET size = ?, at = ?, recorded_on = ?, number_year = ?, number_count = ?"
        database.execute(moved, head)
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return made.cases
    finally:
        database.close()


class _Made:
    """Where the log stands while it is being written."""

    def __init__(self, size: int) -> None:
        self.seq = size - 1
        self.at = self.at_on = ""
        self.year = written(opened_on())[:4]
        self.cases = 0
        self.salts = Random(0)

    def number(self, count: int) -> str:
        return f"{LOG}-{self.year}-{count:06}"

    def row(self, stream: str, rev: int, step: Step) -> _Row:
        self.seq += 1
        self.at = written(step.at)
        self.at_on = local_date(self.at[:14] + "00:00.000Z", ZONE)  # zones here begin their days on a full hour
        entry = Entry(
            log=LOG,
            seq=self.seq,
            stream=stream,
            rev=rev,
            type=step.event.name,
            at=self.at,
            recorded_on=self.at_on,
            actor=step.actor,
            role=step.role,
            unit=step.unit or UNSET,
            command=f"bench/{self.seq}",
            source="api",
            data=encode_data(step.event),
            salt=f"{self.salts.getrandbits(128):032x}",
        )
        stored = encode(entry)
        return (
            LOG, self.seq, stream, rev, entry.type, self.at, self.at_on, self.at_on, step.actor, step.actor,
            entry.command, stored, leaf_hash(stored),
        )  # fmt: skip


def _in_order(random: Random, entries: int, made: _Made) -> Iterator[tuple[str, int, Step]]:
    """Steps of all lives by the time at which they come, exactly so many."""
    begin = opened_on() + timedelta(days=1)
    between = timedelta(days=SPAN_DAYS) / max(1.0, entries / _PER_CASE)
    pending: list[tuple[Any, int, int, str, list[Step]]] = []  # at, tie, place in the life, stream, life
    done = tie = 0
    while done < entries:
        tie += 1
        if random.random() < 0.05:
            stream, steps = f"activity/{UUID(int=random.getrandbits(128), version=4)}", [activity(random, begin)]
        else:
            made.cases += 1
            stream = f"case/{UUID(int=random.getrandbits(128), version=4)}"
            steps = life(random, begin, made.number(made.cases), stream)
        heappush(pending, (steps[0].at, tie, 0, stream, steps))
        begin += between
        while pending and pending[0][0] <= begin and done < entries:
            _, order, place, stream, steps = heappop(pending)
            yield stream, place, steps[place]
            done += 1
            if place + 1 < len(steps):
                heappush(pending, (steps[place + 1].at, order, place + 1, stream, steps))


def _insert(database: sqlite3.Connection, rows: list[_Row], heads: dict[str, tuple[int, int]]) -> None:
    database.execute("BEGIN IMMEDIATE")
    database.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * 13)})", rows)
    database.executemany(
        "INSERT INTO stream_head (log, stream, rev, seq) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (log, stream) DO UPDATE SET rev = excluded.rev, seq = excluded.seq",
        [(LOG, stream, *head) for stream, head in sorted(heads.items())],
    )
    database.execute("COMMIT")
