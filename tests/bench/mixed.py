"""Rows http-growth and http-mixed: questions over HTTP, alone and beside other work."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from pathlib import Path

from tests.bench.crowd import Crowd, Mixed, number, spread
from tests.bench.doors import waited
from tests.bench.place import LOG, SUPERVISOR, open_runtime
from tests.bench.places import derived
from tests.bench.serving import GROUPED, served, settle
from tests.bench.table import Line, Size, interleaved, rate
from tests.bench.wire import Ran, Script, drive, driven, good, request
from tests.http.bystanders import beside

GOAL_CASE = 1.5
CALLERS = 32
LISTENERS, SLOW = 20, 5
_CASES = 200


def growth(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Open one case with all its steps, in a long history and in a short one."""
    scripts: dict[int, Script] = {}
    cases = 20 if quick else _CASES
    with ExitStack() as stack:
        at: dict[int, str] = {}
        for entries in (size.small, size.large):
            place = derived(folder, entries)
            runtime = open_runtime(place)
            try:
                token = Crowd(runtime).token(SUPERVISOR, "supervisor")
                opened = [
                    request("GET", f"/api/{LOG}/cases/{number(case)}", token) for case, _ in spread(runtime, cases)
                ]
                scripts[entries] = opened.__getitem__
            finally:
                runtime.close()
            if entries not in at:
                at[entries] = stack.enter_context(served(GROUPED, place))
                settle(at[entries])

        def waited_for(entries: int) -> float:
            """Seconds for a case, the median of many spread over the county."""
            return driven(at[entries], [scripts[entries]], cases).at(0.5)

        for entries in at:
            waited_for(entries)
        found = interleaved(size.rounds, lambda _: waited_for(size.large), lambda _: waited_for(size.small))
    return [
        Line(
            row="http-growth",
            what=f"open one case with its whole timeline, {size.large:,} ÷ {size.small:,} entries",
            ours=f"{found.ours * 1000:.3g} ms",
            other=f"{found.other * 1000:.3g} ms",
            ratio=found.ratio,
            goal=GOAL_CASE,
            at_most=True,
        )
    ]


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Four questions to each command, among listeners and slow clients, against the same without these."""
    each = 5 if quick else 100
    place = derived(folder, size.usual)
    runtime = open_runtime(place)
    try:
        mixed = Mixed(runtime)
        listener = Crowd(runtime).token(SUPERVISOR, "supervisor")
    finally:
        runtime.close()
    runs: dict[bool, list[Ran]] = {True: [], False: []}
    with served(GROUPED, place) as address:
        settle(address)

        def asked(crowded: bool) -> float:
            ran = asyncio.run(_among(address, mixed.scripts(CALLERS), each, listener if crowded else ""))
            settle(address)
            runs[crowded].append(ran)
            return ran.rate

        asked(False)
        runs[False].clear()
        found = interleaved(size.rounds, lambda _: asked(True), lambda _: asked(False))
    return [
        Line(
            row="http-mixed",
            what=f"{size.usual:,} entries, {CALLERS} connections, 4 questions (case, desk, list, figures) to 1 command,"
            f" {LISTENERS} listeners and {SLOW} slow clients beside them; {_both(runs[True])}",
            ours=rate(found.ours),
            other=f"{rate(found.other)} without listeners and slow clients; {_both(runs[False])}",
            ratio=found.ratio,
        )
    ]


async def _among(address: str, scripts: list[Script], each: int, listener: str) -> Ran:
    """The same load, with listeners and slow clients beside it where there is a token for them."""
    if not listener:
        return good(await drive(address, scripts, each))
    async with beside(address, LOG, listener, LISTENERS, SLOW) as heard:
        ran = good(await drive(address, scripts, each))
        if not heard.told:
            raise RuntimeError("no listener was told that the log moved")
        return ran


def _both(runs: list[Ran]) -> str:
    return f"questions {waited(runs, 'GET')}, commands {waited(runs, 'POST')}"
