"""The servers that are compared, each a process of its own: casework, the same committing every command on its own, and
a bare Litestar route that decodes with msgspec what it is sent and sends it back. All three run under the same uvicorn.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

from litestar import Litestar, get, post
from litestar.datastructures import State
from msgspec import Struct

from casework import bootstrap
from casework.http import server
from casework.log import writer
from casework.settings import Server, Settings, load
from tests.http.served import CASEWORK, Served

_ROOT = Path(__file__).parents[2]


@contextmanager
def door(name: str, folder: Path) -> Iterator[Served]:
    """The server of that name (casework, alone, echo) at work in FOLDER; gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    program = CASEWORK if name == "casework" else ("-m", "tests.bench.doors", name)
    with Served(folder, {"CASEWORK_FOLDER": str(folder), "PYTHONPATH": str(_ROOT)}, program=program).running() as one:
        yield one


class Sent(Struct):
    """What is sent to log an action."""

    action: str
    note: str


@post("/echo", status_code=200)
async def _echo(data: Sent) -> Sent:
    return data


@get("/health/ready")
async def _ready() -> None:
    return None


def echo() -> None:
    """Nothing but the way in and out: routing, decoding, encoding."""
    settings = Settings(server=Server(port=0))
    # all that the server asks of an application is where to say that it stops
    state = State({"door": SimpleNamespace(closing=asyncio.Event())})
    app = Litestar([_echo, _ready], openapi_config=None, logging_config=None, state=state)
    with server.listen(settings) as bound:
        _say(server.address(bound))
        server.run(app, settings, bound)


def alone() -> None:
    """Casework, whose writer takes one command at a time: a commit for each request."""
    writer.MAX_BATCH = 1
    settings = load()
    bootstrap.serve(Settings(folder=settings.folder, server=Server(port=0)), _say)


def _say(where: str) -> None:
    print(f"serving at {where}", flush=True)


if __name__ == "__main__":
    {"echo": echo, "alone": alone}[sys.argv[1]]()
