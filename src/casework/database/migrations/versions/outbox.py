"""Messages to residents, and how far the log has been looked at for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "outbox"
down_revision = "kept_keys"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
TEXTS = ("stream", "number", "state", "reason")
INSTANTS = ("made_at", "changed_at", "next_at", "sent_at", "read_at")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "outbox",
        sa.Column("log", CODE, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", CODE, nullable=False),
        *(sa.Column(name, CODE, nullable=False) for name in TEXTS),
        sa.Column("attempts", sa.Integer(), nullable=False),
        *(sa.Column(name, CODE, nullable=False) for name in INSTANTS),
        sa.PrimaryKeyConstraint("log", "seq", "kind", name=op.f("pk_outbox")),
        comment="Messages to residents: one row for each entry that one is made of, and how it fared.",
    )
    op.create_index("ix_outbox_state", "outbox", ["log", "state", "next_at"])
    op.create_index("ix_outbox_stream", "outbox", ["log", "stream"])
    op.create_table(
        "outbox_progress",
        sa.Column("log", CODE, nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("log", name=op.f("pk_outbox_progress")),
        sqlite_with_rowid=False,
        comment="How many entries have been looked at for messages; said anew in every place, and copied to none.",
    )
