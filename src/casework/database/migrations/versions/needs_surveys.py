"""What each entry changed of a needs survey, and of each case the survey that it comes from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "needs_surveys"
down_revision = "cases_by_place"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
LINE_TEXTS = ("type", "actor", "role", "actor_unit", "counts_for", "occurred_on", "effective_on")
TEXTS = ("asked_group", "area", "township", "unit", "units", "confidentiality", "question", "choice")
NUMBERS = ("replies", "picks", "number", "is_survey", "asked", "answered", "needs", "closed", "days_late_recorded")


def upgrade() -> None:
    """No survey is older than these: nothing has to be filled in."""
    op.create_table(
        "survey_change",
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
        sa.PrimaryKeyConstraint("log", "seq", "line", name="pk_survey_change"),
        comment="Needs surveys: whom they ask, who answered what, which needs became cases.",
    )
    op.create_index("ix_survey_change_log_stream", "survey_change", ["log", "stream"])
    for table in ("case_change", "case_now"):
        op.add_column(table, sa.Column("survey", CODE, nullable=False, server_default=""))
    op.add_column("case_change", sa.Column("before_survey", CODE, nullable=True))
    filled = sa.text("survey <> ''")
    op.create_index("ix_case_now_survey", "case_now", ["log", "survey"], sqlite_where=filled, postgresql_where=filled)
