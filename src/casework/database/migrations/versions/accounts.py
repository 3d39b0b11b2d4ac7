"""Accounts, their sessions and second factors; and what an access token may be used for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "accounts"
down_revision = "needs_surveys"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, CODE, nullable=False) for name in names]


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def upgrade() -> None:
    """Add the tables; tokens made before may do what they could."""
    op.create_table(
        "account",
        *_texts("log", "login", "actor", "phc", "state"),
        *_numbers("must_change"),
        *_texts("code_until"),
        *_numbers("totp_on"),
        _bytes("totp_secret"),
        *_texts("totp_kek"),
        sa.Column("totp_step", sa.BigInteger(), nullable=False),
        *_texts("made_at", "made_by", "changed_at", "changed_by", "signed_in_at"),
        sa.PrimaryKeyConstraint("log", "login", name=op.f("pk_account")),
        sqlite_with_rowid=False,
        comment="Who may sign in, as whom, and the argon2id hash of the password.",
    )
    op.create_table(
        "recovery_code",
        *_texts("log", "login"),
        _bytes("digest"),
        *_texts("used_at"),
        sa.PrimaryKeyConstraint("log", "login", "digest", name=op.f("pk_recovery_code")),
        sqlite_with_rowid=False,
        comment="What stands in for a lost second factor, each once; an HMAC only.",
    )
    op.create_table(
        "session",
        *_texts("log", "id"),
        _bytes("digest"),
        *_texts("login", "actor", "role", "way", "device", "made_at", "seen_at", "expires_at", "ended_at", "ended_by"),
        sa.PrimaryKeyConstraint("log", "id", name=op.f("pk_session")),
        sqlite_with_rowid=False,
        comment="Who is signed in: browsers for a day's work, devices for weeks; the SHA-256 of each secret only.",
    )
    op.create_index(op.f("ix_session_log_login"), "session", ["log", "login"])
    op.create_table(
        "sign_in_failure",
        *_texts("log", "key"),
        *_numbers("failures"),
        *_texts("last_at", "until"),
        sa.PrimaryKeyConstraint("log", "key", name=op.f("pk_sign_in_failure")),
        sqlite_with_rowid=False,
        comment="Sign-ins that failed lately, by keyed hash of what was typed and of where from; kept for a day.",
    )
    op.add_column("access_token", sa.Column("scopes", CODE, nullable=False, server_default="read act"))
