"""Where receipts are kept: which command handed one out for which case, and a hash of its secret; never the secret."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table

from casework.database.metadata import Code, metadata

receipt = Table(
    "receipt",
    metadata,
    Column("log", Code, primary_key=True),
    Column("stream", Code, primary_key=True),
    Column("command", Code, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Of each receipt handed out: the command that did, and a hash of its secret; the latest one is good.",
)
