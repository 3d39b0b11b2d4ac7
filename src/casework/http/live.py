"""Watches each log's size once for all listeners, and wakes them when it grows."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager

#: seconds between two looks; a look is one short read, also where another process appended
EVERY = 0.25
#: seconds after which a silent stream says that it lives
PING = 15.0
#: seconds after which a listener is asked again whether it may stay
ASK_AGAIN = 1.0

MayStay = Callable[[], Awaitable[bool]]


class _Watch:
    """A watched log: its size, and the event that is set when the size changes."""

    def __init__(self) -> None:
        self.size = -1
        self.moved = asyncio.Event()
        self.listeners = 0
        self.task: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Wake all waiting listeners; later ones wait for the next change."""
        self.moved.set()
        self.moved = asyncio.Event()


class Watcher:
    """Where listeners wait; one per application, on its event loop.

    size     what the size of a log is
    closing  set when all listeners are to be disconnected
    """

    def __init__(self, size: Callable[[str], Awaitable[int]], closing: asyncio.Event, every: float = EVERY) -> None:
        self._size = size
        self._closing = closing
        self._every = every
        self._watches: dict[str, _Watch] = {}

    @property
    def listeners(self) -> int:
        """How many listen now."""
        return sum(watch.listeners for watch in self._watches.values())

    async def sizes(
        self, log: str, seen: int | None = None, ping: float = PING, may_stay: MayStay | None = None
    ) -> AsyncIterator[int | None]:
        """Each size the log moves to beyond SEEN, the latest at once; None after PING seconds without one.

        Ends when the server closes, and when the listener may no longer stay, which is checked every second.
        """
        closing, quiet = self._closing, 0.0
        with self._listening(log) as watch:
            while not closing.is_set() and (may_stay is None or await may_stay()):
                moved = watch.moved
                if watch.size >= 0 and watch.size != seen:
                    seen = watch.size
                    quiet = 0.0
                    yield seen
                    continue
                step = min(ping, ASK_AGAIN)
                try:
                    await asyncio.wait_for(moved.wait(), step)
                except TimeoutError:
                    quiet += step
                    if quiet >= ping:
                        quiet = 0.0
                        yield None

    @contextmanager
    def _listening(self, log: str) -> Iterator[_Watch]:
        watch = self._watches.setdefault(log, _Watch())
        watch.listeners += 1
        if watch.task is None:
            watch.task = asyncio.create_task(self._watch(log, watch), name=f"watch {log}")
        try:
            yield watch
        finally:
            watch.listeners -= 1
            if not watch.listeners and watch.task is not None:
                watch.task.cancel()
                self._watches.pop(log, None)

    async def _watch(self, log: str, watch: _Watch) -> None:
        closing = self._closing
        while not closing.is_set():
            try:
                size = await self._size(log)
            except Exception:  # the database is away: the next look tells
                size = watch.size
            if size != watch.size:
                watch.size = size
                watch.tell()
            try:
                await asyncio.wait_for(closing.wait(), self._every)
            except TimeoutError:
                continue
        watch.tell()
