"""Access tokens of the API: their hash, for whom, in which role and area, and until when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "access_tokens"
down_revision = "0001"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "access_token",
        sa.Column("log", CODE, nullable=False),
        sa.Column("id", CODE, nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        *(
            sa.Column(name, CODE, nullable=False)
            for name in ("actor", "role", "area", "made_at", "made_by", "expires_at", "revoked_at")
        ),
        sa.PrimaryKeyConstraint("log", "id", name=op.f("pk_access_token")),
        sqlite_with_rowid=False,
        comment="Access tokens of the API: their SHA-256 only, for whom, in which role and area, and until when.",
    )
