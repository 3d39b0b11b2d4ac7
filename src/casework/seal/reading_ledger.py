"""The access ledger: records every reading of sealed parts before the answer is sent.

A row is durable before the reader gets the answer, so a power cut loses no reading. Concurrent readings share one
commit (group commit), so many readers wait no longer than one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import asdict
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
    """One reading of sealed parts, without its time, which is set at the commit.

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


class _Waiting(Struct):
    """Readings of one caller that wait for their commit, with the time zone of the county."""

    readings: Sequence[Reading]
    zone: str
    done: bool = False
    error: Exception | None = None


class AccessLedger:
    """Appends readings; thread-safe."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: list[_Waiting] = []
        self._queue_lock = threading.Lock()
        self._commit_lock = threading.Lock()

    def write(self, readings: Sequence[Reading], zone: str) -> None:
        """Append READINGS; returns once they are durable. The thread with the commit lock writes the whole queue."""
        mine = _Waiting(readings, zone)
        with self._queue_lock:
            self._waiting.append(mine)
        with self._commit_lock:
            if not mine.done:
                with self._queue_lock:
                    batch, self._waiting = self._waiting, []
                self._write(batch)
        if mine.error is not None:
            raise mine.error

    def _write(self, batch: list[_Waiting]) -> None:
        try:
            with writing(self._engine) as db:
                # time of the commit: the digest of a day, minutes after midnight, must find all rows of that day
                now, stamp = _CLOCK.now(), time.time_ns() // 1_000_000
                rows = [
                    {
                        **asdict(reading),
                        "at": now,
                        "day": local_date(now, one.zone),
                        "id": f"{stamp:012x}{fresh(8).hex()}",
                    }
                    for one in batch
                    for reading in one.readings
                ]
                db.execute(insert(access_ledger), rows)
        except Exception as error:
            for one in batch:
                one.error = error
        finally:
            for one in batch:
                one.done = True
