"""Slows down requests per token or address, and repeated failed attempts.

Kept in the memory of one process, never written down: an address is somebody's. Of several processes each counts for
itself, so that a client that asks all of them may ask that much faster.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from casework.application.access.refusals import refused
from casework.application.runtime.problem import Problem

#: failed attempts without a wait: at one thing, and from one address (a service centre has one for all)
FREE, FREE_OF_ADDRESS = 5, 20
#: longest wait, seconds: short for a case, or anybody could lock out its owner
LONGEST, LONGEST_OF_ADDRESS = 60.0, 900.0
#: seconds after which a failure is forgotten
MEMORY = 3600.0
#: seconds' worth of requests that may come at once, after a silence as long
STRETCH = 10
_KEYS, _KEPT = 10_000, 50_000


class TooFast(Problem):
    """Too many requests; `retry_after` is the seconds after which one more is answered."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too-many-requests", *refused.sentences("too-many-requests", seconds=seconds))
        self.retry_after = seconds


class TooSoon(Problem):
    """Too many attempts; `retry_after` is the seconds after which one more is allowed."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too-many-attempts", *refused.sentences("too-many-attempts", seconds=seconds))
        self.retry_after = seconds


class Throttle:
    """Counts requests by key: RATE a second, STRETCH seconds' worth of them at once; a rate of 0 lets all pass."""

    def __init__(
        self,
        rate: float,
        clock: Callable[[], float] = time.monotonic,
        stretch: float = STRETCH,
        refusal: Callable[[int], Problem] = TooFast,
    ) -> None:
        self._rate = rate
        self._clock = clock
        self._stretch = stretch
        self._refusal = refusal
        #: key → when its allowance is full again
        self._until: dict[str, float] = {}

    def check(self, key: str) -> None:
        """Raise the refusal where KEY has used up its allowance."""
        ahead = self._until.get(key, 0.0) - self._clock() - self._stretch
        if self._rate and ahead > 0:
            raise self._refusal(max(1, math.ceil(ahead)))

    def spend(self, key: str, requests: int = 1) -> None:
        """Count requests of KEY, whether or not they are answered."""
        if not self._rate:
            return
        now = self._clock()
        if len(self._until) >= _KEYS and key not in self._until:
            self._until = {one: until for one, until in self._until.items() if until > now}
            if len(self._until) >= _KEYS:  # too many strangers at once: forget all rather than keep all
                self._until.clear()
        # nobody waits longer than one more stretch, however much was sent at once
        begun = max(self._until.get(key, 0.0), now)
        self._until[key] = min(begun + requests / self._rate, now + 2 * self._stretch)

    def take(self, key: str) -> None:
        """One more request of KEY; raises the refusal where it has used up its allowance."""
        self.check(key)
        self.spend(key)


class Attempts:
    """Failed attempts by target and address, with the time of the last; thread-safe."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, tuple[int, float]] = OrderedDict()
        self._throttles: dict[tuple[int, float], Throttle] = {}
        self._lock = threading.Lock()

    def one(self, what: str, address: str = "") -> Callable[[], None]:
        """Count an attempt at WHAT from an address as failed, so that many at once count too, or raise TooSoon.

        Call the result when the attempt has succeeded.
        """
        with self._lock:
            now = self._clock()
            wait = max(
                self._wait(what, FREE, LONGEST, now), self._wait(address, FREE_OF_ADDRESS, LONGEST_OF_ADDRESS, now)
            )
            if wait > 0:
                raise TooSoon(math.ceil(wait))
            before = self._failed.get(address, (0, now))
            self._count(what, now)
            self._count(address, now)

        def succeeded() -> None:
            with self._lock:
                self._failed.pop(what, None)
                if address and before[0] == 0:
                    self._failed.pop(address, None)
                elif address:
                    self._failed[address] = before

        return succeeded

    def take(self, what: str, most: int, seconds: float) -> None:
        """One more of WHAT, of which MOST may come at once and in each further so many seconds; else TooSoon."""
        with self._lock:
            if (most, seconds) not in self._throttles:
                made = Throttle(most / seconds, self._clock, seconds - seconds / most, TooSoon)
                self._throttles[most, seconds] = made
            self._throttles[most, seconds].take(what)

    def _wait(self, key: str, free: int, longest: float, now: float) -> float:
        failed, last = self._failed.get(key, (0, now))
        if failed < free or now - last > MEMORY:
            return 0.0
        return last + min(longest, 2.0 ** min(failed - free, 20)) - now

    def _count(self, key: str, now: float) -> None:
        if key:
            failed, last = self._failed.get(key, (0, now))
            self._failed[key] = (1 if now - last > MEMORY else failed + 1, now)
            self._failed.move_to_end(key)
            if len(self._failed) > _KEPT:
                self._failed.popitem(last=False)


def network_of(host: str) -> str:
    """The address as it is counted: of IPv6 the network of a subscriber, who has any number of addresses in it."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
