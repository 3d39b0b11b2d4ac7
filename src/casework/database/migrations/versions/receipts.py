"""Receipts by which residents follow their cases, and what of their data they ask about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "receipts"
down_revision = "outbox"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table and the column; no case that is there already asks anything yet."""
    op.create_table(
        "receipt",
        sa.Column("log", CODE, nullable=False),
        sa.Column("stream", CODE, nullable=False),
        sa.Column("command", CODE, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("log", "stream", "command", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
        comment="Of each receipt handed out: the command that did, and a hash of its secret; the latest one is good.",
    )
    op.add_column("case_now", sa.Column("data_requests", CODE, nullable=False, server_default=""))
    filled = sa.text("data_requests <> ''")
    op.create_index(
        "ix_case_now_data_requests",
        "case_now",
        ["log", "data_requests"],
        sqlite_where=filled,
        postgresql_where=filled,
    )
