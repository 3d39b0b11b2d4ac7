"""Who brought which attachment, first or again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "attachment_bringers"
down_revision = "access_ledger"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table; of what is there already its first bringer is known."""
    op.create_table(
        "attachment_bringer",
        sa.Column("log", CODE, nullable=False),
        sa.Column("kid", CODE, nullable=False),
        sa.Column("actor", CODE, nullable=False),
        sa.PrimaryKeyConstraint("log", "kid", "actor", name=op.f("pk_attachment_bringer")),
        sqlite_with_rowid=False,
        comment="Who had the bytes of an attachment and brought them: what they refer to it in shows it.",
    )
    op.execute("INSERT INTO attachment_bringer (log, kid, actor) SELECT log, kid, actor FROM attachment")
