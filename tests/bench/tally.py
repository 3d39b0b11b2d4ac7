"""Row tally: one tally counted and written, against a bare GROUP BY."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Engine, func, select

from casework.change.tables import case_change
from casework.database import engine as database
from casework.projection.catch_up import rebuild
from casework.projection.checkpoint import tally_of
from casework.projection.compile import SLICE, Bounds
from casework.projection.projection import Projection
from casework.projection.totals import count_window
from tests.bench.place import LOG
from tests.bench.places import derived, tallies, url
from tests.bench.table import Line, Size, interleaved, rate

GOAL = 0.5
_NAME = "resolved_by_township"


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """The tally's own SELECT, and its rebuild with rows written, each against one plain pass."""
    entries = size.usual
    engine = database.engine_for(url(derived(folder, entries)))
    (projection,) = [one for one in tallies() if one.name == _NAME]
    try:
        rows = _bare(engine, projection)[0]
        bare = lambda _: rows / _bare(engine, projection)[1]  # noqa: E731
        selected = interleaved(size.rounds, lambda _: rows / _selected(engine, projection), bare)
        written = interleaved(size.rounds, lambda _: rows / _rebuilt(engine, projection), bare)
    finally:
        engine.dispose()
    columns = ", ".join(tally_of(projection).kept)
    other = f"bare GROUP BY of {columns} and dates"
    return [
        Line(
            row="tally",
            what=f"{_NAME} ({len(tally_of(projection).plain)} measures, both sides of each change),"
            f" {rows:,} change rows, SELECT",
            ours=rate(selected.ours),
            other=f"{rate(selected.other)} {other}",
            ratio=selected.ratio,
            goal=GOAL,
        ),
        Line(
            row="tally-written",
            what="the same, written beside what is served and swapped in",
            ours=rate(written.ours),
            other=f"{rate(written.other)} {other}",
            ratio=written.ratio,
        ),
    ]


def _bare(engine: Engine, projection: Projection) -> tuple[int, float]:
    of = case_change.c
    slices = of.seq // SLICE
    columns = [of[name] for name in tally_of(projection).kept] + [of.effective_on, of.recorded_on]
    query = select(*columns, slices, func.sum(of.weight)).where(of.log == LOG).group_by(*columns, slices)
    with engine.connect() as db:
        began = time.perf_counter()
        db.execute(query).fetchall()
        took = time.perf_counter() - began
        return db.scalar(select(func.count()).where(of.log == LOG)) or 0, took


def _selected(engine: Engine, projection: Projection) -> float:
    with engine.connect() as db:
        began = time.perf_counter()
        count_window(db, tally_of(projection), Bounds(LOG, 0, 2**40))
        return time.perf_counter() - began


def _rebuilt(engine: Engine, projection: Projection) -> float:
    began = time.perf_counter()
    rebuild(engine, projection, LOG)
    return time.perf_counter() - began
