"""Keys for comparing that outlive a rotation of the wrapping key."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "kept_keys"
down_revision = "attachment_bringers"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table; it is empty until the first rotation."""
    op.create_table(
        "kept_key",
        sa.Column("log", CODE, nullable=False),
        sa.Column("purpose", CODE, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("kek", CODE, nullable=False),
        sa.PrimaryKeyConstraint("log", "purpose", name=op.f("pk_kept_key")),
        sqlite_with_rowid=False,
        comment="Keys by which stored values are compared, as they were before the first rotation, wrapped.",
    )
