"""Where it is written down who read what is sealed: one row for each case opened and each list page read."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from casework.database.metadata import Code, metadata

access_ledger = Table(
    "access_ledger",
    metadata,
    Column("log", Code, primary_key=True),
    Column("day", Code, primary_key=True),
    Column("id", Code, primary_key=True),
    Column("at", Code, nullable=False),
    Column("actor", Code, nullable=False),
    Column("role", Code, nullable=False),
    Column("unit", Code, nullable=False),
    Column("what", Code, nullable=False),
    Column("stream", Code, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("source", Code, nullable=False),
    Column("operator", Code, nullable=False),
    Column("reason", Code, nullable=False),
    Column("request", Code, nullable=False),
    Index("ix_access_ledger_stream", "log", "stream", "day"),
    Index("ix_access_ledger_actor", "log", "actor", "day"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who read what is sealed, when and why; rows are added, and each day is fixed by an entry.",
)
