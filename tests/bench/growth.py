"""Row growth: what a hundred times the history costs cases, figures and appends."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import select

from casework.application.cases.open_case import open_case
from casework.application.commands.handle import handle
from casework.application.figures.answers import CountyQuestion
from casework.application.figures.ask import ask
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from tests.bench.append import CALLERS, many, request_action, request_case
from tests.bench.place import LOG, open_runtime, opened_on
from tests.bench.places import derived, tallies
from tests.bench.table import Line, Size, interleaved

GOAL_CASE, GOAL_NOW = 1.5, 3.0
_CASES = 200


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Times at the larger history ÷ times at the smaller, in turn."""
    small, large = size.small, size.large
    with ExitStack() as stack:
        houses: list[Runtime] = []
        for entries in (small, large):
            runtime = open_runtime(derived(folder, entries))
            stack.callback(runtime.close)
            houses.append(runtime)
        span = f"{large:,} ÷ {small:,} entries"
        return [
            _compare(houses, size.rounds, "growth-case", f"open one case with its timeline, {span}", _open, GOAL_CASE),
            _compare(houses, size.rounds, "growth-now", f"all shipped tallies, now, {span}", _now, GOAL_NOW),
            _compare(houses, size.rounds, "growth-range", f"the same over the last 90 days, {span}", _range),
            _compare(houses, size.rounds, "growth-append", f"one log-action of {CALLERS} callers, {span}", _append),
        ]


def _compare(
    houses: list[Runtime],
    rounds: int,
    row: str,
    what: str,
    timed: Callable[[Runtime], float],
    goal: float | None = None,
) -> Line:
    for runtime in houses:
        timed(runtime)
    found = interleaved(rounds, lambda _: timed(houses[1]), lambda _: timed(houses[0]))
    return Line(
        row=row,
        what=what,
        ours=f"{found.ours * 1000:.3g} ms",
        other=f"{found.other * 1000:.3g} ms",
        ratio=found.ratio,
        goal=goal,
        at_most=True,
    )


def _open(runtime: Runtime) -> float:
    """Seconds to open a case, the median of many spread over the county: each with some eight entries."""
    with runtime.engine.connect() as db:
        # streams are random: the first after evenly spread marks are a fair sample at any length
        marks = [f"case/{place * 4096 // _CASES:03x}" for place in range(_CASES)]
        streams = [
            db.scalar(select(case_now.c.stream).where(case_now.c.log == LOG, case_now.c.stream >= mark).limit(1))
            for mark in marks
        ]
    times: list[float] = []
    for stream in streams:
        began = time.perf_counter()
        if stream is not None:
            open_case(runtime, LOG, stream)
        times.append(time.perf_counter() - began)
    return median(times)


def _now(runtime: Runtime) -> float:
    began = time.perf_counter()
    for projection in tallies():
        ask(runtime, LOG, projection.name)
    return time.perf_counter() - began


def _range(runtime: Runtime) -> float:
    last = opened_on().date() + timedelta(days=300)
    since = date.isoformat(last - timedelta(days=90))
    began = time.perf_counter()
    for projection in tallies():
        ask(runtime, LOG, projection.name, CountyQuestion(since=since, until=last.isoformat()))
    return time.perf_counter() - began


def _append(runtime: Runtime) -> float:
    cases = [handle(runtime, request_case(caller)).stream for caller in range(CALLERS)]
    return 1 / many(runtime, [request_action(caller, case) for caller, case in enumerate(cases)], 4)
