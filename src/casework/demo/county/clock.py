"""A simulated clock that gives each command of a batch its planned time."""

from __future__ import annotations

from collections.abc import Sequence

from casework.clock import SimulatedClock


class Itinerary(SimulatedClock):
    """Stands at the next of the planned instants each time it is asked, and begins again after the last of them.

    It begins again so that a batch that the writer retries gets the same instants.
    """

    def __init__(self, start: str) -> None:
        super().__init__(start)
        self._planned: Sequence[str] = ()
        self._asked = 0

    def plan(self, instants: Sequence[str]) -> None:
        """What to answer from here on, in order; each as the log writes instants."""
        self._planned, self._asked = instants, 0

    def now(self) -> str:
        if not self._planned:
            return super().now()
        now = self._planned[self._asked % len(self._planned)]
        self._asked += 1
        return now
