"""State of one server process: runtime, callers, rate limits, thread pools."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, ParamSpec, TypeVar, cast

from litestar.connection import ASGIConnection

from casework.application.access.throttle import Attempts, Throttle
from casework.application.accounts.callers import Callers
from casework.application.accounts.oidc_provider import issuer_of
from casework.application.figures.follower import Follower
from casework.application.runtime.runtime import Runtime
from casework.http.refusals import refused
from casework.http.writer_bridge import ReplyQueue

#: questions answered at once; each holds a connection to the database
READERS = 8
#: niceness of hashing threads: they get a third of the CPU time that readers get
_STEP = 5
#: passwords that may wait to be hashed, as many people for the identity provider; the next gets 503
_WAITING = 100
#: calls to the identity provider at once
_AT_ISSUER = 4
#: seconds for which a shutdown waits for questions that are still being answered
_PATIENCE = 0.3

P = ParamSpec("P")
T = TypeVar("T")


class ServerState:
    """One per process, in `app.state.server`.

    logs       the logs at the last look, for the sign-in form
    tokens     rate limit of each token or session
    strangers  rate limit of each network without a valid token
    issuer     the county's identity provider; None where none is set
    closing    set when the server was told to stop: streams end at once
    in_thread  runs a question, which may ask the database, without blocking the event loop
    in_hasher  the same for what hashes a password: few threads of their own, so that questions never wait behind it
    at_issuer  the same for calls to the identity provider: when it hangs, nothing else does
    """

    def __init__(self, runtime: Runtime, follower: Follower | None = None) -> None:
        self.runtime = runtime
        self.follower = follower
        self.callers = Callers(runtime)
        self.logs: tuple[str, ...] = ()
        self.replies = ReplyQueue()
        self.tokens = Throttle(runtime.settings.server.token_rate)
        self.strangers = Throttle(runtime.settings.server.stranger_rate)
        self.attempts = Attempts()
        self.issuer = issuer_of(runtime.settings)
        self.closing = asyncio.Event()
        self._asked: set[Future[Any]] = set()
        self._readers = _Pool(READERS, "casework-reader", self._asked)
        self._hashers = _Pool(runtime.settings.accounts.hashers, "casework-hasher", self._asked, _WAITING, _step_back)
        self._callers_there = _Pool(_AT_ISSUER, "casework-issuer", self._asked, _WAITING)
        self.in_thread = self._readers.run
        self.in_hasher = self._hashers.run
        self.at_issuer = self._callers_there.run

    async def size_of(self, log: str) -> int:
        """How many entries the log has, those of other processes included."""
        return (await self.in_thread(self.runtime.store.head, log)).size

    def begin_to_close(self) -> None:
        """Begin the shutdown: streams end, and the follower stops counting."""
        self.closing.set()
        if self.follower is not None:
            self.follower.stop()

    def close(self) -> None:
        """Stop the threads; the caller closes the runtime."""
        self._readers.close(wait=False)
        self._hashers.close(wait=True)
        self._callers_there.close(wait=False)
        wait(tuple(self._asked), _PATIENCE)

    @property
    def is_asked(self) -> bool:
        """Whether a thread still works on a question; after the end its client has gone."""
        return any(one.running() for one in tuple(self._asked))


class _Pool:
    """A thread pool with a limit on how many calls may be in it; None is no limit."""

    def __init__(
        self,
        threads: int,
        name: str,
        asked: set[Future[Any]],
        limit: int | None = None,
        begin: Callable[[], None] | None = None,
    ) -> None:
        self._threads = ThreadPoolExecutor(threads, name, begin)
        self._asked = asked
        self._limit = limit
        self._inside = 0

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of FUNCTION, run in a thread; Problem where too many wait."""
        if self._limit is not None and self._inside >= self._limit:
            raise refused("sign-in-busy")
        self._inside += 1
        try:
            future = self._threads.submit(function, *args, **kwargs)
            self._asked.add(future)
            future.add_done_callback(self._asked.discard)
            return await asyncio.wrap_future(future)
        finally:
            self._inside -= 1

    def close(self, *, wait: bool) -> None:
        """Drop calls that wait for a thread; WAIT for those that run."""
        self._threads.shutdown(wait=wait, cancel_futures=True)


def _step_back() -> None:
    """Lower the priority of hashing threads, where the system sets it per thread."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _STEP)


def server_state_of(connection: ASGIConnection[Any, Any, Any, Any]) -> ServerState:
    """The state of the process that serves this request."""
    return cast(ServerState, connection.app.state.server)
