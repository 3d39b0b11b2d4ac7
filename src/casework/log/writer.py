"""The writer thread: appends queued commands in batches, then answers them (group commit).

A batch is one transaction per log. There is no artificial delay: the next batch gathers while one is being committed.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Protocol

from sqlalchemy import Engine

from casework.clock import Clock, SystemClock
from casework.law.event import Event
from casework.log.batch import Batches, Outcome
from casework.log.cache import STATES
from casework.log.errors import QueueFull, WriterClosed
from casework.log.refusals import sentence
from casework.log.sql import SqlStore
from casework.log.store import LogStore
from casework.log.submission import Answer, Appended, Hook, Submission

MAX_BATCH: int = 512
MAX_QUEUE = 10_000


class Reply(Protocol):
    """Receives one answer: a future, or anything with these three methods of a future."""

    def set_running_or_notify_cancel(self) -> bool:
        """Whether the command is still wanted; false once it was cancelled."""
        ...

    def set_result(self, result: Answer, /) -> None: ...

    def set_exception(self, exception: BaseException, /) -> None: ...


_Waiting = tuple[Submission, Reply]


class Writer:
    """Appends to the logs of one database; one per process."""

    def __init__(
        self,
        engine: Engine | LogStore,
        after_append: Sequence[Hook] = (),
        after_event: Mapping[type[Event], Hook] | None = None,
        clock: Clock | None = None,
        max_queue: int = MAX_QUEUE,
        states: int = STATES,
    ) -> None:
        self.store: LogStore = SqlStore(engine) if isinstance(engine, Engine) else engine
        self.clock = clock or SystemClock()
        self.max_queue = max_queue
        self._batches = Batches(self.store, self.clock, after_append, after_event or {}, states)
        #: log → its size after the last entry of its roster or its own stream that this process appended
        self.county_sizes: Mapping[str, int] = self._batches.county_sizes
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._closed = False
        self._entry_lock = threading.Lock()  # held while a command enters or the writer closes
        self._append_lock = threading.Lock()  # held by the thread, or by a caller of append_now, while it appends
        self._thread = threading.Thread(target=self._work, name="casework-writer", daemon=True)
        self._thread.start()

    def submit(self, submission: Submission) -> Future[Answer]:
        """Queue a command; its future is done once it is stored or refused. Raises QueueFull, WriterClosed."""
        future: Future[Answer] = Future()
        self.submit_to(submission, future)
        return future

    def submit_to(self, submission: Submission, reply: Reply) -> None:
        """Queue a command; REPLY gets its answer in the writer's thread. Raises QueueFull, WriterClosed."""
        with self._entry_lock:
            if self._closed:
                raise WriterClosed(*sentence("writer-closed"))
            waiting = self._queue.qsize()
            if waiting >= self.max_queue:
                raise QueueFull(waiting, self.max_queue)
            self._queue.put((submission, reply))

    @property
    def waiting(self) -> int:
        """The number of queued commands."""
        return self._queue.qsize()

    @property
    def closed(self) -> bool:
        """Whether it refuses new commands."""
        return self._closed

    def append_now(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """Append in the calling thread; each submission's answer or error, in order. Raises WriterClosed."""
        with self._entry_lock:
            if self._closed:
                raise WriterClosed(*sentence("writer-closed/batch"))
        outcomes: list[Outcome] = []
        for start in range(0, len(submissions), MAX_BATCH):
            outcomes += self._append(submissions[start : start + MAX_BATCH])
        return outcomes

    def close(self) -> None:
        """Finish the current batch; commands still queued fail with WriterClosed, and nothing of them is stored."""
        with self._entry_lock:
            first, self._closed = not self._closed, True
        if first:
            self._queue.put(None)
        self._thread.join()

    def __enter__(self) -> Writer:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _work(self) -> None:
        batch: list[_Waiting] = []
        last = False
        try:
            while not last:
                last = self._gather(batch)
                if self._closed:
                    return
                if batch:
                    self._answer(batch)
                batch = []
        finally:  # also after an error: otherwise callers would wait forever
            with self._entry_lock:
                self._closed = True
            _refuse(batch)
            self._drain()

    def _gather(self, batch: list[_Waiting]) -> bool:
        """Wait for one command, then take all that are queued; whether the end of the queue was reached."""
        waiting = self._queue.get()
        while waiting is not None:
            if waiting[1].set_running_or_notify_cancel():
                batch.append(waiting)
            if len(batch) == MAX_BATCH:
                return False
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                time.sleep(0)  # yield once, so that callers just answered can enqueue
                if self._queue.empty():
                    return False
                waiting = self._queue.get()
        return True

    def _answer(self, batch: list[_Waiting]) -> None:
        try:
            outcomes = self._append([submission for submission, _ in batch])
        except BaseException as error:
            for _, future in batch:
                future.set_exception(error)
            return
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)

    def _append(self, submissions: Sequence[Submission]) -> list[Outcome]:
        places: dict[str, list[int]] = {}
        for place, submission in enumerate(submissions):
            places.setdefault(submission.log, []).append(place)
        with self._append_lock:
            if len(places) == 1:
                return self._batches.append(submissions[0].log, submissions)
            outcomes: dict[int, Outcome] = {}
            for log, some in places.items():
                own = self._batches.append(log, [submissions[place] for place in some])
                outcomes.update(zip(some, own, strict=True))
        return [outcomes[place] for place in range(len(submissions))]

    def _drain(self) -> None:
        while True:
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                return
            if waiting is not None and waiting[1].set_running_or_notify_cancel():
                _refuse([waiting])


def _refuse(batch: list[_Waiting]) -> None:
    for _, future in batch:
        future.set_exception(WriterClosed(*sentence("writer-closed/first")))


__all__ = ["MAX_BATCH", "Answer", "Appended", "Hook", "Submission", "Writer"]
