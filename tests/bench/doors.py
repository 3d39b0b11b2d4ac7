"""Row http: commands to the real server, against an echo and single commits."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from msgspec import Struct

from tests.bench import machine
from tests.bench.append import CALLERS
from tests.bench.crowd import crowded
from tests.bench.place import found_county
from tests.bench.serving import ECHO, GROUPED, SINGLE, served, settle
from tests.bench.table import Line, Rounds, Size, interleaved, rate
from tests.bench.wire import Ran, Script, driven

GOAL_ECHO, GOAL_SINGLE = 0.40, 2.5
CONNECTIONS = (1, 16, CALLERS, 256)
#: requests of one measurement; of the side that commits each by itself a quarter
_REQUESTS = 3_072


class Compared(Struct, frozen=True):
    """Two sides over the rounds: rates, and how long one waited on each."""

    rates: Rounds
    ours: str
    other: str


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Log an action with a sealed note, from 1 to 256 connections; and register a case."""
    callers = [some for some in CONNECTIONS if not quick or some <= CALLERS]
    most = 2 * CALLERS if quick else _REQUESTS
    grouped, single, echo = (folder / f"http-{name}" for name in ("grouped", "single", "echo"))
    crowds = {}
    for place in (grouped, single):
        found_county(place)
        crowds[place] = crowded(place, callers[-1])
    echo.mkdir()
    with ExitStack() as stack:
        at = {
            place: stack.enter_context(served(words, place))
            for place, words in ((grouped, GROUPED), (single, SINGLE), (echo, ECHO))
        }

        def acted(place: Path, many: int, requests: int) -> Callable[[], Ran]:
            return lambda: _settled(at[place], crowds.get(place, crowds[grouped]).acting(many), requests, place != echo)

        def registered() -> Ran:
            return _settled(at[grouped], crowds[grouped].registering(CALLERS), most // 2)

        for place in at:
            acted(place, CALLERS, CALLERS)()
        lines: list[Line] = []
        for many in callers:
            requests = min(most, 512 * many)
            found = _compare(size.rounds, acted(grouped, many, requests), acted(echo, many, requests))
            lines.append(
                Line(
                    row="http" if many == CALLERS else f"http-{many}",
                    what=f"durable log-action with a sealed note, {many} connections; {found.ours}",
                    ours=rate(found.rates.ours),
                    other=f"{rate(found.rates.other)} bare Litestar POST msgspec echo; {found.other}",
                    ratio=found.rates.ratio,
                    goal=GOAL_ECHO if many == CALLERS else None,
                )
            )
        found = _compare(size.rounds, acted(grouped, CALLERS, most), acted(single, CALLERS, most // 4))
        lines.append(
            Line(
                row="http-single",
                what=f"the same, {CALLERS} connections; {found.ours}",
                ours=rate(found.rates.ours),
                other=f"{rate(found.rates.other)} the same endpoint committing per request; {found.other}",
                ratio=found.rates.ratio,
                goal=GOAL_SINGLE,
            )
        )
        found = _compare(size.rounds, registered, acted(grouped, CALLERS, most))
        lines.append(
            Line(
                row="http-register",
                what=f"register-case with a sealed summary and person, {CALLERS} connections; {found.ours}",
                ours=rate(found.rates.ours),
                other=f"{rate(found.rates.other)} log-action; {found.other}",
                ratio=found.rates.ratio,
            )
        )
        fsyncs = machine.fdatasync_rate(folder)
        lines.append(
            Line(
                row="http-fdatasync",
                what="the same log-action ÷ durable 4 KiB writes, one after another",
                ours=rate(found.rates.other),
                other=f"{rate(fsyncs)} fdatasync",
                ratio=found.rates.other / fsyncs,
            )
        )
    return lines


def waited(runs: list[Ran], method: str = "POST") -> str:
    """The median and the 99th percentile of the waits."""
    half, most = (median(ran.at(share, method) for ran in runs) * 1000 for share in (0.5, 0.99))
    return f"p50 {half:.3g} ms, p99 {most:.3g} ms"


def _compare(rounds: int, ours: Callable[[], Ran], other: Callable[[], Ran]) -> Compared:
    runs: tuple[list[Ran], list[Ran]] = ([], [])

    def noted(side: int, run: Callable[[], Ran]) -> float:
        runs[side].append(run())
        return runs[side][-1].rate

    rates = interleaved(rounds, lambda _: noted(0, ours), lambda _: noted(1, other))
    return Compared(rates, waited(runs[0]), waited(runs[1]))


def _settled(address: str, scripts: list[Script], requests: int, has_counts: bool = True) -> Ran:
    ran = driven(address, scripts, max(1, requests // len(scripts)))
    if has_counts:
        settle(address)
    return ran
