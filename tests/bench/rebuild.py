"""Row rebuild: everything derived from entry bytes, against the peer counting its log."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Engine, delete, inspect

from casework.change.tables import DERIVED
from casework.database import engine as database
from casework.projection.checkpoint import tables_of
from casework.projection.full_rebuild import rebuild_all
from casework.projection.tables import projection_state
from tests.bench import peer
from tests.bench.place import LOG
from tests.bench.places import history, tallies, url
from tests.bench.table import Line, Size, interleaved, rate

GOAL = 2.5


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Decode, fold, write change rows and all shipped tallies: entries × tallies per second."""
    entries = size.usual
    engine = database.engine_for(url(history(folder, entries)))
    peers = folder / "rebuild-peer"
    peers.mkdir()
    app = peer.open_peer(peers)
    try:
        peer.fill(app, entries)
        found = interleaved(size.rounds, lambda _: everything(engine), lambda _: peer.read_and_count(app)[1])
    finally:
        engine.dispose()
        app.close()
    return [
        Line(
            row="rebuild",
            what=f"{entries:,} entries × {len(tallies())} tallies from entry bytes, change rows written",
            ours=rate(found.ours),
            other=f"{rate(found.other)} eventsourcing 9.5: read, decode, one count in memory",
            ratio=found.ratio,
            goal=GOAL,
        )
    ]


def everything(engine: Engine) -> float:
    """Entries × tallies per second of a rebuild of everything derived, which is emptied first (not measured)."""
    forget(engine)
    began = time.perf_counter()
    size = rebuild_all(engine, tallies(), LOG)
    return size * len(tallies()) / (time.perf_counter() - began)


def forget(engine: Engine) -> None:
    """No derived row is left, nor anything that says how far one had counted."""
    kept_tables = [table for projection in tallies() for table in tables_of(engine, projection).all()]
    there = inspect(engine)
    with database.writing(engine) as db:
        for table in (*DERIVED, projection_state, *(one for one in kept_tables if there.has_table(one.name))):
            db.execute(delete(table))
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
