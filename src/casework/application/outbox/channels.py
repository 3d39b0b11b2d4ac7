"""Channels for messages: JSON lines file, signed webhook, gateway's HTTP call.

What was not taken for certain may be sent again. What was cut off after it was on its way may have arrived: unknown.
"""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import os
import re
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, Protocol
from urllib.parse import quote, urlsplit

import msgspec
from msgspec import Struct

from casework.application.outbox.refusals import refused
from casework.settings import Settings

#: statuses that mean: not taken, try again later
_LATER = frozenset({408, 425, 429, 503})
_NAMES = re.compile(r"\{(phone|text|number|id)\}")
_PLAIN = re.compile(r"[!-~]+\Z")
_encode = msgspec.json.Encoder(order="sorted").encode


class Outgoing(Struct, frozen=True, kw_only=True):
    """A message as it goes out; `id` is the same however often it is sent."""

    id: str
    log: str
    kind: str
    number: str
    text: str
    at: str


class Outcome(Struct, frozen=True):
    """How it went: sent; again (it was not taken); refused (it never will be); unknown (it may have been taken)."""

    word: Literal["sent", "again", "refused", "unknown"]
    reason: str = ""


class Channel(Protocol):
    """A way out."""

    wants_phone: bool

    def send(self, message: Outgoing, phone: str) -> Outcome:
        """Send it once. PHONE is '' where the channel wants none."""
        ...


def channel_of(settings: Settings) -> Channel | None:
    """The way out that the operator has set; None for none."""
    of = settings.outbox
    match of.channel:
        case "":
            return None
        case "file":
            return _File(Path(of.file) if of.file else Path(settings.folder) / "outbox.jsonl")
        case "webhook":
            return _Webhook(_address(of.url), _secret(of.secret_file, "secret_file").encode(), of.timeout_seconds)
        case "gateway":
            authorization = _secret(of.authorization_file, "authorization_file") if of.authorization_file else ""
            return _Gateway(_address(of.url), of.body, of.content_type, authorization, of.timeout_seconds)
    raise refused("bad-outbox/channel", channel=of.channel)


class _File:
    wants_phone = False

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, message: Outgoing, phone: str) -> Outcome:
        try:
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return Outcome("again", "not_writable")
        try:
            os.write(descriptor, _encode(message) + b"\n")
            os.fsync(descriptor)
        except OSError:
            return Outcome("unknown", "not_written")
        finally:
            os.close(descriptor)
        return Outcome("sent")


class _Webhook:
    wants_phone = False

    def __init__(self, url: str, secret: bytes, timeout: float) -> None:
        self._url, self._secret, self._timeout = url, secret, timeout

    def send(self, message: Outgoing, phone: str) -> Outcome:
        body, now = _encode(message), int(time.time())
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": message.id,
            "Casework-Signature": f"t={now},v1={signature(self._secret, now, body)}",
        }
        return _call("POST", self._url, body, headers, self._timeout)


class _Gateway:
    wants_phone = True

    def __init__(self, url: str, body: str, content_type: str, authorization: str, timeout: float) -> None:
        self._url, self._body, self._type = url, body, content_type
        self._authorization, self._timeout = authorization, timeout

    def send(self, message: Outgoing, phone: str) -> Outcome:
        given = {"phone": phone, "text": message.text, "number": message.number, "id": message.id}
        headers = {"Idempotency-Key": message.id}
        if self._authorization:
            headers["Authorization"] = self._authorization
        url = filled(self._url, given, "application/x-www-form-urlencoded")
        if not self._body:
            return _call("GET", url, None, headers, self._timeout)
        body = filled(self._body, given, self._type).encode()
        return _call("POST", url, body, {**headers, "Content-Type": self._type}, self._timeout)


def signature(secret: bytes, at: int, body: bytes) -> str:
    """HMAC-SHA256 of the time and the body, in hex: a receiver computes the same, and refuses what is old."""
    return hmac.new(secret, b"%d." % at + body, hashlib.sha256).hexdigest()


def filled(template: str, given: Mapping[str, str], content_type: str) -> str:
    """The template with {phone}, {text}, {number} and {id}, written so that no value leaves its place."""
    if content_type.endswith("json"):
        return _NAMES.sub(lambda name: json.dumps(given[name[1]], ensure_ascii=False)[1:-1], template)
    if content_type == "application/x-www-form-urlencoded":
        return _NAMES.sub(lambda name: quote(given[name[1]], safe=""), template)
    return _NAMES.sub(lambda name: given[name[1]], template)


def _call(method: str, url: str, body: bytes | None, headers: Mapping[str, str], timeout: float) -> Outcome:
    """One HTTP request, never redirected; nothing of what is sent or answered is kept."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout)
    try:
        try:
            connection.connect()
        except OSError:
            return Outcome("again", "unreachable")
        try:
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, path, body, dict(headers))
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException) as why:
            return Outcome("unknown", "timeout" if isinstance(why, TimeoutError) else "cut_off")
    finally:
        connection.close()
    if status // 100 == 2:
        return Outcome("sent")
    if status in _LATER:
        return Outcome("again", f"http_{status}")
    return Outcome("unknown" if status >= 500 else "refused", f"http_{status}")


def _address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "{" in parts.netloc or not _PLAIN.match(url):
        raise refused("bad-outbox/address")
    return url


def _secret(path: str, name: str) -> str:
    try:
        found = Path(path).read_text("utf-8").strip() if path else ""
    except (OSError, UnicodeDecodeError):
        found = ""
    if not found:
        raise refused("bad-outbox/secret-file", name=name)
    return found
