"""API routes of the ledger of readings, for auditors and privacy officers."""

from __future__ import annotations

from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import FromQuery, QueryParameter

from casework.application.read_audit.query import MOST, AccessPage, accesses
from casework.http.api.queries import Query, asked, private, who


class AccessLedgerController(Controller):
    """The ledger of readings."""

    path = "/"
    tags = ["privacy"]

    @get("/access", needs="access-ledger.read", summary="查阅台账  Who read what is sealed, when, and why")
    async def access(
        self,
        request: Query,
        case: FromQuery[str] = "",
        actor: FromQuery[str] = "",
        day: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 100,
        after: FromQuery[str] = "",
    ) -> Response[AccessPage]:
        """The latest first; of a case, of a reader, of a county-local day. A token for an area sees its cases alone."""
        found = await asked(request, accesses, who(request), case=case, actor=actor, day=day, limit=limit, after=after)
        return private(found)
