"""A client of many raw HTTP/1.1 connections kept alive."""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence

from msgspec import Struct

#: returns the next request of a connection
Ask = Callable[[], bytes]
#: seconds after which a missing answer counts as a stuck server
PATIENCE = 60.0


class Reply(Struct, frozen=True):
    """What was answered; header names in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


def request(method: str, path: str, token: str = "", body: bytes = b"", **headers: str) -> bytes:
    """A whole request; header names with `_` for `-`."""
    named = {"Host": "localhost", "Accept-Language": "en"}
    if token:
        named["Authorization"] = f"Bearer {token}"
    if body:
        named |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


class Connection:
    """One connection to a server at `http://host:port`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    @classmethod
    async def to(cls, address: str) -> "Connection":
        host, _, port = address.removeprefix("http://").rpartition(":")
        return cls(*await asyncio.open_connection(host, int(port)))

    def send(self, some: bytes) -> None:
        """Put bytes on the wire, a whole request or a part of one."""
        self._writer.write(some)

    async def reply(self) -> Reply:
        """The next answer, as long as its Content-Length says; ConnectionError when the server hangs up first."""
        try:
            async with asyncio.timeout(PATIENCE):
                first, *lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = dict(line.lower().split(": ", 1) for line in lines if line)
                body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        except asyncio.IncompleteReadError as why:
            raise ConnectionError("the server hung up") from why
        return Reply(int(first.split(" ", 2)[1]), headers, body)

    async def ask(self, whole: bytes) -> Reply:
        """Send a request and wait for its answer."""
        self.send(whole)
        return await self.reply()

    async def hears(self, mark: bytes) -> None:
        """Read until MARK has come; TimeoutError when it does not."""
        heard = b""
        async with asyncio.timeout(PATIENCE):
            while mark not in heard:
                heard += await self._reader.read(65536)

    async def to_the_end(self) -> bytes:
        """All further bytes until the server hangs up."""
        try:
            return await self._reader.read()
        except ConnectionError:
            return b""

    def deafen(self) -> None:
        """Read nothing from now on."""
        self._writer.transport.pause_reading()  # type: ignore[attr-defined]

    def close(self) -> None:
        """Hang up at once."""
        self._writer.transport.abort()


async def many(address: str, asks: Sequence[Ask], seconds: float) -> Counter[int]:
    """Counts of answers by status: one connection for each of ASKS, for so many seconds."""
    loop = asyncio.get_running_loop()
    statuses: Counter[int] = Counter()
    connections = await asyncio.gather(*(Connection.to(address) for _ in asks))
    began = loop.time()

    async def work(connection: Connection, ask: Ask) -> None:
        while True:  # each sends at least one request, also on a busy machine
            statuses[(await connection.ask(ask())).status] += 1
            if loop.time() - began >= seconds:
                return

    try:
        await asyncio.gather(*(work(*one) for one in zip(connections, asks, strict=True)))
        return statuses
    finally:
        for connection in connections:
            connection.close()
