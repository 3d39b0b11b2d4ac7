"""Accounts that open by the identity provider, sign-ins on their way through it, and what it proved."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "account_links"
down_revision = "receipts"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, CODE, nullable=False) for name in names]


def _bytes(*names: str) -> list[sa.Column[bytes]]:
    return [sa.Column(name, sa.LargeBinary(), nullable=False) for name in names]


def upgrade() -> None:
    """Add the tables; whoever is signed in was proved by a password."""
    op.create_table(
        "account_link",
        *_texts("log", "login", "issuer"),
        *_bytes("subject"),
        *_texts("made_at", "made_by"),
        sa.PrimaryKeyConstraint("log", "login", name=op.f("pk_account_link")),
        sa.UniqueConstraint("log", "issuer", "subject", name=op.f("uq_account_link_log_issuer_subject")),
        sqlite_with_rowid=False,
        comment="Who at the identity provider comes in by which account; an HMAC of their identifier there only.",
    )
    op.create_table(
        "sign_in_begun",
        *_texts("log"),
        *_bytes("state", "browser"),
        *_texts("next", "until"),
        sa.PrimaryKeyConstraint("log", "state", name=op.f("pk_sign_in_begun")),
        sqlite_with_rowid=False,
        comment="Sign-ins on their way through the identity provider, for minutes; SHA-256 of what finishes them only.",
    )
    op.add_column("session", sa.Column("second", sa.Integer(), nullable=False, server_default="0"))
