"""What every request finds at the door: the house, who may come in, and threads for whatever must wait."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, ParamSpec, TypeVar, cast

from litestar.connection import ASGIConnection

from casework.application.callers import Callers
from casework.application.follow import Follower
from casework.application.house import House
from casework.http.mailbox import Mailbox

#: questions answered at once; each holds a connection to the database
READERS = 8

P = ParamSpec("P")
T = TypeVar("T")


class Door:
    """One per process, in `app.state.door`.

    closing  set when the server was told to stop: whatever streams ends at once
    """

    def __init__(self, house: House, follower: Follower | None = None) -> None:
        self.house = house
        self.follower = follower
        self.callers = Callers(house)
        self.mailbox = Mailbox()
        self.closing = asyncio.Event()
        self._readers = ThreadPoolExecutor(READERS, "casework-reader")

    async def in_thread(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Whatever FUNCTION answers, without the loop waiting for it; it may ask the database."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, lambda: function(*args, **kwargs))

    async def size_of(self, log: str) -> int:
        """How many entries the log has, whoever appended them."""
        return (await self.in_thread(self.house.store.head, log)).size

    def close(self) -> None:
        """Let go of the threads; the house is closed by whoever opened it."""
        self._readers.shutdown(wait=True, cancel_futures=True)


def door_of(connection: ASGIConnection[Any, Any, Any, Any]) -> Door:
    """The door that this request came in by."""
    return cast(Door, connection.app.state.door)
