"""Tables of projections: their checkpoints, and the counts themselves."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Engine, MetaData, Table, inspect, text

from casework.database.engine import writing
from casework.database.metadata import Code, log_table, smalls, texts, wholes
from casework.projection.tally import Tally

#: on PostgreSQL the serving role may create tables in a schema of its own, and nowhere else
SCHEMA = "shelf"

projection_state = log_table(
    "projection_state",
    texts(
        "log",
        primary=True,
        name="the projection",
        role="`live`: answers are read from it; `building`: a rebuild that will replace it",
    ),
    smalls(version="of the definition", generation="which rows of the projection's tables belong to it"),
    texts(definition="digest of the definition: it may not change under one version"),
    wholes(size="entries counted", failed_at="entry at which it stopped; −1 while it runs"),
    texts(error="what went wrong there"),
    comment="How far each projection has counted, moved by compare-and-set in the transaction that writes the counts.",
)


_DATED = ("day", "recorded_on", "slice")
_WHOLE = {"generation", "slice", "bucket"}


def _keys(*names: str) -> list[Column[Any]]:
    return [
        Column(name, BigInteger if name in _WHOLE else Code, primary_key=True, autoincrement=False) for name in names
    ]


def _numbers(*names: str) -> list[Column[Any]]:
    return [Column(name, BigInteger, nullable=False) for name in names]


class TallyTables:
    """The tables of one tally in one version: counts by day and slice, running totals, buckets."""

    def __init__(self, name: str, tally: Tally, *, schema: str | None) -> None:
        self.tally = tally
        own = MetaData(schema=schema)
        stem = f"{name}_v{tally.version}"
        stem_keys = ("log", "generation", *tally.kept)
        self.days = Table(stem, own, *_keys(*stem_keys, *_DATED), *_numbers(*tally.plain), sqlite_with_rowid=False)
        self.now = Table(f"{stem}_now", own, *_keys(*stem_keys), *_numbers(*tally.plain), sqlite_with_rowid=False)
        self.spread: Table | None = None
        self.spread_now: Table | None = None
        if tally.spread:
            self.spread = Table(
                f"{stem}_spread",
                own,
                *_keys(*stem_keys, *_DATED, "measure", "bucket"),
                *_numbers("n"),
                sqlite_with_rowid=False,
            )
            # buckets: as `packed` writes them
            self.spread_now = Table(
                f"{stem}_spread_now",
                own,
                *_keys(*stem_keys, "measure"),
                Column("buckets", Code, nullable=False),
                sqlite_with_rowid=False,
            )

    def all(self) -> list[Table]:
        """Every table of it."""
        return [table for table in (self.days, self.now, self.spread, self.spread_now) if table is not None]

    def create(self, engine: Engine) -> None:
        """Make what is not there yet."""
        with engine.connect() as db:
            if all(inspect(db).has_table(table.name, schema=table.schema) for table in self.all()):
                return
        with writing(engine) as db:
            if db.dialect.name == "postgresql":
                # two projectors that begin at once: the second waits, then finds everything made
                db.execute(text("SELECT pg_advisory_xact_lock(hashtext('casework.shelf'))"))
                if self.days.schema and not inspect(db).has_schema(self.days.schema):
                    db.execute(text(f'CREATE SCHEMA "{self.days.schema}"'))
            for table in self.all():
                table.create(db, checkfirst=True)

    def drop_others(self, engine: Engine, name: str, versions: set[int]) -> None:
        """Drop the tables of this projection's versions that nobody serves any more."""
        mine = re.compile(re.escape(name) + r"_v(\d+)(_now|_spread|_spread_now)?\Z")
        with engine.connect() as db:
            found = [(t, mine.match(t)) for t in inspect(db).get_table_names(schema=self.days.schema)]
        for table, match in found:
            if match and int(match[1]) not in versions:
                with writing(engine) as db:
                    Table(table, MetaData(schema=self.days.schema)).drop(db, checkfirst=True)

    def exists(self, db: Connection) -> bool:
        """Whether its tables have been made."""
        return inspect(db).has_table(self.days.name, schema=self.days.schema)
