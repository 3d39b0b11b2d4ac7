"""Runs uvicorn: one process or several, stopped in order."""

from __future__ import annotations

import asyncio
import gc
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Any, cast

import uvicorn
from litestar import Litestar

from casework.settings import Settings

#: connections that may wait to be accepted
_BACKLOG = 2048
#: seconds beyond `stop_seconds` after which a process is killed
_GRACE = 0.5
#: seconds before a process that died is replaced
_RESTART = 1.0
#: seconds after a stop for which slow clients are waited for; clients that wait for the writer may wait longer
_SLOW = 0.5
#: thresholds of the garbage collector: a request leaves few cycles
_COLLECT = (10_000, 20, 100)


class Server(uvicorn.Server):
    """Uvicorn, whose streams end at the signal to stop instead of at the end of the graceful timeout."""

    def __init__(self, config: uvicorn.Config, app: Litestar) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Told to stop: no more connections, streams end, what is queued is answered."""
        self._app.state.server.begin_to_close()
        self.force_exit = self.should_exit and sig == signal.SIGINT
        # not remembered: uvicorn would raise the signal again once it has stopped, and the runtime would stay open
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """In order, but without waiting for clients that do not finish their request or do not read their answer."""
        hurry = asyncio.get_running_loop().call_later(_SLOW, self._let_go_of_the_slow)
        await super().shutdown(sockets)
        hurry.cancel()

    def _let_go_of_the_slow(self) -> None:
        for connection in cast("list[Any]", list(self.server_state.connections)):
            cycle = connection.cycle
            if cycle is None or cycle.more_body or connection.flow.write_paused:
                connection.transport.abort()


def listen(settings: Settings) -> socket.socket:
    """The listening socket; OSError when the address is not available."""
    server = settings.server
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    # named as TCP: only then does asyncio send at once; else a keep-alive answer waits 40 ms for its other half's ack
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((server.host, server.port))
        bound.listen(_BACKLOG)
    except OSError:
        bound.close()
        raise
    bound.set_inheritable(True)
    return bound


def configured(app: Litestar, settings: Settings) -> uvicorn.Config:
    """How uvicorn serves."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        lifespan="on",
        ws="none",
        timeout_keep_alive=30,
        # the rest of the time is for letting go of the runtime
        timeout_graceful_shutdown=max(0.1, settings.server.stop_seconds - 0.8),  # type: ignore[arg-type]
        backlog=_BACKLOG,
    )


def run(app: Litestar, settings: Settings, bound: socket.socket) -> None:
    """Serve until told to stop; returns once everyone who waited is answered."""
    # objects made until here live until the end: the collector skips them (a tenth of a command's time)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT)
    Server(configured(app, settings), app).run(sockets=[bound])


def leave_at_once() -> None:
    """End the process although a thread still works for a client that has gone.

    Every command was answered before: the writer has stopped. Left are questions, which change nothing, and uploads
    of attachments: an upload cut off is neither committed nor answered, so its client repeats it.
    """
    sys.stderr.flush()
    os._exit(0)


def run_many(work: Callable[..., None], settings: Settings, bound: socket.socket) -> None:
    """Serve with several processes on one socket; one that dies is replaced, and a stop is passed on to all.

    work  what one process does: (settings, socket, first=whether it is the first of them)
    """
    spawn = multiprocessing.get_context("fork")
    processes: dict[int, BaseProcess] = {}
    stopping = threading.Event()

    def start(place: int) -> None:
        process = spawn.Process(target=_attached, args=(work, settings, bound, place == 0, os.getpid()))
        process.start()
        processes[place] = process

    def stop(sig: int, _: FrameType | None) -> None:
        stopping.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, stop)
    for place in range(settings.server.workers):
        start(place)
    while not stopping.wait(0.1):
        for place, process in list(processes.items()):
            if not process.is_alive():
                stopping.wait(_RESTART)
                if not stopping.is_set():
                    start(place)
    for process in processes.values():
        if process.pid and process.is_alive():
            os.kill(process.pid, signal.SIGTERM)
    until = time.monotonic() + settings.server.stop_seconds + _GRACE
    for process in processes.values():
        process.join(max(0.0, until - time.monotonic()))
        if process.is_alive():
            process.kill()


def _attached(work: Callable[..., None], settings: Settings, bound: socket.socket, first: bool, parent: int) -> None:
    """One of several processes; it stops when its parent has ended."""

    # default handlers until the server installs its own: a signal while starting just ends the process
    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, signal.SIG_DFL)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_RESTART)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="casework-parent", daemon=True).start()
    work(settings, bound, first=first)


def address(bound: socket.socket) -> str:
    """Where the server answers."""
    host, port, *_ = bound.getsockname()
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"
