"""Full rebuild: change rows and every tally from entry bytes in one pass.

Rows are counted as they pass on their way into the change tables. Meanwhile reads and appends go on: nobody reads the
generation that is being built, and what is appended meanwhile is counted before it is served.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from sqlalchemy import Engine, Table, select

from casework.change import rebuild as change_rows
from casework.change.refold import Window
from casework.change.tables import SEQUENCED
from casework.database.engine import Progress, reading, writing
from casework.projection.catch_up import WINDOW, begin_building, finish, moved, rebuild
from casework.projection.checkpoint import BUILDING, Checkpoint, head, tables_of, tally_of
from casework.projection.count_rows import RowCounter
from casework.projection.projection import Projection
from casework.projection.tables import TallyTables
from casework.projection.tally import Tally
from casework.projection.to_python import Untranslatable
from casework.projection.totals import Counted, Row, parts, upsert

#: rows of counts in memory before they are written: some 40 MB
_IN_HAND = 50_000
#: rows of counts written in one short transaction
_ROWS = 4_000


def rebuild_all(
    engine: Engine,
    projections: Sequence[Projection],
    log: str,
    *,
    owner: Engine | None = None,
    progress: Progress | None = None,
) -> int:
    """Bring back everything that follows from the entries; returns the size of the log.

    A register needs no counts: `case_now` is among the change tables. What only a database can count, it counts after.

    owner  engine of the role that may remove change rows, where the serving role may not
    """
    with _building(engine, projections, log) as building:
        size = change_rows.rebuild(owner or engine, log, progress=progress, see=building.see)
        building.write(size)
    return size


def count_all(
    engine: Engine,
    projections: Sequence[Projection],
    log: str,
    *,
    window: int = WINDOW,
    progress: Progress | None = None,
) -> int:
    """Count every tally anew from the change rows, which are read once for all; returns the size of the log."""
    with reading(engine) as db:
        size = head(db, log)
    with _building(engine, projections, log) as building:
        for since in range(0, size, window):
            until = min(since + window, size)
            for table in SEQUENCED:
                within = (table.c.log == log, table.c.seq >= since, table.c.seq < until)
                with reading(engine) as db:
                    building.count(table, [tuple(row) for row in db.execute(select(table).where(*within))])
            building.seen(until)
            if progress:
                progress(until, size)
        building.write(size)
    return size


@contextmanager
def _building(engine: Engine, projections: Sequence[Projection], log: str) -> Iterator[_Building]:
    """Builds the tallies that Python can count; on leaving they are served, and the others counted by the database."""
    tallies = [p for p in projections if isinstance(p.definition, Tally)]
    counted = [p for p in tallies if _passes(tally_of(p))]
    yield _Building(engine, counted, log)
    for projection in tallies:
        if projection in counted:
            finish(engine, projection, log)
        else:
            rebuild(engine, projection, log)


def _passes(tally: Tally) -> bool:
    try:
        RowCounter([tally])
    except Untranslatable:
        return False
    return True


class _Place(Struct, frozen=True):
    """Where the counts of a projection are being built."""

    projection: Projection
    tables: TallyTables
    generation: int


class _Building:
    """New generations of some tallies, filled while rows pass."""

    def __init__(self, engine: Engine, projections: Sequence[Projection], log: str) -> None:
        self._engine, self._log = engine, log
        self._size = 0
        self._counter = RowCounter([tally_of(projection) for projection in projections])
        self._places: list[_Place] = []
        for projection in projections:
            tables = tables_of(engine, projection)
            tables.create(engine)
            generation = begin_building(engine, projection, log, tables)
            self._places.append(_Place(projection, tables, generation))

    def see(self, window: Window) -> None:
        """Count a window's rows."""
        for table, lines in window.rows.lines.items():
            self.count(table, lines)
        self.seen(window.until)

    def count(self, table: Table, rows: Sequence[Row]) -> None:
        """Count some rows of a change table."""
        self._counter.count(table.name, rows)

    def seen(self, until: int) -> None:
        """Say that all rows of the entries before `until` were counted."""
        if len(self._counter) > _IN_HAND:
            self.write(until)

    def write(self, until: int) -> None:
        """Write away what was counted, and how far."""
        for some in _batches(self._places, self._counter.take()):
            with writing(self._engine) as db:
                for place, table, rows in some:
                    # a rebuild begun meanwhile has taken the place: what belongs to nobody is forgotten by the next
                    upsert(db, table, self._log, place.generation, rows)
        with writing(self._engine) as db:
            for place in self._places:
                was = Checkpoint(size=self._size, generation=place.generation)
                moved(db, place.projection.name, self._log, BUILDING, was, until)
        self._size = until


def _batches(places: Sequence[_Place], counted: Sequence[Counted]) -> Iterator[list[tuple[_Place, Table, list[Row]]]]:
    """Rows of all tallies, so many at a time as a short transaction takes."""
    some: list[tuple[_Place, Table, list[Row]]] = []
    held = 0
    for place, one in zip(places, counted, strict=True):
        for part in parts(place.tables, one, _ROWS):
            for table, rows in part:
                some.append((place, table, rows))
                held += len(rows)
            if held >= _ROWS:
                yield some
                some, held = [], 0
    if some:
        yield some
