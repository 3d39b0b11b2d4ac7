"""What routes that ask share: a thread to run in, the reader, filters, uncached answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, ParamSpec, TypeVar

import litestar
from litestar import Request
from litestar.response import Response
from msgspec.structs import replace

from casework.application.access.actor import Actor, Visit
from casework.http.caller import caller_of
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.http.request_log import request_id

P = ParamSpec("P")
T = TypeVar("T")

Query = Request[Any, Any, Any]
#: the reason of a reading is a code, since no row of the access ledger can be erased
_REASON = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")


#: a POST that asks or acts, where nothing new gets an address of its own
post = partial(litestar.post, status_code=200)


async def asked(request: Query, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """FUNCTION (runtime, log, …) answered in a thread."""
    server = server_state_of(request)
    return await server.in_thread(function, server.runtime, caller_of(request).log, *args, **kwargs)


def who(request: Query) -> Actor:
    """The reader with source and request id for the access ledger, and the reason that `Casework-Reason` gives."""
    reason = request.headers.get("casework-reason", "")
    if reason and not _REASON.match(reason):
        raise refused("bad-header/reason")
    source = "api" if request.url.path.startswith("/api/") else "page"
    visit = Visit(source=source, request=request_id(request.scope), reason=reason)
    return replace(caller_of(request).person, visit=visit)


def filters(request: Query, known: Collection[str]) -> dict[str, list[str]]:
    """Parameters of the address that are none of KNOWN: filters, each with all its values."""
    found: dict[str, list[str]] = {}
    for name, value in request.query_params.multi_items():
        if name not in known:
            found.setdefault(name, []).append(value)
    return found


def private(content: T, *, file: str = "", headers: Mapping[str, str] | None = None, **more: Any) -> Response[T]:
    """An answer that no cache keeps: it is this caller's alone; under the name FILE a browser saves it."""
    named = {"Content-Disposition": f'attachment; filename="{file}"'} if file else {}
    return Response(content, headers={"Cache-Control": "no-store", **named, **(headers or {})}, **more)
