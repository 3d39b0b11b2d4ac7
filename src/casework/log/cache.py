"""What a writer knows of a log by heart: its roster, its policy, its latest states; caught up when others wrote."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from casework.law.county.events import ClockAccepted, LogOpened, Policy, PolicyChanged
from casework.law.event import Event, Recorded
from casework.law.roster.directory import Directory
from casework.log.codec import recorded_from_bytes
from casework.log.store import ROSTER_KINDS, Append, Head
from casework.log.submission import Law

#: after so many entries of others, reading the roster again is quicker than following
FOLLOWED = 20_000
STATES = 20_000


class CachedState(Struct, frozen=True, gc=False):
    """A stream's state and the revision it stands at."""

    state: Any
    rev: int


class County(Struct, frozen=True):
    """Of the county's own stream, what stamping needs; accepted is the last clock that an operator vouched for."""

    zone: str = "Asia/Shanghai"
    policy: Policy = Policy()
    accepted: ClockAccepted | None = None

    def after(self, event: Event) -> County:
        """The county after one more event of its stream."""
        match event:
            case LogOpened():
                return County(event.time_zone, event.policy, self.accepted)
            case PolicyChanged():
                return County(self.zone, event.policy, self.accepted)
            case ClockAccepted():
                return County(self.zone, self.policy, event)
            case _:
                return self


class LogCache:
    """One log, up to `head`. Changed only by what is committed."""

    def __init__(self, law: Law, log: str, limit: int = STATES) -> None:
        self.law = law
        self.log = log
        self.limit = limit
        self.forget()

    def forget(self) -> None:
        """Know nothing, as at the start."""
        self.head = Head()
        self.county = County()
        self.directory = Directory()
        self._states: dict[str, CachedState] = {}

    def catch_up(self, transaction: Append) -> None:
        """Follow what other processes appended, so that every state known is the latest."""
        head = transaction.head or Head()
        if head == self.head:
            return
        behind = head.size - self.head.size
        if self.head.size == 0 or behind <= 0 or behind > FOLLOWED:  # new here, far behind, or another history
            self.forget()
            self._follow_county(transaction.streams([f"county/{self.log}"]).get(f"county/{self.log}", ()))
            for stored in transaction.roster():
                self.directory.apply(recorded_from_bytes(stored))
        else:
            for stored in transaction.since(self.head.size):
                self._follow(recorded_from_bytes(stored))
        self.directory.settle()
        self.head = head

    def state(self, stream: str) -> CachedState | None:
        """The stream's state, if it is known by heart."""
        kept = self._states.pop(stream, None)
        if kept is not None:
            self._states[stream] = kept  # asked for last, forgotten last
        return kept

    def keep(self, states: Mapping[str, CachedState]) -> None:
        """Know these from now on, and of the others those that were asked for last."""
        for stream, kept in states.items():
            self._states.pop(stream, None)
            self._states[stream] = kept
        for stream in list(self._states)[: max(0, len(self._states) - self.limit)]:
            del self._states[stream]

    def fold(self, stream: str, history: Iterable[bytes]) -> CachedState:
        """A stream's state from its stored entries."""
        known = [recorded_from_bytes(stored) for stored in history]
        if not known:
            return CachedState(self.law.initial(stream), -1)
        return CachedState(self.law.fold(known), known[-1].rev)

    def _follow_county(self, history: Iterable[bytes]) -> None:
        for stored in history:
            self.county = self.county.after(recorded_from_bytes(stored).event)

    def _follow(self, recorded: Recorded) -> None:
        kind = recorded.stream.partition("/")[0]
        if kind in ROSTER_KINDS:
            self.directory.apply(recorded)
        elif kind == "county":
            self.county = self.county.after(recorded.event)
        kept = self._states.pop(recorded.stream, None)
        if kept is None:
            return
        if kept.rev + 1 == recorded.rev and not self.law.is_correction(recorded.event):
            self._states[recorded.stream] = CachedState(self.law.evolve(kept.state, recorded), recorded.rev)
