"""Row http-growth: what a hundred times the history costs whoever opens a case over the API."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from sqlalchemy import select

from casework.change.tables import case_now
from tests.bench.doors import door
from tests.bench.growth import GOAL_CASE
from tests.bench.over_http import settled, token_of
from tests.bench.place import LOG, TOWNSHIPS, open_house
from tests.bench.places import derived
from tests.bench.table import Line, Size, interleaved
from tests.http.served import Served
from tests.http.wire import Connection, request

_CASES = 200


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """A case with its steps, and its timeline replayed: times at the larger history ÷ times at the smaller, in turn."""
    span = f"{size.large:,} ÷ {size.small:,} entries"
    with ExitStack() as stack:
        sides: list[tuple[Served, str, list[str]]] = []
        for entries in (size.small, size.large):
            place = derived(folder, entries)
            token, ids = _readable(place)
            server = stack.enter_context(door("casework", place))
            settled(server)
            sides.append((server, token, ids))

        def compare(row: str, what: str, path: str, goal: float | None = None) -> Line:
            def timed(side: int) -> float:
                server, token, ids = sides[side]
                asked = [request("GET", f"/api/{LOG}/cases/{id}{path}", token) for id in ids]
                return asyncio.run(_median(server.address, asked))

            for side in range(len(sides)):
                timed(side)
            found = interleaved(size.rounds, lambda _: timed(1), lambda _: timed(0))
            return Line(
                row=row,
                what=f"{what}, {span}",
                ours=f"{found.ours * 1000:.3g} ms",
                other=f"{found.other * 1000:.3g} ms",
                ratio=found.ratio,
                goal=goal,
                at_most=True,
            )

        return [
            compare("http-growth", "open one case with all its steps over the API", "", GOAL_CASE),
            compare("http-growth-timeline", "its timeline, each step with what it made of the facts", "/timeline"),
        ]


async def _median(address: str, asked: Sequence[bytes]) -> float:
    """Seconds from the request to the last byte of its answer: the median, one after another on one connection."""
    connection = await Connection.to(address)
    times: list[float] = []
    try:
        for one in asked:
            began = time.perf_counter()
            reply = await connection.ask(one)
            times.append(time.perf_counter() - began)
            if reply.status != 200:
                raise RuntimeError(f"a case was answered with {reply.status}")
    finally:
        connection.close()
    return median(times)


def _readable(folder: Path) -> tuple[str, list[str]]:
    """A dispatcher's token, and ids of cases of the same township, a fair sample since ids are random."""
    place = TOWNSHIPS[0]
    house = open_house(folder)
    try:
        of = case_now.c
        with house.engine.connect() as db:
            wanted = select(of.stream).where(of.log == LOG, of.township == place).order_by(of.stream).limit(_CASES)
            streams = list(db.scalars(wanted))
        return token_of(house, place, "dispatcher", 0), [stream.removeprefix("case/") for stream in streams]
    finally:
        house.close()
