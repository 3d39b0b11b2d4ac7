"""Tests server-sent events: sent at once, resumed, ended at shutdown."""

import asyncio
from contextlib import suppress

import pytest

from casework.http.live import Watcher


class Log:
    """A log that grows and counts how often its size is read."""

    def __init__(self):
        self.size = 5
        self.looks = 0
        self.broken = False
        self.closing = asyncio.Event()

    async def size_of(self, _):
        self.looks += 1
        if self.broken:
            raise OSError("away")
        return self.size

    def watcher(self, every=0.01):
        return Watcher(self.size_of, self.closing, every)


def heard(watcher, listeners=1, seen=None, ping=5.0):
    """Listeners, and the sizes that each received."""
    lists = [[] for _ in range(listeners)]

    async def listen(into):
        async for size in watcher.sizes("log", seen, ping):
            into.append(size)

    return lists, [asyncio.create_task(listen(into)) for into in lists]


async def until(condition):
    for _ in range(200):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen within two seconds")


def run(story):
    asyncio.run(asyncio.wait_for(story(), 10))


def test_many_listeners_share_one_watcher():
    async def story():
        log = Log()
        watcher = log.watcher(0.05)
        lists, tasks = heard(watcher, 50)
        await until(lambda: all(one == [5] for one in lists))
        log.size = 8
        await until(lambda: all(one == [5, 8] for one in lists))
        assert watcher.listeners == 50
        assert log.looks < 50
        log.closing.set()
        await asyncio.wait_for(asyncio.gather(*tasks), 1)
        assert watcher.listeners == 0

    run(story)


@pytest.mark.parametrize(("seen", "first"), [(None, [5]), (3, [5]), (5, []), (9, [5])])
def test_a_listener_resumes_where_it_left_off(seen, first):
    async def story():
        log = Log()
        lists, tasks = heard(log.watcher(), seen=seen)
        await until(lambda: log.looks > 3)
        assert lists[0] == first
        log.size = 6
        await until(lambda: lists[0] == [*first, 6])
        log.closing.set()
        await asyncio.gather(*tasks)

    run(story)


def test_a_silent_stream_sends_pings_and_ends_with_its_last_listener():
    async def story():
        log = Log()
        watcher = log.watcher()
        lists, (task,) = heard(watcher, ping=0.02)
        await until(lambda: None in lists[0])
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        looks = log.looks
        await asyncio.sleep(0.1)
        assert log.looks <= looks + 1
        assert watcher.listeners == 0

    run(story)


def test_a_stream_waits_while_the_database_is_away():
    async def story():
        log = Log()
        log.broken = True
        lists, tasks = heard(log.watcher())
        await until(lambda: log.looks > 3)
        assert lists[0] == []
        log.broken = False
        await until(lambda: lists[0] == [5])
        log.closing.set()
        await asyncio.gather(*tasks)

    run(story)
