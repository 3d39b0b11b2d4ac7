"""Catch projections up with the log; rebuild one beside what is served and swap."""

from __future__ import annotations

from importlib import import_module
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, Table, and_, delete, insert, select, tuple_, update
from sqlalchemy.exc import DBAPIError

from casework.database.engine import Progress, reading, writing, writing_derived
from casework.projection.checkpoint import (
    BUILDING,
    LIVE,
    Checkpoint,
    checkpoint,
    checkpoint_in,
    head,
    tables_of,
    tally_of,
)
from casework.projection.compile import Bounds
from casework.projection.count_rows import count_few
from casework.projection.projection import Projection
from casework.projection.refusals import sentence
from casework.projection.tables import TallyTables, projection_state
from casework.projection.tally import Tally
from casework.projection.totals import add, count_window
from casework.text import Spoken

#: entries of one window: its counts are written in one short transaction
WINDOW = 20_000
#: seconds that a write transaction should not exceed
_SHORT = 0.04
#: rows forgotten in one transaction
_STALE = 5_000

__all__ = ["Checkpoint", "catch_up", "checkpoint", "rebuild"]


class DefinitionChanged(Spoken, RuntimeError):
    """The meaning of a projection changed under the same version."""


class ProjectionFailed(Spoken, RuntimeError):
    """A projection stopped at an entry; says which, and what the database said."""


# ── keeping level ───────────────────────────────────────────────────────────────────────────────────────────────


def catch_up(engine: Engine, projection: Projection, log: str, *, window: int = WINDOW) -> Checkpoint:
    """Count what the log has gained; safe beside other projectors, and after a crash at any point.

    A window that cannot be counted is halved down to the entry at fault; there the projection stops, says so in its
    state, and goes on by itself when the cause is gone. Raises DefinitionChanged.
    """
    if not isinstance(projection.definition, Tally):
        return checkpoint(engine, projection, log)
    tally = projection.definition
    tables = tables_of(engine, projection)
    now = _begun(engine, projection, log, tables)
    if now.version > tally.version:
        # a newer process serves another version: this one only reads, straight from the change rows
        return now
    if now.version < tally.version:
        return rebuild(engine, projection, log, window=window)
    return _advance(engine, projection, log, tables, LIVE, window) or Checkpoint()


def _begun(engine: Engine, projection: Projection, log: str, tables: TallyTables) -> Checkpoint:
    """Its state, made with its tables when it runs for the first time."""
    definition = tally_of(projection).digest()
    with engine.connect() as db:
        now = checkpoint_in(db, projection.name, log, LIVE)
    if now is None:
        tables.create(engine)
        with writing(engine) as db:
            _ignore_clash(db, projection_state, _nothing_counted(projection, log, LIVE, 0))
        return checkpoint(engine, projection, log)
    if now.version == projection.version and now.definition != definition:
        name, source, version = projection.name, projection.source, now.version
        said = sentence("definition-changed", projection=name, version=version, source=source, next=version + 1)
        raise DefinitionChanged(*said)
    return now


def _nothing_counted(projection: Projection, log: str, role: str, generation: int) -> dict[str, Any]:
    row = {"log": log, "name": projection.name, "role": role, "version": projection.version, "generation": generation}
    return row | {"definition": tally_of(projection).digest(), "size": 0, "failed_at": -1, "error": ""}


