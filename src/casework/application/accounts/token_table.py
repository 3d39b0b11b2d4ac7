"""Where access tokens are kept: who may come in at the doors, as what, into which log; never the token itself."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, Table

from casework.database.metadata import Code, metadata

access_token = Table(
    "access_token",
    metadata,
    Column("log", Code, primary_key=True),
    Column("id", Code, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("actor", Code, nullable=False),
    Column("role", Code, nullable=False),
    Column("area", Code, nullable=False),
    Column("made_at", Code, nullable=False),
    Column("made_by", Code, nullable=False),
    Column("expires_at", Code, nullable=False),
    Column("revoked_at", Code, nullable=False),
    Column("scopes", Code, nullable=False),
    Column("unit", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Access tokens of the API: their SHA-256 only, for whom, in which role and area, and until when.",
)
