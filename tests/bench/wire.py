"""A minimal HTTP/1.1 client for loopback, one request at a time per connection.

Client and server share the machine, so what the client takes is missing on both sides of a comparison.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

#: seconds after which a request that was not answered ends the measurement
PATIENCE = 60.0

#: what a connection sends in its turn: by number of the turn, from 0
Script = Callable[[int], bytes]


class Ran(Struct, frozen=True):
    """What came of many requests: answers per second, the seconds of each by method, and how many of each status."""

    rate: float
    times: dict[str, list[float]]
    statuses: dict[int, int]

    def at(self, share: float, method: str = "GET") -> float:
        """Seconds within which that share of a method's requests was answered: at(0.99, "POST")."""
        times = sorted(self.times[method])
        return times[min(len(times) - 1, int(share * len(times)))]


def request(method: str, path: str, token: str = "", body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request; header names with `_` for `-`."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    if token:
        lines.append(f"Authorization: Bearer {token}")
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body or method != "GET":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Line(asyncio.Protocol):
    """One connection. `ask` sends a request and waits for the whole of its answer."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._came = b""
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(exc or ConnectionError("the server hung up"))

    def data_received(self, data: bytes) -> None:
        came = self._came = self._came + data if self._came else data
        end = came.find(b"\r\n\r\n")
        if end < 0 or self._answer is None:
            return
        head = came[:end].lower()
        place = head.find(b"content-length:")
        if place < 0:
            raise ValueError("answers without a length are not expected here")
        whole = end + 4 + int(head[place + 15 :].partition(b"\r\n")[0])
        if len(came) >= whole:
            self._came = b""
            if not self._answer.done():
                self._answer.set_result((int(came[9:12]), came[end + 4 : whole]))

    def ask(self, sent: bytes) -> asyncio.Future[tuple[int, bytes]]:
        """Send, and await (status, body)."""
        assert self._transport is not None
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(sent)
        return self._answer

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()


async def dial(address: str) -> Line:
    """A connection to `http://host:port`."""
    where = urlsplit(address)
    _, line = await asyncio.get_running_loop().create_connection(Line, where.hostname or "", where.port or 80)
    return line


async def drive(address: str, scripts: Sequence[Script], each: int, patience: float = PATIENCE) -> Ran:
    """One connection per script, all at once, so many turns each."""
    lines = [await dial(address) for _ in scripts]
    times: dict[str, list[float]] = {"GET": [], "POST": []}
    statuses: Counter[int] = Counter()

    async def work(line: Line, script: Script) -> None:
        for turn in range(each):
            sent = script(turn)
            began = time.perf_counter()
            status, _ = await line.ask(sent)
            times["GET" if sent.startswith(b"GET") else "POST"].append(time.perf_counter() - began)
            statuses[status] += 1

    began = time.perf_counter()
    try:
        async with asyncio.timeout(patience + 0.1 * each * len(scripts)):
            await asyncio.gather(*map(work, lines, scripts))
    finally:
        for line in lines:
            line.close()
    return Ran(each * len(scripts) / (time.perf_counter() - began), times, dict(statuses))


def driven(address: str, scripts: Sequence[Script], each: int) -> Ran:
    """The same from outside a loop."""
    return good(asyncio.run(drive(address, scripts, each)))


def good(ran: Ran) -> Ran:
    """The same, if every answer was one of success."""
    if set(ran.statuses) - {200, 201}:
        raise RuntimeError(f"not every request was answered well: {ran.statuses}")
    return ran
