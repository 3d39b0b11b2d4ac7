"""Where messages to residents wait and what became of them; no text, phone or name: these are read when it is sent."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table

from casework.database.metadata import Code, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("log", Code, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Code, primary_key=True),
    Column("stream", Code, nullable=False),
    Column("number", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("reason", Code, nullable=False),
    Column("attempts", Integer, nullable=False),
    *(Column(name, Code, nullable=False) for name in ("made_at", "changed_at", "next_at", "sent_at", "read_at")),
    Index("ix_outbox_state", "log", "state", "next_at"),
    Index("ix_outbox_stream", "log", "stream"),
    info={"dist": "log"},
    comment="Messages to residents: one row for each entry that one is made of, and how it fared.",
)

outbox_progress = Table(
    "outbox_progress",
    metadata,
    Column("log", Code, primary_key=True),
    Column("size", BigInteger, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="How many entries have been looked at for messages; said anew in every place, and copied to none.",
)
