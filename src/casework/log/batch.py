"""Appends a batch to one log in one transaction, with retries."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from casework.clock import Clock
from casework.law.event import Event
from casework.log.cache import LogCache
from casework.log.draft import Draft
from casework.log.errors import LogDamaged, OutcomeUnknown, StoreUnavailable
from casework.log.refusals import sentence
from casework.log.store import Append, LogStore
from casework.log.submission import NUMBER, Answer, Hook, Submission

Outcome: TypeAlias = Answer | Exception

#: seconds before each retry after a transient error of the database
PAUSES = (0.01, 0.05, 0.2, 0.5)


class Batches:
    """Appends batches to logs; not thread-safe: the writer calls it under a lock."""

    def __init__(
        self,
        store: LogStore,
        clock: Clock,
        after_append: Sequence[Hook],
        after_event: Mapping[type[Event], Hook],
        states: int,
    ) -> None:
        self.store = store
        self.clock = clock
        self.after_append = after_append
        self.after_event = after_event
        self.states = states
        #: log → its size after the last entry of its roster or its own stream appended by this process
        self.county_sizes: dict[str, int] = {}
        self._caches: dict[str, LogCache] = {}

    def append(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        """The outcome of each submission, in order; all are of LOG, and an answer means stored."""
        try:
            return self._persist(log, submissions)
        except (OutcomeUnknown, StoreUnavailable, LogDamaged) as error:
            return [error] * len(submissions)
        except Exception as error:  # nothing was stored: one by one, only the faulty submission fails
            if len(submissions) == 1:
                return [error]
            return [self.append(log, [one])[0] for one in submissions]

    def _persist(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        """Append in one transaction; retry after a transient error."""
        for pause in (*PAUSES, None):
            try:
                return self._once(log, submissions)
            except Exception as error:
                self._caches.pop(log, None)  # it holds roster entries that the failed attempt did not store
                if isinstance(error, OutcomeUnknown) or not self.store.is_transient(error):
                    raise
                if pause is None:
                    first_line = str(error).partition("\n")[0]
                    raise StoreUnavailable(
                        *sentence("store-unavailable", attempts=len(PAUSES) + 1, first_line=first_line)
                    ) from error
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, log: str, submissions: Sequence[Submission]) -> list[Outcome]:
        cache = self._caches.get(log)
        if cache is None:
            cache = self._caches[log] = LogCache(log, self.states)
        transaction = self.store.append(log)
        try:
            cache.catch_up(transaction)
            draft, outcomes = self._draft(transaction, cache, submissions)
            if not draft.appended:
                transaction.rollback()
                return outcomes
            self._write(transaction, draft)
        except BaseException:
            transaction.rollback()
            raise
        try:
            transaction.commit()
        except Exception as error:
            first_line = str(error).partition("\n")[0]
            transaction.rollback()
            raise OutcomeUnknown(*sentence("outcome-unknown", first_line=first_line)) from error
        cache.head, cache.county = draft.head, draft.county
        cache.keep(draft.states)
        if draft.county_size:
            cache.directory.settle()
            self.county_sizes[log] = draft.county_size
        return outcomes

    def _draft(
        self, transaction: Append, cache: LogCache, submissions: Sequence[Submission]
    ) -> tuple[Draft, list[Outcome]]:
        """Decide all submissions; decide again when a claim turns out to be taken, which is rare."""
        taken: dict[tuple[str, str], str] = {}
        while True:
            draft = Draft(transaction, cache, self.clock, taken)
            draft.prefetch(submissions)
            outcomes: list[Outcome] = []
            for one in submissions:
                try:
                    outcomes.append(draft.take(one))
                except Exception as error:
                    if self.store.is_transient(error):
                        raise
                    outcomes.append(error)
            claims = [claim for claim in draft.claims if claim[0] != NUMBER and claim not in taken]
            found = transaction.claimed(claims) if claims else {}
            if not found:
                return draft, outcomes
            taken |= found
            cache.directory.rollback()

    def _write(self, transaction: Append, draft: Draft) -> None:
        rows, log = draft.rows, draft.log
        rows.claims = [(log, kind, key, stream) for (kind, key), stream in draft.claims.items()]
        last = {one.recorded.stream: one.recorded for one in draft.appended}
        rows.streams = [(log, stream, line.rev, line.seq) for stream, line in last.items()]
        transaction.write(rows)
        for hook in self.after_append:
            hook(transaction.connection, log, draft.appended)
        for event, hook in self.after_event.items():
            if some := [one for one in draft.appended if type(one.recorded.event) is event]:
                hook(transaction.connection, log, some)
        transaction.move_head(draft.head)
