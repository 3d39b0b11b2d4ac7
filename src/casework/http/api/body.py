"""Reads a request's body up to the limit, and sends JSON bytes.

Hot path: Litestar's own request and response do the same at greater cost.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from litestar.exceptions import ClientException
from litestar.types import HTTPResponseBodyEvent, HTTPResponseStartEvent, Receive, Scope, Send

from casework.http.refusals import refused

JSON = "application/json"
_JSON = JSON.encode()

Headers = Mapping[bytes, bytes]


class Sent:
    """A response of JSON bytes."""

    __slots__ = ("_body", "_headers", "_status")

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._status = status
        self._body = body
        self._headers = [
            (b"content-type", _JSON),
            (b"content-length", str(len(body)).encode()),
            *((name.encode(), value.encode("latin-1")) for name, value in headers.items()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: HTTPResponseStartEvent = {
            "type": "http.response.start",
            "status": self._status,
            "headers": self._headers,
        }
        body: HTTPResponseBodyEvent = {"type": "http.response.body", "body": self._body, "more_body": False}
        await send(start)
        await send(body)


def headers_of(scope: Scope) -> Headers:
    """The request's headers by name, in lower case; of one that came twice the last."""
    return dict(cast("list[tuple[bytes, bytes]]", scope["headers"]))


async def body_of(headers: Headers, receive: Receive, limit: int) -> bytes:
    """The whole body, which is JSON where there is one; 413 as soon as it is known to be too long."""
    announced = headers.get(b"content-length", b"")
    if announced.isdigit() and int(announced) > limit:
        raise refused("body-too-large", limit=limit)
    parts: list[bytes] = []
    read = 0
    while True:
        event = await receive()
        if event["type"] == "http.disconnect":
            raise ClientException("the client went away")
        if event["type"] == "http.request":
            part = event.get("body", b"")
            read += len(part)
            if read > limit:
                raise refused("body-too-large", limit=limit)
            parts.append(part)
            if not event.get("more_body", False):
                break
    body = parts[0] if len(parts) == 1 else b"".join(parts)
    kind = headers.get(b"content-type", _JSON)
    if body and kind != _JSON and kind.partition(b";")[0].strip().lower() != _JSON:
        named = kind.decode("latin-1")[:80]
        raise refused("not-json-type", json=JSON, unit=named)
    return body
