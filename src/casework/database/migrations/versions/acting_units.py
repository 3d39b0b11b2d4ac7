"""For which unit a token or a session acts, of somebody with several posts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "acting_units"
down_revision = "account_links"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the columns; what was made before acts for the main post, as it did."""
    for table in ("access_token", "session"):
        op.add_column(table, sa.Column("unit", CODE, nullable=False, server_default=""))
