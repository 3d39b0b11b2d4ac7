"""Row rebuild: everything derived brought back from entry bytes, against the peer reading its log and counting."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Engine, delete, inspect

from casework.change import rebuild as change_rows
from casework.change.tables import DERIVED
from casework.database import engine as database
from casework.projection import catch_up as run
from casework.projection import duck
from casework.projection import full_rebuild as whole
from casework.projection.checkpoint import kept, tally_of
from casework.projection.tables import projection_state
from tests.bench import peer
from tests.bench.place import LOG
from tests.bench.places import history, tallies, url
from tests.bench.table import Line, Size, interleaved, rate

GOAL, GOAL_ANALYTIC = 2.5, 8.0


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """Decode, fold, write change rows and all shipped tallies: entries × tallies per second."""
    entries = size.usual
    engine = database.engine_for(url(history(folder, entries)))
    peers = folder / "rebuild-peer"
    peers.mkdir()
    app = peer.open_peer(peers)
    lines: list[Line] = []
    try:
        peer.fill(app, entries)
        for row, mass, goal in (("rebuild", False, GOAL), ("rebuild-duckdb", True, GOAL_ANALYTIC)):
            if mass and not duck.available():
                continue
            found = interleaved(
                size.rounds, lambda _, mass=mass: everything(engine, mass=mass), lambda _: peer.read_and_count(app)[1]
            )
            with_what = "counted by DuckDB" if mass else "in one pass, the database alone"
            lines.append(
                Line(
                    row=row,
                    what=f"{entries:,} entries × {len(tallies())} tallies from entry bytes, change rows written,"
                    f" {with_what}",
                    ours=rate(found.ours),
                    other=f"{rate(found.other)} eventsourcing 9.5: read, decode, one count in memory",
                    ratio=found.ratio,
                    goal=goal,
                )
            )
    finally:
        engine.dispose()
        app.close()
    return lines


def everything(engine: Engine, *, mass: bool) -> float:
    """Entries × tallies per second of a rebuild of everything derived, which is emptied first (not measured)."""
    forget(engine)
    shelf = tallies()
    began = time.perf_counter()
    size = rebuild_all(engine, mass=mass)
    return size * len(shelf) / (time.perf_counter() - began)


def rebuild_all(engine: Engine, *, mass: bool) -> int:
    """Everything derived, from entry bytes alone; returns the size of the log."""
    shelf = tallies()
    if not mass:
        return whole.rebuild_all(engine, shelf, LOG)
    size = change_rows.rebuild(engine, LOG)
    count = duck.counter(engine, [tally_of(projection) for projection in shelf])
    for projection in shelf:
        run.rebuild(engine, projection, LOG, mass=count)
    return size


def forget(engine: Engine) -> None:
    """No derived row is left, nor anything that says how far one had counted."""
    kept_tables = [table for projection in tallies() for table in kept(engine, projection).all()]
    there = inspect(engine)
    with database.writing(engine) as db:
        for table in (*DERIVED, projection_state, *(one for one in kept_tables if there.has_table(one.name))):
            db.execute(delete(table))
    with engine.connect() as db:
        db.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
