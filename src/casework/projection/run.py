"""Keep projections level with the log: catch up, rebuild beside and swap, stop alone at an entry that cannot be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, Table, and_, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from casework.log.database import writing
from casework.log.schema import log_head
from casework.projection.compile import Bounds, counts, digest, spreads
from casework.projection.projection import Projection
from casework.projection.tables import Kept, projection_state, schema_of
from casework.projection.tally import Tally

#: entries of one window: its counts are written in one short transaction
WINDOW = 20_000
#: rows of one statement
_ROWS = 2_000
LIVE, BUILDING = "live", "building"

Progress = Callable[[int, int], None]  # entries counted, entries there are


class DefinitionChanged(RuntimeError):
    """The meaning of a projection changed under the same version."""


class ProjectionFailed(RuntimeError):
    """A projection stopped at an entry; says which, and what the database said."""


class State(Struct, frozen=True, kw_only=True):
    """How far a projection has counted.

    size       entries counted; answers are as of this size
    failed_at  entry at which it stopped, None while it runs
    """

    size: int = 0
    version: int = 0
    generation: int = 0
    definition: str = ""
    failed_at: int | None = None
    error: str = ""


class Counted(Struct, frozen=True):
    """What a window of entries adds."""

    plain: list[tuple[Any, ...]]
    spread: list[tuple[Any, ...]]


def head(db: Connection, log: str) -> int:
    """Entries of the log."""
    return db.scalar(select(log_head.c.size).where(log_head.c.log == log)) or 0


def kept(engine: Engine, projection: Projection) -> Kept:
    """Its tables on this database."""
    return Kept(projection.name, tally_of(projection), schema=schema_of(engine))


def tally_of(projection: Projection) -> Tally:
    """The tally of a projection; a register keeps nothing and needs no upkeep."""
    if not isinstance(projection.definition, Tally):
        raise TypeError(f"{projection.name} is a register: it reads case_now and keeps no counts")
    return projection.definition


def state(engine: Engine, projection: Projection, log: str, role: str = LIVE) -> State:
    """How far it is; a projection that never ran stands at 0. A register is always level."""
    with engine.connect() as db:
        if not isinstance(projection.definition, Tally):
            return State(size=head(db, log), version=projection.version)
        return _state(db, projection.name, log, role) or State()


def _state(db: Connection, name: str, log: str, role: str) -> State | None:
    t = projection_state.c
    row = db.execute(
        select(t.size, t.version, t.generation, t.definition, t.failed_at, t.error).where(
            t.log == log, t.name == name, t.role == role
        )
    ).first()
    if row is None:
        return None
    failed = None if row.failed_at < 0 else row.failed_at
    return State(
        size=row.size,
        version=row.version,
        generation=row.generation,
        definition=row.definition,
        failed_at=failed,
        error=row.error,
    )


# ── keeping level ───────────────────────────────────────────────────────────────────────────────────────────────


def catch_up(engine: Engine, projection: Projection, log: str, *, window: int = WINDOW) -> State:
    """Count what the log has gained; safe beside other projectors, and after a crash at any point.

    A window that cannot be counted is halved down to the entry at fault; there the projection stops, says so in its
    state, and goes on by itself when the cause is gone. Raises DefinitionChanged.
    """
    if not isinstance(projection.definition, Tally):
        return state(engine, projection, log)
    tally = projection.definition
    tables = kept(engine, projection)
    now = _begun(engine, projection, log, tables)
    if now.version != tally.version:
        return rebuild(engine, projection, log, window=window)
    _advance(engine, projection, log, tables, LIVE, window)
    return state(engine, projection, log)


def _begun(engine: Engine, projection: Projection, log: str, tables: Kept) -> State:
    """Its state, made with its tables when it runs for the first time."""
    definition = digest(tally_of(projection))
    with engine.connect() as db:
        now = _state(db, projection.name, log, LIVE)
    if now is None:
        tables.create(engine)
        with writing(engine) as db:
            _ignore_clash(
                db,
                projection_state,
                {
                    "log": log,
                    "name": projection.name,
                    "role": LIVE,
                    "version": projection.version,
                    "generation": 0,
                    "definition": definition,
                    "size": 0,
                    "failed_at": -1,
                    "error": "",
                },
            )
        return state(engine, projection, log)
    if now.version == projection.version and now.definition != definition:
        raise DefinitionChanged(
            f"{projection.name} counts something else than before under the same version {now.version}:"
            f" raise it to {now.version + 1} in {projection.source}, so that it is counted anew"
        )
    return now


def _advance(
    engine: Engine,
    projection: Projection,
    log: str,
    tables: Kept,
    role: str,
    window: int,
    progress: Progress | None = None,
    until: int | None = None,
) -> None:
    """Window by window to the head, or to `until`."""
    size = window
    while True:
        with engine.connect() as db:
            now = _state(db, projection.name, log, role)
            end = head(db, log) if until is None else min(until, head(db, log))
            if now is None or now.size >= end:
                return
            bounds = Bounds(log, now.size, min(now.size + size, end))
            try:
                counted = count_window(db, tables.tally, bounds)
            except Exception as why:
                if bounds.until - bounds.since > 1:
                    size = max(1, (bounds.until - bounds.since) // 2)
                    continue
                _stopped(engine, projection.name, log, role, bounds.since, why)
                return
        with writing(engine) as db:
            if _moved(db, projection.name, log, role, now, bounds.until):
                add(db, tables, log, now.generation, counted)
        size = min(window, size * 2)
        if progress:
            progress(bounds.until, end)


def _moved(db: Connection, name: str, log: str, role: str, now: State, to: int) -> bool:
    """Compare-and-set of the checkpoint: false when another projector was first."""
    t = projection_state.c
    moved = db.execute(
        update(projection_state)
        .where(t.log == log, t.name == name, t.role == role, t.size == now.size, t.generation == now.generation)
        .values(size=to, failed_at=-1, error="")
    )
    return moved.rowcount == 1


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


def count_window(db: Connection, tally: Tally, bounds: Bounds) -> Counted:
    """What the entries within bounds add: the compiled SELECTs, run by the database."""
    found: list[list[tuple[Any, ...]]] = []
    for query in (counts(tally, bounds), spreads(tally, bounds)):
        found.append([tuple(row) for row in db.execute(query)] if query is not None else [])
    return Counted(*found)


def add(db: Connection, tables: Kept, log: str, generation: int, counted: Counted) -> None:
    """Add what was counted to the days, and to the running totals."""
    dims = len(tables.tally.kept)
    _upsert(db, tables.days, log, generation, sorted(counted.plain))
    _upsert(db, tables.now, log, generation, _totals(counted.plain, dims, dims + 3))
    if tables.spread is not None and tables.spread_now is not None:
        _upsert(db, tables.spread, log, generation, sorted(counted.spread))
        _upsert(db, tables.spread_now, log, generation, _totals(counted.spread, dims, dims + 3, tail=2))


def _totals(rows: Iterable[tuple[Any, ...]], dims: int, first: int, tail: int = 0) -> list[tuple[Any, ...]]:
    """Summed over days and slices: keys are the dimensions, and `tail` columns after the dates."""
    sums: dict[tuple[Any, ...], list[int]] = {}
    for row in rows:
        key = (*row[:dims], *row[first : first + tail])
        values = row[first + tail :]
        known = sums.get(key)
        if known is None:
            sums[key] = list(values)
        else:
            for place, value in enumerate(values):
                known[place] += value
    return sorted((*key, *values) for key, values in sums.items())


def _upsert(db: Connection, table: Table, log: str, generation: int, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add rows of sums to a table; sorted by key, so that two writers never wait for each other in a circle."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    values = [column.name for column in table.c if not column.primary_key]
    make = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    statement = make(table)
    statement = statement.on_conflict_do_update(
        index_elements=keys, set_={name: table.c[name] + statement.excluded[name] for name in values}
    )
    names = [column.name for column in table.c]
    for start in range(0, len(rows), _ROWS):
        batch = [dict(zip(names, (log, generation, *row), strict=True)) for row in rows[start : start + _ROWS]]
        db.execute(statement, batch)


def _ignore_clash(db: Connection, table: Table, row: dict[str, Any]) -> None:
    make = postgresql.insert if db.dialect.name == "postgresql" else sqlite.insert
    db.execute(make(table).values(row).on_conflict_do_nothing())


# ── rebuilding ──────────────────────────────────────────────────────────────────────────────────────────────────


def rebuild(
    engine: Engine,
    projection: Projection,
    log: str,
    *,
    window: int = WINDOW,
    progress: Progress | None = None,
    mass: Callable[[Sequence[Tally], Bounds], list[Counted]] | None = None,
) -> State:
    """Count anew from entry 0 beside what is served, then swap; reads and appends go on meanwhile.

    mass  counts many entries at once in another engine (see `duck.counter`); absent, the database does it
    """
    if not isinstance(projection.definition, Tally):
        return state(engine, projection, log)
    tables = kept(engine, projection)
    tables.create(engine)
    generation = _begin_building(engine, projection, log)
    if mass is not None:
        _build_at_once(engine, projection, log, tables, generation, mass)
    while True:
        _advance(engine, projection, log, tables, BUILDING, window, progress)
        with engine.connect() as db:
            now = _state(db, projection.name, log, BUILDING)
        if now is None:
            return state(engine, projection, log)
        if now.failed_at is not None:
            raise ProjectionFailed(
                f"{projection.name} cannot count entry {now.failed_at} of {log}: {now.error}; what is served stays as it was"
            )
        old = _swap(engine, projection, log)
        if old is not None:
            _drop_generation(engine, projection, log, tables, old)
            return state(engine, projection, log)


def _begin_building(engine: Engine, projection: Projection, log: str) -> int:
    """A generation of its own, begun at 0; what an interrupted rebuild left is forgotten."""
    t = projection_state.c
    with writing(engine) as db:
        live = _state(db, projection.name, log, LIVE)
        left = _state(db, projection.name, log, BUILDING)
        generation = max(live.generation if live else 0, left.generation if left else 0) + 1
        db.execute(delete(projection_state).where(t.log == log, t.name == projection.name, t.role == BUILDING))
        for table in kept(engine, projection).all():
            db.execute(delete(table).where(table.c.log == log, table.c.generation == generation))
        db.execute(
            insert(projection_state).values(
                log=log,
                name=projection.name,
                role=BUILDING,
                version=projection.version,
                generation=generation,
                definition=digest(tally_of(projection)),
                size=0,
                failed_at=-1,
                error="",
            )
        )
    return generation


def _build_at_once(
    engine: Engine,
    projection: Projection,
    log: str,
    tables: Kept,
    generation: int,
    mass: Callable[[Sequence[Tally], Bounds], list[Counted]],
) -> None:
    with engine.connect() as db:
        end = head(db, log)
    (counted,) = mass([tables.tally], Bounds(log, 0, end))
    with writing(engine) as db:
        if _moved(db, projection.name, log, BUILDING, State(size=0, generation=generation), end):
            add(db, tables, log, generation, counted)


def _swap(engine: Engine, projection: Projection, log: str) -> int | None:
    """Serve what was built, if it is level; the generation served until now, or None when the log has moved on."""
    t = projection_state.c
    mine = and_(t.log == log, t.name == projection.name)
    with writing(engine) as db:
        # the row's lock keeps other projectors still; appends go on
        db.execute(update(projection_state).where(mine).values(error=t.error))
        built, live = (_state(db, projection.name, log, role) for role in (BUILDING, LIVE))
        if built is None:
            return None
        if live is not None and built.size < live.size:
            return None
        db.execute(delete(projection_state).where(mine, t.role == LIVE))
        db.execute(update(projection_state).where(mine, t.role == BUILDING).values(role=LIVE))
        return live.generation if live is not None else -1


def _drop_generation(engine: Engine, projection: Projection, log: str, tables: Kept, generation: int) -> None:
    if generation < 0:
        return
    for table in tables.all():
        with writing(engine) as db:
            db.execute(delete(table).where(table.c.log == log, table.c.generation == generation))
