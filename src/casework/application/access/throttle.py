"""Against those who try: a wait that grows with every attempt that failed, for what was tried and for whoever tries.

Kept in the memory of one process, never written down: an address is somebody's. Whoever succeeds is forgotten at once.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from casework.application.runtime.problem import Problem

#: failures that cost nothing: of one thing that is tried, of one address (a service centre has one for all)
FREE, FREE_OF_ADDRESS = 5, 20
#: longest wait, seconds: short for a case, or anybody could lock out whoever it belongs to
LONGEST, LONGEST_OF_ADDRESS = 60.0, 900.0
#: seconds after which it is forgotten
MEMORY = 3600.0
_KEPT = 50_000


class TooSoon(Problem):
    """Come back later: in so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.retry_after = max(1, int(seconds + 0.999))
        super().__init__(
            "too-many-attempts",
            f"尝试次数过多：请 {self.retry_after} 秒后再试",
            f"too many attempts: try again in {self.retry_after} seconds",
        )


class Attempt:
    """One attempt; it has failed until it is said to have succeeded."""

    def __init__(self, forget: Callable[[], None]) -> None:
        self._forget = forget

    def succeeded(self) -> None:
        """It was right."""
        self._forget()


class Attempts:
    """Who tried what, how often in vain, and when last; any thread may use it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._paces: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    @contextmanager
    def one(self, what: str, address: str = "") -> Iterator[Attempt]:
        """An attempt at WHAT from an address, or TooSoon; failed from the start, so that many at once count too."""
        with self._lock:
            now = self._clock()
            wait = max(
                self._wait(what, FREE, LONGEST, now), self._wait(address, FREE_OF_ADDRESS, LONGEST_OF_ADDRESS, now)
            )
            if wait > 0:
                raise TooSoon(wait)
            before = self._failed.get(address, (0, now))
            self._count(what, now)
            self._count(address, now)

        def forget() -> None:
            with self._lock:
                self._failed.pop(what, None)
                if address and before[0] == 0:
                    self._failed.pop(address, None)
                elif address:
                    self._failed[address] = before

        yield Attempt(forget)

    def pace(self, what: str, most: int, seconds: float) -> None:
        """One more of WHAT, of which there may be MOST in so many seconds; else TooSoon."""
        with self._lock:
            now = self._clock()
            count, began = self._paces.get(what, (0, now))
            if now - began >= seconds:
                count, began = 0, now
            if count >= most:
                raise TooSoon(began + seconds - now)
            self._keep(self._paces, what, (count + 1, began))

    def _wait(self, key: str, free: int, longest: float, now: float) -> float:
        failed, last = self._failed.get(key, (0, now))
        if failed < free or now - last > MEMORY:
            return 0.0
        return last + min(longest, 2.0 ** min(failed - free, 20)) - now

    def _count(self, key: str, now: float) -> None:
        if key:
            failed, last = self._failed.get(key, (0, now))
            self._keep(self._failed, key, (1 if now - last > MEMORY else failed + 1, now))

    @staticmethod
    def _keep(kept: OrderedDict[str, tuple[int, float]], key: str, value: tuple[int, float]) -> None:
        kept[key] = value
        kept.move_to_end(key)
        if len(kept) > _KEPT:
            kept.popitem(last=False)
