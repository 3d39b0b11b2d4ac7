"""API route of stored entries, one a line, byte for byte."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import QueryParameter

from casework.application.operations.entries import MOST, stretch
from casework.http.api.queries import Query, asked, private, who

MEDIA_TYPE = "application/x-ndjson"


class EntriesController(Controller):
    """The stored entries."""

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
