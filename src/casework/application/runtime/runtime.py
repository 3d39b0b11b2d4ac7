"""Runtime context: settings, engine, store, writer and cached county data."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from msgspec import Struct
from sqlalchemy import Engine

from casework.application.runtime.problem import unknown
from casework.application.runtime.refusals import refused
from casework.clock import Clock, SystemClock, local_date
from casework.law.command import Command
from casework.law.county.events import COUNTY_EVENTS
from casework.law.county.state import CountyState, evolve_county
from casework.law.roster.directory import Directory
from casework.law.roster.events import ROSTER_EVENTS
from casework.log import codec
from casework.log.store import LogStore
from casework.log.submission import Answer, Submission
from casework.log.writer import Writer
from casework.projection.projection import Projection
from casework.seal.reading_ledger import AccessLedger
from casework.seal.sealing import Sealer
from casework.settings import Settings
from casework.text import listed

#: a command and the rows that are committed beside it: (table, rows)
Prepared = tuple[Command, tuple[tuple[Any, tuple[dict[str, Any], ...]], ...]]
#: what a command needs before the writer gets it, by log, command and command id
Preparer = Callable[["Runtime", str, Any, str], Prepared]
#: what the answer to a command holds beyond the writer's own
Finisher = Callable[["Runtime", Submission, Answer], Answer]
#: seconds for which `Runtime.county` answers from memory
LATELY = 0.2
#: cases whose resident is cached
_ASKED = 20_000
_CLOCK = SystemClock()


class County(Struct, frozen=True):
    """A county as one request sees it.

    roster  as of a moment ago, see `Runtime.county`
    today   county-local date
    zone    IANA name of its time zone
    state   of its own stream: name, policy, legal holds, retention
    """

    log: str
    roster: Directory
    today: str
    zone: str
    state: CountyState


@dataclass
class Runtime:
    """What bootstrap opened: settings, database, log, keys and projections; `close` closes them."""

    settings: Settings
    engine: Engine
    store: LogStore
    writer: Writer
    sealer: Sealer
    shelf: Sequence[Projection]
    preparers: Mapping[str, Preparer]
    finishers: Mapping[str, Finisher]
    access: AccessLedger = field(init=False)
    _counties: dict[str, _CachedCounty] = field(default_factory=dict)
    _asked: dict[tuple[str, str], str] = field(default_factory=dict)
    _fits: set[str] = field(default_factory=set[str])

    def __post_init__(self) -> None:
        self.access = AccessLedger(self.engine)

    def close(self) -> None:
        """Answer the commands that wait, then close the database."""
        self.writer.close()
        self.engine.dispose()

    def logs(self) -> list[str]:
        """The logs in this database."""
        return self.store.logs()

    def which_log(self, named: str = "") -> str:
        """The log of that name, or the only one there is."""
        logs = self.logs()
        if named:
            if named not in logs:
                raise unknown(refused, "unknown-log", named, logs)
            return named
        if len(logs) == 1:
            return logs[0]
        if not logs:
            raise refused("no-log")
        raise refused("which-log", count=len(logs), logs=listed(logs))

    def county(self, log: str, *, fresh: bool = False) -> County:
        """The county as it is now, to be taken once per request and handed on.

        Memory answers for LATELY seconds: what another process declared shows that much later, unless FRESH.
        """
        known = self._counties.get(log) or self._counties.setdefault(log, _CachedCounty())
        if fresh or not known.will_do(self.writer.county_sizes.get(log, 0)):
            known.brought_up(self.store, log)
        zone = known.state.time_zone
        return County(log, known.directory, local_date(_CLOCK.now(), zone), zone, known.state)

    def at_hand(self, log: str, stream: str = "") -> bool:
        """Whether a known actor's command on STREAM ('' for a new one) is prepared without asking the database."""
        return (
            log in self._fits
            and log in self._counties
            and (not stream.startswith("case/") or (log, stream) in self._asked)
        )

    def check_key(self, log: str) -> None:
        """Refuse to seal under another key than the log's: nobody could read both, and no repeat would be known."""
        if log in self._fits:
            return
        with self.engine.connect() as db:
            other = self.sealer.other_key(db, log)
        if other:
            ours = self.sealer.key.id
            raise refused("another-wrapping-key", log=log, other=other, ours=ours)
        self._fits.add(log)

    def asked_by(self, log: str, stream: str) -> str:
        """The resident who asked, as the case's first entry says; '' for nobody, or no such case (yet)."""
        known = self._asked.get((log, stream))
        if known is not None:
            return known
        first = self.store.first(log, stream)
        if first is None:
            return ""
        resident: str = getattr(codec.recorded(first).event, "resident", "")
        # cached, as a first entry never changes
        self.will_ask(log, stream, resident)
        return resident

    def will_ask(self, log: str, stream: str, resident: str) -> None:
        """Cache the resident of a case that is about to be registered, for parts sealed before it is stored."""
        if len(self._asked) >= _ASKED:
            del self._asked[next(iter(self._asked))]
        self._asked[log, stream] = resident

    def projection(self, name: str) -> Projection:
        """The projection of that name."""
        for projection in self.shelf:
            if projection.name == name:
                return projection
        raise unknown(refused, "unknown-projection", name, [p.name for p in self.shelf])


class OpenRuntime(Protocol):
    """Opens a runtime, by the machine's clock or another."""

    def __call__(self, settings: Settings, clock: Clock | None = None) -> Runtime: ...


class _CachedCounty:
    """Roster and state of one county, and the size of the log up to which they were read."""

    def __init__(self) -> None:
        self.directory = Directory()
        self.state = CountyState()
        self._size = 0
        self._looked = float("-inf")
        self._lock = threading.Lock()

    def will_do(self, own: int) -> bool:
        """Whether it was read within LATELY, and up to OWN, the size at which this process declared something last."""
        return own <= self._size and time.perf_counter() - self._looked < LATELY

    def brought_up(self, store: LogStore, log: str) -> None:
        """Read on to the end of the log."""
        asked = time.perf_counter()
        with self._lock:
            # not again if another thread looked while this one waited for the lock
            if self._looked <= asked:
                looked = time.perf_counter()
                self._bring_up(store, log)
                self._looked = looked

    def _bring_up(self, store: LogStore, log: str) -> None:
        size = store.head(log).size
        if size > self._size:
            for entry in store.by_type(log, (*ROSTER_EVENTS, *COUNTY_EVENTS), since=self._size, until=size):
                recorded = codec.recorded(entry)
                self.directory.apply(recorded)
                if recorded.event.name in COUNTY_EVENTS:
                    self.state = evolve_county(self.state, recorded)
            self.directory.settle()
            self._size = size
