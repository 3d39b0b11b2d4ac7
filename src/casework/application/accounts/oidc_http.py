"""Makes one HTTP call to the identity provider, bounded in time and size."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from casework.application.accounts.refusals import refused
from casework.application.runtime.problem import Problem

#: bytes of an answer; a set of keys has a few thousand
_LONGEST = 1 << 20
_SLICE = 1 << 16


class Away(Problem):
    """The identity provider does not answer, or nothing that can be read."""

    def __init__(self) -> None:
        super().__init__("issuer-away", *refused.sentences("issuer-away"))


def asked(
    url: str, timeout: float, body: bytes | None = None, headers: Mapping[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Status and JSON object that URL answers (a BODY is posted); follows no redirect. Raises Away.

    Certificates are looked at as this machine trusts them, a county's own authority among them.
    """
    until = time.monotonic() + timeout
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        sent = {"Accept": "application/json", "Connection": "close", **(headers or {})}
        connection.request("GET" if body is None else "POST", path, body, sent)
        with connection.getresponse() as answer:  # closed by itself: the connection lets go of one that ends with it
            said = msgspec.json.decode(_read(answer, until), type=dict[str, Any])
    except (OSError, http.client.HTTPException, ValueError):
        raise Away from None
    finally:
        connection.close()
    if 300 <= answer.status < 400 or answer.status >= 500:
        raise Away
    return answer.status, said


def _read(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The whole body; raises TimeoutError if it takes too long, ValueError if it is too large."""
    found = bytearray()
    while part := answer.read1(_SLICE):
        found += part
        if time.monotonic() > until:
            raise TimeoutError
        if len(found) > _LONGEST:
            raise ValueError
    return bytes(found)
