"""In-memory cache of one log: roster, policy, recent states.

It is refreshed under the lock of the log, with the entries that other processes appended since.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from casework.law.county.state import CountyState, evolve_county
from casework.law.event import Recorded
from casework.law.kinds import evolve, fold, initial
from casework.law.roster.directory import Directory
from casework.log.codec import recorded_from_bytes
from casework.log.store import ROSTER_KINDS, Append, Head

#: above this many new entries, reading the roster anew is faster than applying them
REREAD_AFTER = 20_000
#: states cached per log, of which each takes about 2 kB
STATES = 20_000


class States:
    """States by stream, those used last up to a limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._states: OrderedDict[str, Any] = OrderedDict()

    def get(self, stream: str) -> Any:
        """The stream's state; None when it is not cached."""
        state = self._states.get(stream)
        if state is not None:
            self._states.move_to_end(stream)
        return state

    def put(self, stream: str, state: Any) -> None:
        self._states[stream] = state
        self._states.move_to_end(stream)

    def drop(self, stream: str) -> None:
        self._states.pop(stream, None)

    def evict(self) -> None:
        """Drop the states used longest ago above the limit; in between it may be exceeded."""
        while len(self._states) > self._limit:
            self._states.popitem(last=False)


class CachedState(Struct, frozen=True, gc=False):
    """A stream's state and its revision; -1 before the first entry."""

    state: Any
    rev: int


class LogCache:
    """The cache of one log, up to `head`; the writer drops it after a failed transaction."""

    def __init__(self, log: str, limit: int = STATES) -> None:
        self.log = log
        self.limit = limit
        self.forget()

    def forget(self) -> None:
        """Empty the cache."""
        self.head = Head()
        self.county = CountyState()
        self.directory = Directory()
        self.states = States(self.limit)

    def catch_up(self, transaction: Append) -> None:
        """Apply what other processes appended, so that every cached state is current."""
        head = transaction.head or Head()
        if head == self.head:
            return
        behind = head.size - self.head.size
        if self.head.size == 0 or behind <= 0 or behind > REREAD_AFTER:  # empty, far behind, or another history
            self.forget()
            self._apply_county(transaction.streams([f"county/{self.log}"]).get(f"county/{self.log}", ()))
            for stored in transaction.roster():
                self.directory.apply(recorded_from_bytes(stored))
        else:
            for stored in transaction.since(self.head.size):
                self._apply(recorded_from_bytes(stored))
        self.directory.settle()
        self.head = head

    def keep(self, states: Mapping[str, CachedState]) -> None:
        """Cache STATES, and evict above the limit."""
        for stream, cached in states.items():
            self.states.put(stream, cached)
        self.states.evict()

    def fold(self, stream: str, history: Iterable[bytes]) -> CachedState:
        """A stream's state, folded from its stored entries."""
        lines = [recorded_from_bytes(stored) for stored in history]
        if not lines:
            return CachedState(initial(stream), -1)
        return CachedState(fold(lines), lines[-1].rev)

    def _apply_county(self, history: Iterable[bytes]) -> None:
        for stored in history:
            self.county = evolve_county(self.county, recorded_from_bytes(stored))

    def _apply(self, recorded: Recorded) -> None:
        kind = recorded.stream.partition("/")[0]
        if kind in ROSTER_KINDS:
            self.directory.apply(recorded)
        elif kind == "county":
            self.county = evolve_county(self.county, recorded)
        cached: CachedState | None = self.states.get(recorded.stream)
        if cached is None:
            return
        if cached.rev + 1 == recorded.rev and not recorded.event.corrects:
            self.states.put(recorded.stream, CachedState(evolve(cached.state, recorded), recorded.rev))
        else:
            self.states.drop(recorded.stream)
