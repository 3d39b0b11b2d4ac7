"""Where accounts are kept: who may sign in, by what proof, and which sessions are open; no secret is readable."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, Table, UniqueConstraint

from casework.database.metadata import Code, metadata

account = Table(
    "account",
    metadata,
    Column("log", Code, primary_key=True),
    Column("login", Code, primary_key=True),
    Column("actor", Code, nullable=False),
    Column("phc", Code, nullable=False),
    Column("state", Code, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("code_until", Code, nullable=False),
    Column("totp_on", Integer, nullable=False),
    Column("totp_secret", LargeBinary, nullable=False),
    Column("totp_kek", Code, nullable=False),
    Column("totp_step", BigInteger, nullable=False),
    Column("made_at", Code, nullable=False),
    Column("made_by", Code, nullable=False),
    Column("changed_at", Code, nullable=False),
    Column("changed_by", Code, nullable=False),
    Column("signed_in_at", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who may sign in, as whom, and the argon2id hash of the password.",
)

recovery_code = Table(
    "recovery_code",
    metadata,
    Column("log", Code, primary_key=True),
    Column("login", Code, primary_key=True),
    Column("digest", LargeBinary, primary_key=True),
    Column("used_at", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="What stands in for a lost second factor, each once; an HMAC only.",
)

session = Table(
    "session",
    metadata,
    Column("log", Code, primary_key=True),
    Column("id", Code, primary_key=True),
    Column("digest", LargeBinary, nullable=False),
    Column("login", Code, nullable=False),
    Column("actor", Code, nullable=False),
    Column("role", Code, nullable=False),
    Column("way", Code, nullable=False),
    Column("second", Integer, nullable=False),
    Column("device", Code, nullable=False),
    Column("made_at", Code, nullable=False),
    Column("seen_at", Code, nullable=False),
    Column("expires_at", Code, nullable=False),
    Column("ended_at", Code, nullable=False),
    Column("ended_by", Code, nullable=False),
    Column("unit", Code, nullable=False),
    Index(None, "log", "login"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who is signed in: browsers for a day's work, devices for weeks; the SHA-256 of each secret only.",
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("log", Code, primary_key=True),
    Column("key", Code, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", Code, nullable=False),
    Column("until", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Sign-ins that failed lately, by keyed hash of what was typed and of where from; kept for a day.",
)

account_link = Table(
    "account_link",
    metadata,
    Column("log", Code, primary_key=True),
    Column("login", Code, primary_key=True),
    Column("issuer", Code, nullable=False),
    Column("subject", LargeBinary, nullable=False),
    Column("made_at", Code, nullable=False),
    Column("made_by", Code, nullable=False),
    UniqueConstraint("log", "issuer", "subject"),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Who at the identity provider comes in by which account; an HMAC of their identifier there only.",
)

sign_in_begun = Table(
    "sign_in_begun",
    metadata,
    Column("log", Code, primary_key=True),
    Column("state", LargeBinary, primary_key=True),
    Column("browser", LargeBinary, nullable=False),
    Column("next", Code, nullable=False),
    Column("until", Code, nullable=False),
    info={"dist": "log"},
    sqlite_with_rowid=False,
    comment="Sign-ins on their way through the identity provider, for minutes; SHA-256 of what finishes them only.",
)

#: what another place must not bring to life again: whoever was signed out stays so
PASSING = (session, sign_in_failure, sign_in_begun)
