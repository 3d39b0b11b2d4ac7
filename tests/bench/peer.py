"""The peer: `eventsourcing` on SQLite, saving events and counting its log."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

#: what a process prints where the counting of its fdatasyncs begins and ends
MARK = "--- casework bench ---"
NOTE = "已到现场查看，路灯线路老化，已联系供电所更换，群众表示认可。"


class Case(Aggregate):
    """As much as one of our entries holds."""

    @event("Registered")
    def __init__(self, number: str, area: str, category: str, cadre: str, note: str) -> None:
        self.number = number
        self.area = area
        self.category = category
        self.cadre = cadre
        self.note = note


def open_peer(folder: Path) -> Application:
    """An application on SQLite in `folder`, with its own settings."""
    return Application(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.sqlite",
            "SQLITE_DBNAME": str(folder / "peer.db"),
            "SQLITE_LOCK_TIMEOUT": "60",
        }
    )


def settings_of(app: Application) -> str:
    """How durable it is: journal mode and synchronous level as its own connection reports them."""
    with app.factory.datastore.transaction(commit=False) as cursor:  # type: ignore[attr-defined]
        found = {}
        for name in ("journal_mode", "synchronous"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = cursor.fetchone()[0]
    levels = {0: "OFF", 1: "NORMAL", 2: "FULL", 3: "EXTRA"}
    return f"journal_mode {found['journal_mode']}, synchronous {levels.get(found['synchronous'], found['synchronous'])}"


def save(app: Application, saves: int, callers: int) -> float:
    """Saves per second: one new aggregate each, from `callers` threads."""
    each = saves // callers

    def work(caller: int) -> None:
        for turn in range(each):
            number = f"530828-2026-{caller * each + turn:06d}"
            app.save(Case(number, "530828101001", "road", f"cadre/{turn % 50}", NOTE))

    threads = [threading.Thread(target=work, args=(caller,)) for caller in range(callers)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return each * callers / (time.perf_counter() - began)


def fill(app: Application, events: int) -> None:
    """Put `events` events into its log, many per save."""
    done = 0
    while done < events:
        take = min(500, events - done)
        app.save(*(Case(f"n{done + i}", f"a{i % 20}", f"c{i % 9}", f"cadre/{i % 50}", NOTE) for i in range(take)))
        done += take


def read_and_count(app: Application) -> tuple[int, float]:
    """Read the whole log, decode each event, count by area and category in memory: (events, events per second)."""
    counts: Counter[tuple[str, str]] = Counter()
    began = time.perf_counter()
    read, start = 0, 1
    while notifications := app.recorder.select_notifications(start=start, limit=1000):
        for notification in notifications:
            happened = app.mapper.to_domain_event(notification)
            counts[happened.area, happened.category] += 1  # type: ignore[attr-defined]
        read += len(notifications)
        start = notifications[-1].id + 1
    assert sum(counts.values()) == read
    return read, read / (time.perf_counter() - began)


def counted_syncs(module: str, saves: int, callers: int) -> str:
    """fdatasync calls between the two marks that `python -m <module> <saves> <callers>` prints, counted by strace."""
    if not shutil.which("strace"):
        return "not counted (no strace)"
    with tempfile.NamedTemporaryFile("r", suffix=".strace") as trace:
        command = ["strace", "-f", "-e", "trace=fdatasync,fsync,write", "-o", trace.name, sys.executable, "-m", module]
        subprocess.run([*command, str(saves), str(callers)], check=True, capture_output=True, timeout=300)
        between = calls = 0
        for line in trace:
            if MARK in line:
                between += 1
            elif between == 1 and "sync(" in line:
                calls += 1
    return f"{calls} for {saves // callers * callers}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        peer = open_peer(Path(folder))
        print(MARK, flush=True)
        save(peer, int(sys.argv[1]), int(sys.argv[2]))
        print(MARK, flush=True)
        peer.close()
