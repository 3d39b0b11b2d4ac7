"""Servers to measure, each in a process of its own.

`python -m tests.bench.serving echo|single`: settings by the environment, as the program itself takes them.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import msgspec
import uvicorn
from litestar import Litestar, post
from litestar.params import JSONBody

from casework import bootstrap
from casework.http import server
from casework.log import writer
from casework.settings import Settings, load
from tests.day import python_path

#: seconds within which a server is there, or level with its log
_STARTS = 120.0
GROUPED = ("-m", "casework", "serve", "--port", "0")
SINGLE = ("-m", "tests.bench.serving", "single")
ECHO = ("-m", "tests.bench.serving", "echo")


@contextmanager
def served(words: tuple[str, ...], folder: Path) -> Iterator[str]:
    """The address of a server started with these words, on the county in `folder`; stopped at the end."""
    root = Path(__file__).parents[2]
    environment = os.environ | {
        "CASEWORK_FOLDER": str(folder),
        "CASEWORK_LANGUAGE": "en",
        "CASEWORK_SERVER__PORT": "0",
        "CASEWORK_SERVER__TOKEN_RATE": "0",
        "PYTHONPATH": python_path(root / "src", root),
    }
    with (folder / "lines").open("ab") as lines:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=lines, text=True
        )
    assert process.stdout is not None
    try:
        said = process.stdout.readline()
        if not said.startswith("serving at "):
            raise RuntimeError(f"the server did not start: {(folder / 'lines').read_text()[-2000:]}")
        address = said.removeprefix("serving at ").strip()
        _wait(address)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def settle(address: str) -> None:
    """Wait until the server's counts are level with its log, so that none of its work falls into another's turn."""
    until = time.monotonic() + _STARTS
    while time.monotonic() < until:
        logs = httpx.get(f"{address}/health/ready", timeout=30).json()["logs"]
        if all(one["lag"] == 0 for log in logs.values() for one in log["projections"].values()):
            return
        time.sleep(0.1)
    raise RuntimeError("the counts did not come level with the log")


def _wait(address: str) -> None:
    until = time.monotonic() + _STARTS
    while True:
        try:
            httpx.get(f"{address}/health/live", timeout=5)
            return
        except httpx.TransportError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


class _Action(msgspec.Struct):
    action: str
    note: str


@post("/api/{log:str}/cases/{case:str}/actions", status_code=200)
async def _echo(data: JSONBody[_Action]) -> _Action:
    return data


def _serve_echo(settings: Settings) -> None:
    """The bare side: one route that decodes and encodes with msgspec, under the server's own configuration."""
    app = Litestar([_echo], openapi_config=None, logging_config=None)
    with server.listen(settings) as bound:
        print(f"serving at {server.address(bound)}", flush=True)
        uvicorn.Server(server.configured(app, settings)).run(sockets=[bound])


def _serve_single(settings: Settings) -> None:
    """Casework whose writer takes one command at a time: every request its own transaction."""
    writer.MAX_BATCH = 1
    bootstrap.serve(settings, lambda address: print(f"serving at {address}", flush=True))


if __name__ == "__main__":
    {"echo": _serve_echo, "single": _serve_single}[sys.argv[1]](load())
