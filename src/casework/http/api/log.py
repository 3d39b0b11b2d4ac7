"""API routes of the log: stored entries, and server-sent events of its size."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

import msgspec
from litestar import Controller, Response, get
from litestar.params import QueryParameter
from litestar.response import ServerSentEvent, ServerSentEventMessage

from casework.application.operations.entries import MOST, stretch
from casework.http.api.queries import Query, asked, private, who
from casework.http.caller import caller_of, may_still_come

MEDIA_TYPE = "application/x-ndjson"
#: digits of a `Last-Event-ID` that is read as a size
_LONGEST = 12


class LogController(Controller):
    """The stored entries, and the stream of sizes."""

    path = "/"
    tags = ["log"]

    @get(
        "/entries",
        needs="log.read",
        media_type=MEDIA_TYPE,
        summary="账目原文  Entries as they are stored, for auditors",
    )
    async def entries(
        self,
        request: Query,
        since: Annotated[int, QueryParameter(ge=0)] = 0,
        until: Annotated[int | None, QueryParameter(ge=0)] = None,
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 1000,
    ) -> Response[bytes]:
        """Line n (from 0) is entry `since` + n: its SHA-256 with the leaf prefix is the leaf of the tree.

        `Casework-Size` is the size of the log; `Link: …; rel="next"` leads on, and is missing at the end.
        """
        found = await asked(request, stretch, who(request), since=since, until=until, limit=limit)
        headers = {"Casework-Size": str(found.size), "Casework-Next": str(found.until)}
        if found.until < (found.size if until is None else until):
            upto = "" if until is None else f"&until={until}"
            headers["Link"] = f'<?since={found.until}{upto}&limit={limit}>; rel="next"'
        return private(b"".join(b"%b\n" % entry for entry in found.entries), media_type=MEDIA_TYPE, headers=headers)

    @get(
        "/events",
        needs="log.follow",
        media_type="text/event-stream",
        summary="动态  Says when the log has moved, and to which size (server-sent events)",
    )
    async def events(self, request: Query) -> ServerSentEvent:
        """`id` is the size of the log. `Last-Event-ID` resumes: a log that moved meanwhile says so at once."""
        return ServerSentEvent(_messages(request))


async def _messages(request: Query) -> AsyncIterator[ServerSentEventMessage]:
    """An event for each size beyond the one that the client saw last; a comment where nothing moves for a while."""
    log, given = caller_of(request).log, request.headers.get("last-event-id", "").strip()
    seen = int(given) if given.isascii() and given.isdecimal() and len(given) <= _LONGEST else None
    async for size in request.app.state.watcher.sizes(log, seen, may_stay=lambda: may_still_come(request)):
        if size is None:
            yield ServerSentEventMessage(comment="still here", data=None)
        else:
            data = msgspec.json.encode({"log": log, "size": size}).decode()
            yield ServerSentEventMessage(event="moved", id=size, data=data)
