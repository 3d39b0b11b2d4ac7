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
from sqlalchemy import Engine, Index, insert

from casework.clock import SystemClock, local_date
from casework.database.engine import writing
from casework.database.metadata import APPEND_ONLY, clustered, smalls, texts
from casework.random_ids import fresh

access_ledger = clustered(
    "access_ledger",
    texts("log", primary=True, day="county-local day of the reading", id="time-ordered and random"),
    texts(
        at="when it was written down: before the reader was answered",
        actor="who read",
        role="in which role",
        unit="of which unit",
        what="a case, its replay, a list, a search, an attachment, …",
        stream="the case; '' for a page of a list",
    ),
    smalls(shown="summaries or texts on it"),
    texts(
        source="api, page or cli",
        operator="the login on the machine, where it was asked there",
        reason="code, where one was given",
        request="id of the request, as the server's own log has it",
    ),
    Index("ix_access_ledger_stream", "log", "stream", "day"),
    Index("ix_access_ledger_actor", "log", "actor", "day"),
    rights=APPEND_ONLY,
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
