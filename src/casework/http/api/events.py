"""API route of server-sent events that tell when the log has grown."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial

import msgspec
from litestar import Controller, get
from litestar.response import ServerSentEvent, ServerSentEventMessage

from casework.http.api.queries import Query
from casework.http.caller import caller_of, may_still_come
from casework.http.live import Watcher

_LONGEST = 12


class EventsController(Controller):
    """The stream of sizes."""

    path = "/"
    tags = ["log"]

    @get(
        "/events",
        needs="log.follow",
        media_type="text/event-stream",
        summary="动态  Says when the log has moved, and to which size (server-sent events)",
    )
    async def events(self, request: Query) -> ServerSentEvent:
        """`id` is the size of the log. `Last-Event-ID` resumes: a log that moved meanwhile says so at once."""
        given = request.headers.get("last-event-id", "").strip()
        seen = int(given) if given.isascii() and given.isdecimal() and len(given) <= _LONGEST else None
        watcher: Watcher = request.app.state.watcher
        return ServerSentEvent(_told(watcher, caller_of(request).log, seen, partial(may_still_come, request)))


async def _told(
    watcher: Watcher, log: str, seen: int | None, may_stay: Callable[[], Awaitable[bool]]
) -> AsyncIterator[ServerSentEventMessage]:
    async for size in watcher.sizes(log, seen, may_stay=may_stay):
        if size is None:
            yield ServerSentEventMessage(comment="still here", data=None)
        else:
            data = msgspec.json.encode({"log": log, "size": size}).decode()
            yield ServerSentEventMessage(event="moved", id=size, data=data)
