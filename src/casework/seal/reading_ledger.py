"""The access ledger: writes down every reading of sealed parts, durably, before the answer.

A row is on the disk before its reader sees anything, so that a power cut leaves no reading without its row. Readings
that arrive together share one commit: many readers wait as long as one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Column, Engine, Index, Integer, Table, insert

from casework.clock import SystemClock, local_date
from casework.database.engine import writing
from casework.database.metadata import Code, metadata
from casework.random_ids import fresh

access_ledger = Table(
    "access_ledger",
    metadata,
    Column("log", Code, primary_key=True),
    Column("day", Code, primary_key=True),
    Column("id", Code, primary_key=True),
    Column("at", Code, nullable=False),
    Column("actor", Code, nullable=False),
    Column("role", Code, nullable=False),
    Column("unit", Code, nullable=False),
    Column("what", Code, nullable=False),
    Column("stream", Code, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("source", Code, nullable=False),
    Column("operator", Code, nullable=False),
    Column("reason", Code, nullable=False),
    Column("request", Code, nullable=False),
    Index("ix_access_ledger_stream", "log", "stream", "day"),
    Index("ix_access_ledger_actor", "log", "actor", "day"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who read what is sealed, when and why; rows are added, and each day is fixed by an entry.",
)

_CLOCK = SystemClock()


class Reading(Struct, frozen=True, kw_only=True):
    """One reading of what is sealed, but for when.

    what     case, replay, desk, list, search, duplicates, reassignment, handover, attachment, survey, answers, roster,
             receipt, find, copy, mentions, finding
    stream   the case; '' for a page of a list
    shown    summaries or texts on it
    source   api, page or cli
    reason   code, where one was given
    request  id of the request, as the server's own log has it
    """

    log: str
    actor: str
    role: str
    unit: str = ""
    what: str
    stream: str = ""
    shown: int = 1
    source: str = ""
    operator: str = ""
    reason: str = ""
    request: str = ""


class _Waiting:
    """Readings of one caller, with the time zone of their county, and what became of them."""

    __slots__ = ("done", "error", "readings", "zone")

    def __init__(self, readings: Sequence[Reading], zone: str) -> None:
        self.readings = readings
        self.zone = zone
        self.done = False
        self.error: BaseException | None = None


class AccessLedger:
    """Writes readings down; any thread may use it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[_Waiting] = []
        self._door = threading.Lock()
        self._turn = threading.Lock()

    def write(self, readings: Sequence[Reading], zone: str) -> None:
        """Returns once the rows are durable. Whoever has the turn writes for all who wait by then."""
        mine = _Waiting(readings, zone)
        with self._door:
            self._waiting.append(mine)
        with self._turn:
            if not mine.done:
                with self._door:
                    batch, self._waiting = self._waiting, []
                self._write(batch)
        if mine.error is not None:
            raise mine.error

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            with writing(self._engine) as db:
                # the time of the commit: a day is fixed some minutes after it is over, with all its rows
                now, stamp = _CLOCK.now(), time.time_ns() // 1_000_000
                rows = [
                    _row(reading, now, local_date(now, one.zone), stamp) for one in batch for reading in one.readings
                ]
                db.execute(insert(access_ledger), rows)
        except Exception as error:
            for one in batch:
                one.error = error
        finally:
            for one in batch:
                one.done = True


def _row(reading: Reading, at: str, day: str, stamp: int) -> dict[str, Any]:
    row = {name: getattr(reading, name) for name in Reading.__struct_fields__}
    return {**row, "at": at, "day": day, "id": f"{stamp:012x}{fresh(8).hex()}"}
