"""Row http: commands over the API from many connections at once, against the bare way in and out of the same server."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

import httpx
import msgspec

from casework.application import tokens
from casework.application.handle import prepare
from casework.application.house import House
from tests.bench import peer
from tests.bench.append import request_case
from tests.bench.doors import door
from tests.bench.place import LOG, TOWNSHIPS, cadre, found_county, open_house
from tests.bench.table import Line, Rounds, Size, interleaved, rate
from tests.http.served import STARTS, Served
from tests.http.wire import Ask, many, request

CONNECTIONS = 64
#: also measured, without a goal
OTHERS = (1, 16, 256)
GOAL_ECHO, GOAL_ALONE = 0.4, 2.5
_NOTE = msgspec.json.encode({"action": "visit", "note": peer.NOTE})


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Log an action with a sealed note, each connection on a case of its own; and beside it, register a case."""
    seconds = 0.2 if quick else 3.0
    with ExitStack() as stack:
        asks: dict[str, Sequence[Ask]] = {}
        for name in ("casework", "alone"):
            place = folder / f"http-{name}"
            found_county(place)
            asks[name], asks[f"{name}-register"] = _requests(place, max(CONNECTIONS, *OTHERS))
        asks["echo"] = [_asking("/echo", "", _NOTE) for _ in asks["casework"]]
        servers = {
            name: stack.enter_context(door(name, folder / f"http-{name}")) for name in ("casework", "alone", "echo")
        }

        def side(name: str, connections: int) -> Callable[[int], float]:
            server, some = servers[name.partition("-")[0]], asks[name][:connections]
            return lambda _: _rate(server, some, seconds)

        def compare(ours: str, other: str, connections: int = CONNECTIONS) -> Compared:
            sides = side(ours, connections), side(other, connections)
            for warm in sides:
                warm(0)
            began, worked = time.perf_counter(), time.process_time()
            rounds = interleaved(size.rounds, *sides)
            return Compared(rounds, (time.process_time() - worked) / (time.perf_counter() - began))

        lines = [
            compare("casework", "echo", connections).line(
                "http" if connections == CONNECTIONS else f"http-{connections}",
                f"log-action with a sealed note over the API, SQLite FULL, {_said(connections)}",
                "bare Litestar POST echo, the same body on the same server",
                GOAL_ECHO if connections == CONNECTIONS else None,
            )
            for connections in (CONNECTIONS, *OTHERS)
        ]
        lines.append(
            compare("casework", "alone").line(
                "http-alone", f"the same, {_said(CONNECTIONS)}", "the same endpoint, a commit for each", GOAL_ALONE
            )
        )
        lines.append(
            compare("casework-register", "casework").line(
                "http-register",
                f"register-case with a sealed summary and person, {_said(CONNECTIONS)}",
                "log-action over the API",
            )
        )
        return lines


class Compared(msgspec.Struct, frozen=True):
    """Both sides of each round, and how busy the client was meanwhile, in processors."""

    rounds: Rounds
    client: float

    def line(self, row: str, what: str, other: str, goal: float | None = None) -> Line:
        """The line of the table."""
        return Line(
            row=row,
            what=f"{what}; client {self.client:.0%} of a processor",
            ours=rate(self.rounds.ours),
            other=f"{rate(self.rounds.other)} {other}",
            ratio=self.rounds.ratio,
            goal=goal,
        )


def settled(server: Served) -> None:
    """Wait until its figures have caught up: what one side left to do is not to slow the other."""
    until = time.monotonic() + STARTS
    while time.monotonic() < until:
        logs = httpx.get(f"{server.address}/health/ready", timeout=STARTS).json()["logs"]
        if all(one["lag"] == 0 for log in logs.values() for one in log["projections"].values()):
            return
        time.sleep(0.05)
    raise RuntimeError(f"the figures of {server.folder.name} did not catch up")


def token_of(house: House, township: str, role: str, number: int) -> str:
    """A token for one of the cadres of a township."""
    return tokens.create(house, LOG, cadre(township, number), role, made_by="bench").token


def _rate(server: Served, asks: Sequence[Ask], seconds: float) -> float:
    """Answers per second, all of them good ones; the figures are level again before it returns."""
    crowd = asyncio.run(many(server.address, asks, seconds))
    if set(crowd.statuses) - {200, 201}:
        raise RuntimeError(f"{server.folder.name} answered {dict(crowd.statuses)}")
    if "echo" not in server.folder.name:
        settled(server)
    return crowd.per_second


def _requests(folder: Path, connections: int) -> tuple[list[Ask], list[Ask]]:
    """What each connection sends: actions on a case of its own, and cases to register, by people of its township."""
    house = open_house(folder)
    try:
        ready = [prepare(house, request_case(caller)) for caller in range(connections)]
        for outcome in house.writer.append_now(ready):
            if isinstance(outcome, Exception):
                raise outcome
        actors = [token_of(house, place, "cadre", 1) for place in TOWNSHIPS]
        clerks = [token_of(house, place, "dispatcher", 0) for place in TOWNSHIPS]
    finally:
        house.close()
    acts, registers = [], []
    for caller, one in enumerate(ready):
        place = caller % len(TOWNSHIPS)
        id = one.command.case.removeprefix("case/")  # type: ignore[attr-defined]
        acts.append(_asking(f"/api/{LOG}/cases/{id}/actions", actors[place], _NOTE))
        registers.append(_asking(f"/api/{LOG}/cases", clerks[place], _case(caller)))
    return acts, registers


def _case(caller: int) -> bytes:
    return msgspec.json.encode(request_case(caller).members)


def _asking(path: str, token: str, body: bytes) -> Ask:
    """The same request again and again, each time as another command."""
    mark = "0" * 32
    head, tail = request("POST", path, token, body, Idempotency_Key=mark).split(mark.encode())
    return lambda: b"%s%032x%s" % (head, random.getrandbits(128), tail)


def _said(connections: int) -> str:
    return f"{connections} connection{'s' if connections > 1 else ''}"
