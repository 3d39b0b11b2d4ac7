"""Row import: a real ledger through the law, against plain `executemany`."""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import time
from pathlib import Path

from casework.application.ledgers import import_file as import_ledger
from casework.application.operations.init import init
from casework.bootstrap import open_runtime
from casework.demo.ledger import LEDGER
from casework.settings import Settings
from tests.bench.table import Line, Rounds, Size, interleaved, rate

GOAL = 0.08
_LOG = "us-boston"
_BATCH = 500


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Read, check, decide, seal and store every row of the Boston ledger, its roster declared on the way."""
    place = folder / "import"
    place.mkdir()
    ledger = place / "ledger.csv"
    with gzip.open(LEDGER / "ledger.csv.gz", "rb") as packed, ledger.open("wb") as target:
        shutil.copyfileobj(packed, target)
    if quick:
        _shorten(ledger, 200)
    stored: list[tuple[int, bytes]] = []

    def ours(turn: int) -> float:
        speed, entries = _import(place / f"ours-{turn}", ledger)
        stored[:] = entries
        return speed

    first = ours(-1)
    found: Rounds = interleaved(size.rounds, ours, lambda turn: _plain(place / f"plain-{turn}.db", stored))
    assert first > 0
    return [
        Line(
            row="import",
            what=f"Boston 311 sample, {len(stored):,} entries, `import --with-roster`, FULL",
            ours=rate(found.ours),
            other=f"{rate(found.other)} sqlite3 executemany of the same bytes, {_BATCH} a transaction, FULL",
            ratio=found.ratio,
            goal=GOAL,
        )
    ]


def _shorten(ledger: Path, rows: int) -> None:
    with ledger.open(encoding="utf-8") as source:
        some = [line for _, line in zip(range(rows + 1), source, strict=False)]
    ledger.write_text("".join(some), encoding="utf-8")


def _import(place: Path, ledger: Path) -> tuple[float, list[tuple[int, bytes]]]:
    settings = Settings(folder=str(place))
    init(settings, open_runtime, log=_LOG, county="Boston", time_zone="America/New_York")
    runtime = open_runtime(settings)
    try:
        began = time.perf_counter()
        import_ledger.run(runtime, _LOG, ledger, LEDGER / "map.toml", with_roster=True)
        took = time.perf_counter() - began
        stored = [(seq, one) for seq, one in enumerate(runtime.store.raw(_LOG, limit=10_000_000))]
    finally:
        runtime.close()
    return (len(stored) - 1) / took, stored


def _plain(path: Path, stored: list[tuple[int, bytes]]) -> float:
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=FULL")
        database.execute("CREATE TABLE entry (seq INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
        began = time.perf_counter()
        for start in range(0, len(stored), _BATCH):
            database.execute("BEGIN")
            database.executemany("INSERT INTO entry VALUES (?, ?)", stored[start : start + _BATCH])
            database.execute("COMMIT")
        return len(stored) / (time.perf_counter() - began)
    finally:
        database.close()
