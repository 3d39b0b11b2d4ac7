"""Checkpoints of projections: how far each has counted, and in which tables."""

from __future__ import annotations

from functools import lru_cache

from msgspec import Struct
from sqlalchemy import Connection, Engine, bindparam, select

from casework.database.engine import reading
from casework.log.schema import log_head
from casework.projection.projection import Projection
from casework.projection.tables import SCHEMA, TallyTables, projection_state
from casework.projection.tally import Tally

LIVE, BUILDING = "live", "building"
_t = projection_state.c


class Checkpoint(Struct, frozen=True, kw_only=True):
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


# built once: every projection reads them several times whenever an entry was added
_STATE = select(*(_t[name] for name in Checkpoint.__struct_fields__)).where(
    _t.log == bindparam("log"), _t.name == bindparam("name"), _t.role == bindparam("role")
)
_HEAD = select(log_head.c.size).where(log_head.c.log == bindparam("log"))


def head(db: Connection, log: str) -> int:
    """Entries of the log."""
    return db.scalar(_HEAD, {"log": log}) or 0


def tables_of(engine: Engine, projection: Projection) -> TallyTables:
    """The tables of its tally on this database."""
    return _tables(projection.name, tally_of(projection), engine.dialect.name)


@lru_cache(maxsize=256)
def _tables(name: str, tally: Tally, dialect: str) -> TallyTables:
    return TallyTables(name, tally, schema=SCHEMA if dialect == "postgresql" else None)


def tally_of(projection: Projection) -> Tally:
    """The tally of a projection; a register keeps nothing and needs no upkeep."""
    if not isinstance(projection.definition, Tally):
        raise TypeError(f"{projection.name} is a register: it reads case_now and keeps no counts")
    return projection.definition


def checkpoint(engine: Engine, projection: Projection, log: str, role: str = LIVE) -> Checkpoint:
    """How far it is; a projection that never ran stands at 0. A register is always level."""
    with reading(engine) as db:
        if not isinstance(projection.definition, Tally):
            return Checkpoint(size=head(db, log), version=projection.version)
        return checkpoint_in(db, projection.name, log, role) or Checkpoint()


def checkpoint_in(db: Connection, name: str, log: str, role: str) -> Checkpoint | None:
    """Its state as this transaction sees it; None when there is none."""
    row = db.execute(_STATE, {"log": log, "name": name, "role": role}).first()
    if row is None:
        return None
    members = row._asdict()
    members["failed_at"] = None if row.failed_at < 0 else row.failed_at
    return Checkpoint(**members)
