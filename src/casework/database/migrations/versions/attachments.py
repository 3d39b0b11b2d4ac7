"""Photos and papers, by the digest of their content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "attachments"
down_revision = "whose_case"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "attachment",
        sa.Column("log", CODE, nullable=False),
        sa.Column("sha256", CODE, nullable=False),
        sa.Column("kid", CODE, nullable=False),
        sa.Column("media_type", CODE, nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("at", CODE, nullable=False),
        sa.Column("actor", CODE, nullable=False),
        sa.PrimaryKeyConstraint("log", "sha256", name=op.f("pk_attachment")),
        sqlite_with_rowid=False,
        comment="Photos and papers by the digest of their content, each sealed under a key of its own, once per log.",
    )
    op.create_index(op.f("ix_attachment_log_kid"), "attachment", ["log", "kid"])
