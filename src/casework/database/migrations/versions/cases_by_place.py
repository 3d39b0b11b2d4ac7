"""Cases by where and when: what was registered in a place lately is looked at each time that something is."""

from __future__ import annotations

from alembic import op

revision = "cases_by_place"
down_revision = "attachments"


def upgrade() -> None:
    """Add the index."""
    op.create_index("ix_case_now_area", "case_now", ["log", "area", "number"])
