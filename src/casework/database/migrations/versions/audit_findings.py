"""What each entry changed of an auditor's finding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "audit_findings"
down_revision = "acting_units"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LINE_TEXTS = ("type", "actor", "role", "actor_unit", "counts_for", "occurred_on", "effective_on")
TEXTS = (
    "kind", "about", "about_case", "projection", "area", "township", "unit", "confidentiality", "status", "outcome",
    "due_on",
)  # fmt: skip
NUMBERS = ("step", "is_finding", "answered", "late", "days_to_answer", "closed")


def upgrade() -> None:
    """No finding is older than this: nothing has to be filled in."""
    op.create_table(
        "finding_change",
        sa.Column("log", CODE, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("recorded_on", CODE, nullable=False),
        sa.Column("weight", sa.BigInteger(), nullable=False),
        sa.Column("of_seq", sa.BigInteger(), nullable=False),
        sa.Column("stream", CODE, nullable=False),
        sa.Column("rev", sa.BigInteger(), nullable=False),
        *(sa.Column(name, CODE, nullable=False) for name in (*LINE_TEXTS, *TEXTS)),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in NUMBERS),
        sa.PrimaryKeyConstraint("log", "seq", "line", name="pk_finding_change"),
        comment="What auditors found: about what, whom it concerns, and from which day how it stands.",
    )
    op.create_index("ix_finding_change_log_stream", "finding_change", ["log", "stream"])
    op.create_index("ix_finding_change_log_about_case", "finding_change", ["log", "about_case"])
