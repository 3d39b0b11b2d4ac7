"""How fast somebody may ask: so many requests a second for each token, and for each address that shows no good one.

Kept in the memory of one process, and counted before anything is looked up. Of several processes each counts for
itself: who asks all of them may ask that much faster.
"""

from __future__ import annotations

import ipaddress
import math
import time
from collections.abc import Callable

from casework.application.runtime.problem import Problem

#: seconds' worth of requests that may come at a stretch, after a silence as long
STRETCH = 10
_KEPT = 10_000


class TooFast(Problem):
    """Too many requests; `retry_after` is the seconds after which one more is answered."""

    def __init__(self, seconds: int) -> None:
        super().__init__(
            "too-many-requests",
            f"请求过于频繁，没有办理：请 {seconds} 秒后重发",
            f"too many requests, this one was not carried out: send it again in {seconds} s",
        )
        self.retry_after = seconds


class Pace:
    """Counts by key: RATE a second, ten seconds' worth at a stretch; 0 lets everything pass."""

    def __init__(self, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        #: key → when its allowance is whole again
        self._until: dict[str, float] = {}

    def check(self, key: str) -> None:
        """Raise TooFast where KEY has used up its allowance."""
        ahead = self._until.get(key, 0.0) - self._clock() - STRETCH
        if self._rate and ahead > 0:
            raise TooFast(max(1, math.ceil(ahead)))

    def spend(self, key: str, requests: int = 1) -> None:
        """Count requests of KEY, let pass or not."""
        if not self._rate:
            return
        now = self._clock()
        if len(self._until) >= _KEPT and key not in self._until:
            self._until = {one: until for one, until in self._until.items() if until > now}
            if len(self._until) >= _KEPT:  # as many strangers at once: rather none is counted than all are kept
                self._until.clear()
        # nobody waits longer than one more stretch, however much was sent at once
        begun = max(self._until.get(key, 0.0), now)
        self._until[key] = min(begun + requests / self._rate, now + 2 * STRETCH)


def place_of(host: str) -> str:
    """The address as it is counted: of IPv6 the network of a subscriber, who has any number of addresses in it."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else host