def _advance(
    engine: Engine,
    projection: Projection,
    log: str,
    tables: TallyTables,
    role: str,
    window: int,
    progress: Progress | None = None,
    until: int | None = None,
) -> Checkpoint | None:
    """Window by window to the head, or to `until`; where it then stands, None when it was dropped meanwhile."""
    size = window
    while True:
        with reading(engine) as db:
            now = checkpoint_in(db, projection.name, log, role)
            end = head(db, log) if until is None else min(until, head(db, log))
            if now is None or now.size >= end:
                return now
            bounds = Bounds(log, now.size, min(now.size + size, end))
        try:
            with reading(engine) as db:
                counted = count_few(db, tables.tally, bounds) or count_window(db, tables.tally, bounds)
            began = monotonic()
            with writing_derived(engine) as db:
                if moved(db, projection.name, log, role, now, bounds.until):
                    add(db, tables, log, now.generation, counted)
        except Exception as why:
            if isinstance(why, DBAPIError) and (why.connection_invalidated or _is_busy(why)):
                raise  # nothing is wrong with the entries: the next round tries again
            if bounds.until - bounds.since > 1:
                size = max(1, (bounds.until - bounds.since) // 2)
                continue
            _stopped(engine, projection.name, log, role, bounds.since, why)
            return checkpoint(engine, projection, log, role)
        # others wait while this writes: so many entries as fit into a short transaction
        took = monotonic() - began
        size = max(1, size // 2) if took > _SHORT else min(window, size * 2)
        if progress:
            progress(bounds.until, end)


def _is_busy(why: DBAPIError) -> bool:
    """Whether another writer was in the way (SQLite: locked; PostgreSQL: class 40, 53, 55, 57 or a lost connection)."""
    state = getattr(why.orig, "sqlstate", None)
    return "locked" in str(why.orig) if state is None else state[:2] in {"08", "40", "53", "55", "57"}


def moved(db: Connection, name: str, log: str, role: str, now: Checkpoint, to: int) -> bool:
    """Compare-and-set of the checkpoint: false when another projector was first."""
    t = projection_state.c
    done = db.execute(
        update(projection_state)
        .where(t.log == log, t.name == name, t.role == role, t.size == now.size, t.generation == now.generation)
        .values(size=to, failed_at=-1, error="")
    )
    return done.rowcount == 1


def _stopped(engine: Engine, name: str, log: str, role: str, seq: int, why: Exception) -> None:
    t = projection_state.c
    cause = getattr(why, "orig", None) or why
    error = f"{type(cause).__name__}: {str(cause).partition(chr(10))[0]}"
    with writing(engine) as db:
        db.execute(
            update(projection_state)
            .where(t.log == log, t.name == name, t.role == role, t.size == seq)
            .values(failed_at=seq, error=error)
        )


def _ignore_clash(db: Connection, table: Table, row: dict[str, Any]) -> None:
    insert_of = import_module(f"sqlalchemy.dialects.{db.dialect.name}").insert  # the other dialect is slow to import
    db.execute(insert_of(table).values(row).on_conflict_do_nothing())


# ── rebuilding ──────────────────────────────────────────────────────────────────────────────────────────────────


def rebuild(
    engine: Engine,
    projection: Projection,
    log: str,
    *,
    window: int = WINDOW,
    progress: Progress | None = None,
) -> Checkpoint:
    """Count anew from entry 0 beside what is served, then swap; reads and appends go on meanwhile."""
    if not isinstance(projection.definition, Tally):
        return checkpoint(engine, projection, log)
    tables = tables_of(engine, projection)
    tables.create(engine)
    begin_building(engine, projection, log, tables)
    return finish(engine, projection, log, window=window, progress=progress)


def finish(
    engine: Engine, projection: Projection, log: str, *, window: int = WINDOW, progress: Progress | None = None
) -> Checkpoint:
    """Bring what is being built up to the head, and serve it."""
    tables = tables_of(engine, projection)
    while True:
        _advance(engine, projection, log, tables, BUILDING, window, progress)
        with engine.connect() as db:
            now = checkpoint_in(db, projection.name, log, BUILDING)
        if now is None:
            return checkpoint(engine, projection, log)
        if now.failed_at is not None:
            name, at, error = projection.name, now.failed_at, now.error
            raise ProjectionFailed(*sentence("projection-failed", projection=name, log=log, failed_at=at, error=error))
        old = _swap(engine, projection, log)
        if old is not None:
            clear(engine, projection, log, tables)
            return checkpoint(engine, projection, log)


def begin_building(engine: Engine, projection: Projection, log: str, tables: TallyTables) -> int:
    """A generation of its own, begun at 0; what an interrupted rebuild left is forgotten."""
    clear(engine, projection, log, tables)  # a number that nobody serves is given again: no row may lie under it
    t = projection_state.c
    with writing(engine) as db:
        live = checkpoint_in(db, projection.name, log, LIVE)
        left = checkpoint_in(db, projection.name, log, BUILDING)
        generation = max(live.generation if live else 0, left.generation if left else 0) + 1
        db.execute(delete(projection_state).where(t.log == log, t.name == projection.name, t.role == BUILDING))
        db.execute(insert(projection_state).values(_nothing_counted(projection, log, BUILDING, generation)))
    return generation


def _swap(engine: Engine, projection: Projection, log: str) -> int | None:
    """Serve what was built, if it is level; the generation served until now, or None when the log has moved on."""
    t = projection_state.c
    mine = and_(t.log == log, t.name == projection.name)
    with writing(engine) as db:
        # the row's lock keeps other projectors still; appends go on
        db.execute(update(projection_state).where(mine).values(error=t.error))
        built, live = (checkpoint_in(db, projection.name, log, role) for role in (BUILDING, LIVE))
        if built is None:
            return None
        if live is not None and built.size < live.size:
            return None
        db.execute(delete(projection_state).where(mine, t.role == LIVE))
        db.execute(update(projection_state).where(mine, t.role == BUILDING).values(role=LIVE))
        return live.generation if live is not None else -1


def clear(engine: Engine, projection: Projection, log: str, tables: TallyTables) -> None:
    """Forget rows that nobody serves or builds, in short transactions; then tables of versions that no log serves."""
    t = projection_state.c
    for table in tables.all():
        while True:
            with writing(engine) as db:
                used = db.scalars(select(t.generation).where(t.log == log, t.name == projection.name)).all()
                stale = and_(table.c.log == log, table.c.generation.not_in(used))
                keys = list(table.primary_key)
                some = select(*keys).where(stale).limit(_STALE)
                if db.execute(delete(table).where(tuple_(*keys).in_(some))).rowcount == 0:
                    break
    with engine.connect() as db:
        served = set(db.scalars(select(t.version).where(t.name == projection.name)))
    tables.drop_others(engine, projection.name, served | {projection.version})
