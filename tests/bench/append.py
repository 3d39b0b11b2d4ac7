"""Row append: commands of 64 callers through the use case, against the peer."""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from casework.application.commands.handle import Request, handle, prepare
from casework.application.runtime.runtime import Runtime
from tests.bench import machine, peer
from tests.bench.place import CADRES, LOG, TOWNSHIPS, VILLAGES, cadre, found_county, open_runtime
from tests.bench.table import Line, Size, interleaved, rate

CALLERS = 64
GOAL = 2.0


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Log an action with a sealed note, each caller on a case of its own; and beside it, register a case."""
    each = 4 if quick else 48
    found_county(folder / "append")
    runtime = open_runtime(folder / "append")
    peers = folder / "append-peer"
    peers.mkdir()
    app = peer.open_peer(peers)
    try:
        cases = [handle(runtime, request_case(caller)).stream for caller in range(CALLERS)]
        act = [request_action(caller, case) for caller, case in enumerate(cases)]
        register = [request_case(caller) for caller in range(CALLERS)]
        many(runtime, act, 2)
        peer.save(app, CALLERS * 2, CALLERS)
        settings = f"`{peer.settings_of(app)}`"
        acted = interleaved(
            size.rounds, lambda _: many(runtime, act, each), lambda _: peer.save(app, CALLERS * each, CALLERS)
        )
        registered = interleaved(
            size.rounds, lambda _: many(runtime, register, each), lambda _: peer.save(app, CALLERS * each, CALLERS)
        )
        fsyncs = machine.fdatasync_rate(folder)
    finally:
        runtime.close()
        app.close()
    saves = CALLERS if quick else 256
    ours_counted = peer.counted_syncs("tests.bench.append", saves, CALLERS)
    peer_counted = peer.counted_syncs("tests.bench.peer", saves, CALLERS)
    other = f"eventsourcing 9.5 ({settings}; fdatasync: {peer_counted})"
    return [
        Line(
            row="append",
            what=f"log-action with a sealed note, {CALLERS} callers, in process; `journal_mode wal, synchronous FULL`;"
            f" fdatasync: {ours_counted}",
            ours=rate(acted.ours),
            other=f"{rate(acted.other)} {other}",
            ratio=acted.ratio,
            goal=GOAL,
        ),
        Line(
            row="append-register",
            what=f"register-case with a sealed summary and person, {CALLERS} callers",
            ours=rate(registered.ours),
            other=f"{rate(registered.other)} {other}",
            ratio=registered.ratio,
        ),
        Line(
            row="append-fdatasync",
            what="the same log-action ÷ durable 4 KiB writes, one after another",
            ours=rate(acted.ours),
            other=f"{rate(fsyncs)} fdatasync",
            ratio=acted.ours / fsyncs,
        ),
    ]


def many(runtime: Runtime, requests: Sequence[Request], each: int) -> float:
    """Answers per second: one thread per request, which asks it `each` times."""

    def work(request: Request) -> Callable[[], None]:
        def ask() -> None:
            for _ in range(each):
                handle(runtime, request)

        return ask

    threads = [threading.Thread(target=work(request)) for request in requests]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return each * len(requests) / (time.perf_counter() - began)


def request_action(caller: int, case: str) -> Request:
    place = TOWNSHIPS[caller % len(TOWNSHIPS)]
    return _asked("log-action", place, "cadre", {"case": case, "action": "visit", "note": peer.NOTE}, 1 + caller % 9)


def request_case(caller: int) -> Request:
    place = TOWNSHIPS[caller % len(TOWNSHIPS)]
    members = {
        "kind": "difficulty",
        "category": "road",
        "channel": "visit",
        "area": f"{place}-{caller % VILLAGES}",
        "summary": "村口路灯不亮，夜里行人看不清路",
        "person": {"full_name": "岩某", "phone": f"1390000{caller:04}"},
    }
    return _asked("register-case", place, "dispatcher", members, 0)


def _asked(command: str, place: str, role: str, members: dict[str, Any], number: int) -> Request:
    who = cadre(place, number % CADRES)
    return Request(log=LOG, command=command, members=members, actor=who, role=role, source="api")


def _alone(appends: int, callers: int) -> None:
    """Log actions in a place of its own, on existing cases; `counted_syncs` counts its fdatasync calls."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "county"
        found_county(folder)
        runtime = open_runtime(folder)
        try:
            ready = [prepare(runtime, request_case(caller)) for caller in range(callers)]
            runtime.writer.append_now(ready)
            requests = [request_action(caller, one.command.case) for caller, one in enumerate(ready)]  # type: ignore[attr-defined]
            print(peer.MARK, flush=True)
            many(runtime, requests, max(1, appends // callers))
            print(peer.MARK, flush=True)
        finally:
            runtime.close()


if __name__ == "__main__":
    _alone(int(sys.argv[1]), int(sys.argv[2]))
