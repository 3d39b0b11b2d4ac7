"""Clients that hold connections: listeners, slow senders and slow readers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlsplit

#: seconds between two bytes of a client that is slow in asking
DRIP = 0.05
#: questions that a client sends at once whose answers it never reads
_UNREAD = 50


@dataclass
class Heard:
    """Counts of listeners, of sizes received, and of streams that the server ended in order."""

    listening: int = 0
    told: int = 0
    ended: int = 0


async def listen(address: str, log: str, token: str, heard: Heard) -> None:
    """Listen to a log until the server ends it."""
    reader, writer = await _dial(address)
    try:
        writer.write(_head("GET", f"/api/{log}/events", token) + b"\r\n")
        async for line in reader:
            if line.startswith(b"HTTP/1.1 200"):
                heard.listening += 1
            elif line.startswith(b"event: moved"):
                heard.told += 1
        heard.ended += 1
    finally:
        writer.close()


async def drip(address: str, log: str, token: str) -> None:
    """Ask so slowly that the question never ends: a header of one byte after another."""
    reader, writer = await _dial(address)
    try:
        for byte in cycle(_head("POST", f"/api/{log}/cases", token) + b"X-Slow: "):
            writer.write(bytes([byte if byte not in b"\r\n" else 32]))
            await writer.drain()
            if reader.at_eof():
                return
            await asyncio.sleep(DRIP)
    finally:
        writer.close()


async def stall(address: str, log: str, token: str) -> None:
    """Promise a body, and never send more than its first byte."""
    reader, writer = await _dial(address)
    try:
        writer.write(_head("POST", f"/api/{log}/cases", token) + b"Content-Length: 1000\r\n\r\n{")
        await reader.read()
    finally:
        writer.close()


async def never_read(address: str, log: str, token: str) -> None:
    """Ask for long answers and read none of them."""
    reader, writer = await _dial(address)
    transport = writer.transport
    assert isinstance(transport, asyncio.ReadTransport)
    transport.pause_reading()
    try:
        writer.write((_head("GET", f"/api/{log}/cases?limit=200", token) + b"\r\n") * _UNREAD)
        while not reader.at_eof():
            await asyncio.sleep(DRIP)
    finally:
        writer.close()


@asynccontextmanager
async def beside(address: str, log: str, token: str, listeners: int, slow: int) -> AsyncIterator[Heard]:
    """So many listeners, and as many clients slow in asking, in finishing and in reading, in turn."""
    heard = Heard()
    ways: list[Callable[[str, str, str], Awaitable[None]]] = [drip, stall, never_read]
    async with AsyncExitStack() as stack:
        tasks = [asyncio.ensure_future(listen(address, log, token, heard)) for _ in range(listeners)]
        tasks += [asyncio.ensure_future(ways[place % 3](address, log, token)) for place in range(slow)]

        async def leave() -> None:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError, OSError):
                    await task

        stack.push_async_callback(leave)
        async with asyncio.timeout(30):
            while heard.listening < listeners:
                await asyncio.sleep(0.01)
        yield heard


async def _dial(address: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    where = urlsplit(address)
    return await asyncio.open_connection(where.hostname, where.port)


def _head(method: str, path: str, token: str) -> bytes:
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n".encode()
