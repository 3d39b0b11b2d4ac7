"""The tables of the log: entries, heads of log and streams, answered commands, claims."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from casework.database.metadata import Code, metadata

log_head = Table(
    "log_head",
    metadata,
    Column("log", Code, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("at", Code, nullable=False),
    Column("recorded_on", Code, nullable=False),
    Column("number_year", Integer, nullable=False),
    Column("number_count", Integer, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    postgresql_with={"fillfactor": 10},
    comment="One row per log, locked by every append: its size, last instant and last case number.",
)

entry = Table(
    "entry",
    metadata,
    Column("log", Code, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    Column("stream", Code, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("type", Code, nullable=False),
    Column("at", Code, nullable=False),
    Column("recorded_on", Code, nullable=False),
    Column("occurred_on", Code, nullable=False),
    Column("actor", Code, nullable=False),
    Column("counts_for", Code, nullable=False),
    Column("command", Code, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    UniqueConstraint("log", "stream", "rev"),
    Index(None, "log", "command"),
    info={"dist": "log"},
    comment="The truth is `bytes`; the other columns are an index over them, which verify compares.",
)

stream_head = Table(
    "stream_head",
    metadata,
    Column("log", Code, primary_key=True),
    Column("stream", Code, primary_key=True),
    Column("rev", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="The last revision of each stream, and its place in the log.",
)

command = Table(
    "command",
    metadata,
    Column("log", Code, primary_key=True),
    Column("command", Code, primary_key=True),
    Column("actor", Code, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("at", Code, nullable=False),
    Column("answer", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Commands answered, for as long as a device may stay away; entries remember theirs for longer.",
)

claim = Table(
    "claim",
    metadata,
    Column("log", Code, primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("key", Code, primary_key=True),
    Column("stream", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="What exists once in a log: case numbers, a ledger's own ids.",
)
