"""What holds of the roster from which day: a change table of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "roster_change"
down_revision = "accounts"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _text(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, CODE, nullable=False) for name in names.split()]


def _whole(names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names.split()]


def upgrade() -> None:
    """The table only: `casework projections rebuild --from-entries` fills it from the entries that are there."""
    op.create_table(
        "roster_change",
        *_text("log"),
        *_whole("seq"),
        sa.Column("line", sa.Integer(), nullable=False),
        *_text("recorded_on"),
        *_whole("weight of_seq"),
        *_text("stream"),
        *_whole("rev"),
        *_text("type actor role actor_unit counts_for occurred_on effective_on"),
        *_text("thing code level kind parent area township unit cadre post duty reporter confidentiality"),
        *_whole("step began ended"),
        sa.PrimaryKeyConstraint("log", "seq", "line", name=op.f("pk_roster_change")),
        comment="What holds of places, units, people and responsibilities, and from which day it no longer does.",
    )
