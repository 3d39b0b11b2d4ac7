"""Where sealed parts lie: blobs, their wrapped keys, whom they concern, and the tokens that find them.

These rows cannot follow from the log and are the only ones beside it that may be deleted: that is how erasure works.
`log` leads every key, as everywhere.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table

from casework.database.metadata import Code, metadata

sealed_blob = Table(
    "sealed_blob",
    metadata,
    Column("log", Code, primary_key=True),
    Column("kid", Code, primary_key=True),
    Column("command", Code, nullable=False),
    Column("event", Integer, nullable=False),
    Column("alg", Code, nullable=False),
    Column("sha256", Code, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    info={"dist": "log"},
    comment="Sealed parts; `command` and `event` (its place among the command's events) are bound into the seal.",
)

sealed_key = Table(
    "sealed_key",
    metadata,
    Column("log", Code, primary_key=True),
    Column("kid", Code, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("kek", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="The key of each part, wrapped; `kek` names the wrapping key.",
)

subject_key = Table(
    "subject_key",
    metadata,
    Column("log", Code, primary_key=True),
    Column("subject", Code, primary_key=True),
    Column("kid", Code, primary_key=True),
    Index(None, "log", "kid"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Which keys concern which persons (pseudonyms): many to many.",
)

keyed_token = Table(
    "keyed_token",
    metadata,
    Column("log", Code, primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("token", Code, primary_key=True),
    Column("kid", Code, primary_key=True),
    Column("stream", Code, nullable=False),
    Index(None, "log", "kid"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="HMACs that find equal persons and equal texts; they die with the blob.",
)

attachment = Table(
    "attachment",
    metadata,
    Column("log", Code, primary_key=True),
    Column("sha256", Code, primary_key=True),
    Column("kid", Code, nullable=False),
    Column("media_type", Code, nullable=False),
    Column("length", BigInteger, nullable=False),
    Column("at", Code, nullable=False),
    Column("actor", Code, nullable=False),
    Index(None, "log", "kid"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Photos and papers by the digest of their content, each sealed under a key of its own, once per log.",
)

attachment_bringer = Table(
    "attachment_bringer",
    metadata,
    Column("log", Code, primary_key=True),
    Column("kid", Code, primary_key=True),
    Column("actor", Code, primary_key=True),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who had the bytes of an attachment and brought them: what they refer to it in shows it.",
)

kept_key = Table(
    "kept_key",
    metadata,
    Column("log", Code, primary_key=True),
    Column("purpose", Code, primary_key=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("kek", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Keys by which stored values are compared, as they were before the first rotation, wrapped.",
)

#: deleted together when a key is destroyed; the key first, so that nothing readable outlives a crash
BY_KID = (sealed_key, sealed_blob, keyed_token, subject_key, attachment, attachment_bringer)
