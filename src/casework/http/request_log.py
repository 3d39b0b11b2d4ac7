"""Logs one line per request: id, actor, route, status, milliseconds."""

from __future__ import annotations

import asyncio
import random
import re
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
import structlog
from litestar.types import ASGIApp, Message, Receive, Scope, Send

# at least one letter: digits alone could be an identity number
_ID = re.compile(rb"(?=.*[a-f])[0-9a-f]{16,32}\Z")
_KEY = "casework.request"
_encode = msgspec.json.Encoder().encode
#: called for each request: method, route template, status, seconds
Observe = Callable[[str, str, int, float], None]
Logger = Any  # structlog's bound loggers have no type of their own


def logger_to(stream: Any) -> Logger:
    """A logger that writes one line of JSON per event to a binary stream."""
    return structlog.wrap_logger(
        structlog.BytesLogger(stream),
        processors=[
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            structlog.processors.add_log_level,
            structlog.processors.JSONRenderer(serializer=lambda event, **_: _encode(event)),
        ],
        wrapper_class=structlog.BoundLogger,
        cache_logger_on_first_use=True,
    )


class Gathered:
    """A binary stream that buffers lines and writes many at once, a moment later."""

    def __init__(self, stream: BinaryIO, after: float = 0.05) -> None:
        self._stream = stream
        self._after = after
        self._lines: list[bytes] = []
        self._waits = False

    def write(self, line: bytes) -> int:
        """Take a line."""
        self._lines.append(line)
        return len(line)

    def flush(self) -> None:
        """Pass on soon; at once where no event loop runs."""
        if self._waits:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.empty()
            return
        self._waits = True
        loop.call_later(self._after, self.empty)

    def empty(self) -> None:
        """Pass on everything."""
        self._waits = False
        lines, self._lines = self._lines, []
        self._stream.write(b"".join(lines))
        self._stream.flush()


class AccessLog:
    """Middleware around the whole application, so that requests without a route are logged too."""

    def __init__(self, app: ASGIApp, logger: Logger, observe: Observe | None = None) -> None:
        self._app = app
        self._logger = logger
        self._observe = observe

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        seen = cast("dict[str, Any]", scope)
        method = str(seen["method"])
        given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
        # an id, no secret: the system's randomness would release the interpreter's lock
        id = given.decode() if _ID.match(given) else f"{random.getrandbits(64):016x}"
        seen[_KEY] = id
        status = 0

        async def answering(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", id.encode())]
            await send(message)

        try:
            await self._app(scope, receive, answering)
        finally:
            caller = seen.get("user")
            took = time.perf_counter() - began
            if self._observe is not None:
                self._observe(method, seen.get("path_template") or "", status, took)
            self._logger.info(
                "request",
                request=id,
                actor=caller.actor if caller is not None else "",
                method=method,
                route=seen.get("path_template") or "",
                status=status,
                ms=round(took * 1000, 2),
            )


def request_id(scope: Any) -> str:
    """Id of the request, as its line in the log has it."""
    return scope.get(_KEY, "")


def fault(scope: Any, error: BaseException) -> None:
    """Log an unexpected error: its type and place, without its message, which might quote personal data."""
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    logger = scope["litestar_app"].state.logger
    # `where`, since `at` is the time of the line
    logger.error("fault", request=request_id(scope), kind=type(error).__name__, where=places[-8:])
