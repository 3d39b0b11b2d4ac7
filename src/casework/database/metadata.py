"""The metadata shared by all tables, and helpers that make tables and columns.

Every table is distributed by county (`info={"dist": "log"}`): `log` leads its primary key, its unique keys and its
indexes. Text sorts by code point on every database. No table takes values from a sequence.

Options for PostgreSQL only (fill factor, partial indexes) are in the migrations: a `postgresql_…` option here would
import that dialect (0.1 s) into every run on SQLite.

The `doc` of each column is its meaning in `docs/reference/tables.md`; no database stores it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: text in code-point order, independent of the collation of the database
Code = Text().with_variant(Text(collation="C"), "postgresql")

#: column → meaning, in every table that does not say otherwise
_COMMON = {
    "log": "county's code; leads every key",
    "seq": "place in the log, from 0, gapless",
    "stream": "stream of the thing, as `case/<uuid>`",
    "rev": "place in the stream, from 0, gapless",
    "type": "stored name of the event",
    "at": "instant of recording, UTC, never decreasing within a log",
    "recorded_on": "county-local date of recording, never decreasing",
    "occurred_on": "county-local date on which it happened",
    "effective_on": "the latest `occurred_on` of the stream so far: dates stocks",
    "actor": "who entered it, by pseudonym",
    "counts_for": "whose act it was: `for` where somebody else entered it, else the actor",
    "role": "role acted in",
    "actor_unit": "the actor's unit at that time; '' without",
    "command": "id of the command, made by its sender",
    "line": "from 0 within the entry and the table",
    "weight": "+1, or −1 where a correction takes a line back; every sum is Σ weight × measure",
    "of_seq": "`seq` of the entry that the line describes: another than `seq` on the lines of a correction",
    "kid": "id of the key: milliseconds of sealing, then 80 random bits",
}

#: rights of the serving role on PostgreSQL: on state
ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"
#: on sealed data, which erasure deletes
ERASABLE = "SELECT, INSERT, DELETE"
APPEND_ONLY = "SELECT, INSERT"


def log_table(name: str, *items: SchemaItem | list[Column[Any]], rights: str = ALL_RIGHTS, **options: Any) -> Table:
    """A table distributed by `log`; RIGHTS are the serving role's on PostgreSQL. ITEMS may be lists of columns."""
    parts = [part for item in items for part in (item if isinstance(item, list) else (item,))]
    return Table(name, metadata, *parts, info={"dist": "log", "rights": rights}, **options)


def clustered(name: str, *items: SchemaItem | list[Column[Any]], rights: str = ALL_RIGHTS, **options: Any) -> Table:
    """A `log_table` whose rows SQLite keeps in the order of their key."""
    return log_table(name, *items, rights=rights, sqlite_with_rowid=False, **options)


def texts(names: str = "", *, primary: bool = False, **meanings: str) -> list[Column[Any]]:
    """Text columns, never NULL: NAMES between blanks, then those of MEANINGS (column → what it holds)."""
    return _columns(Code, names, primary, meanings)


def wholes(names: str = "", *, primary: bool = False, **meanings: str) -> list[Column[Any]]:
    """The same for whole numbers of 64 bits."""
    return _columns(BigInteger(), names, primary, meanings)


def smalls(names: str = "", *, primary: bool = False, **meanings: str) -> list[Column[Any]]:
    """The same for whole numbers of 32 bits."""
    return _columns(Integer(), names, primary, meanings)


def binaries(names: str = "", *, primary: bool = False, **meanings: str) -> list[Column[Any]]:
    """The same for bytes."""
    return _columns(LargeBinary(), names, primary, meanings)


def _columns(kind: Any, names: str, primary: bool, meanings: dict[str, str]) -> list[Column[Any]]:
    said = _COMMON | meanings
    return [
        Column(name, kind, primary_key=primary, nullable=False, autoincrement=False, doc=said.get(name))
        for name in dict.fromkeys([*names.split(), *meanings])
    ]
