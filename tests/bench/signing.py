"""Row sign-in: questions while fifty people sign in, against questions at rest."""

from __future__ import annotations

import asyncio
from itertools import cycle
from pathlib import Path

import msgspec

from casework.application.accounts import accounts
from casework.application.runtime.runtime import Runtime
from tests.bench.crowd import Mixed
from tests.bench.doors import waited
from tests.bench.place import LOG, TOWNSHIPS, cadre, open_runtime
from tests.bench.places import derived
from tests.bench.serving import GROUPED, served, settle
from tests.bench.table import Line, Size, interleaved
from tests.bench.wire import Ran, Script, drive, good, request

GOAL = 3.0
SIGN_INS, READERS = 50, 4
#: seconds that all sign-ins may take on a busy machine
_PATIENCE = 600.0
_PASSWORD = "fifty swallows on a wire"


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """p99 of questions during fifty sign-ins, argon2id as the settings have it, and at rest."""
    place = derived(folder, size.usual)
    runtime = open_runtime(place)
    try:
        questions = Mixed(runtime).questions
        logins = [cadre(TOWNSHIPS[number % len(TOWNSHIPS)], 1 + number // len(TOWNSHIPS)) for number in range(SIGN_INS)]
        entering = [_account(runtime, actor) for actor in (logins[:4] if quick else logins)]
    finally:
        runtime.close()
    readers = [_asking(cycle([one for some in zip(*questions, strict=False) for one in some])) for _ in range(READERS)]
    each = 5 if quick else 250
    runs: dict[bool, list[Ran]] = {True: [], False: []}
    took: list[float] = []
    with served(GROUPED, place) as address:
        settle(address)

        def asked(signing: bool) -> float:
            ran, seconds = asyncio.run(_beside(address, readers, each, entering if signing else []))
            runs[signing].append(ran)
            took.extend([seconds] if signing else [])
            return ran.at(0.99)

        asked(False)
        runs[False].clear()
        found = interleaved(size.rounds, lambda _: asked(True), lambda _: asked(False))
    return [
        Line(
            row="sign-in",
            what=f"p99 of questions (case, desk, list, figures; {READERS} connections) during {len(entering)} sign-ins"
            f" at once, all of them in after {max(took):.3g} s; {waited(runs[True], 'GET')}",
            ours=f"{found.ours * 1000:.3g} ms",
            other=f"{found.other * 1000:.3g} ms at rest; {waited(runs[False], 'GET')}",
            ratio=found.ratio,
            goal=GOAL,
            at_most=True,
        )
    ]


def _account(runtime: Runtime, actor: str) -> bytes:
    """The request of one sign-in."""
    login = actor.removeprefix("cadre/")
    if accounts.row_of(runtime, LOG, login) is None:
        accounts.create(runtime, LOG, login, actor, by="bench", password=_PASSWORD)
    body = msgspec.json.encode({"login": login, "password": _PASSWORD})
    return request("POST", f"/api/{LOG}/sessions", "", body)


def _asking(questions: cycle[bytes]) -> Script:
    return lambda _: next(questions)


async def _beside(address: str, readers: list[Script], each: int, entering: list[bytes]) -> tuple[Ran, float]:
    """The questions, asked for as long as people sign in; and how long it took until all of them were in."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    entered = loop.create_task(drive(address, [lambda _, one=one: one for one in entering], 1, _PATIENCE))
    asking = [good(await drive(address, readers, each))]
    while not entered.done():
        asking.append(good(await drive(address, readers, each)))
    took = loop.time() - began
    good(await entered)
    times = [one for ran in asking for one in ran.times["GET"]]
    return Ran(len(times) / took, {"GET": times, "POST": []}, {200: len(times)}), took
