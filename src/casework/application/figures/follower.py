"""Thread that keeps the projections of every log level with it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from casework.application.figures.upkeep import follow
from casework.application.runtime.problem import database_sentence
from casework.application.runtime.runtime import Runtime

#: seconds between two looks at the logs
EVERY = 0.25
#: seconds between two rounds of chores
CHORES_EVERY = 60.0
#: periodic work on a log; running it twice does no harm
Chore = Callable[[Runtime, str], object]
#: rest after a round, as a multiple of its length: writers have priority
_REST = 4
#: seconds that `close` waits for the current window
_PATIENCE = 0.5


class Follower:
    """Keeps every projection of every log level; one process of several is enough, and more do no harm.

    last_error  what stopped it last, by log; gone once it goes on
    """

    def __init__(self, runtime: Runtime, every: float = EVERY, chores: Sequence[Chore] = ()) -> None:
        self.last_error: dict[str, str] = {}
        self._runtime = runtime
        self._every = every
        self._chores = chores
        self._chores_done = float("-inf")
        self._sizes: dict[str, int] = {}
        self._stop = threading.Event()
        self._listeners: list[Callable[[str, int], None]] = []
        self._thread = threading.Thread(target=self._work, name="casework-follower", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    def stop(self) -> None:
        """Start no further window or chore."""
        self._stop.set()

    def close(self) -> None:
        """End after the current window."""
        self.stop()
        if self._thread.is_alive():
            self._thread.join(_PATIENCE)  # an interrupted window is counted again later

    def listen(self, moved: Callable[[str, int], None]) -> None:
        """Have MOVED (log, size) called, in the follower's thread, whenever a log has grown."""
        self._listeners.append(moved)

    def round(self) -> None:
        """Look once at every log, and count what is new."""
        for log in self._runtime.logs():
            size = self._runtime.store.head(log).size
            if self._sizes.get(log) == size and log not in self.last_error:
                continue
            if self._sizes.get(log) != size:
                for moved in self._listeners:
                    moved(log, size)
            failed = follow(self._runtime, log)
            self._sizes[log] = size
            if failed:
                self.last_error[log] = "; ".join(f"{name}: {why}" for name, why in failed.items())
            else:
                self.last_error.pop(log, None)

    def chores(self) -> None:
        """Run the periodic chores for every log."""
        for log in self._runtime.logs():
            for chore in self._chores:
                if not self._stop.is_set():
                    chore(self._runtime, log)

    def _work(self) -> None:
        took = 0.0
        while not self._stop.wait(max(self._every, _REST * took)):
            began = time.monotonic()
            try:
                self.round()
                if began - self._chores_done > CHORES_EVERY:
                    self._chores_done = began
                    self.chores()
            except Exception as why:  # the database is away: the next round tries again
                self.last_error[""] = database_sentence(why) or type(why).__name__
            else:
                self.last_error.pop("", None)
            took = time.monotonic() - began
