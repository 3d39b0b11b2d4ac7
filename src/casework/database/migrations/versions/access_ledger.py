"""Who read what is sealed: rows that are added, and never changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "access_ledger"
down_revision = "roster_change"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NAMES = "log day id at actor role unit what stream".split(), "source operator reason request".split()


def upgrade() -> None:
    """Add the table; on SQLite with triggers that guard it as they guard the entries."""
    before, after = NAMES
    op.create_table(
        "access_ledger",
        *(sa.Column(name, CODE, nullable=False) for name in before),
        sa.Column("shown", sa.Integer(), nullable=False),
        *(sa.Column(name, CODE, nullable=False) for name in after),
        sa.PrimaryKeyConstraint("log", "day", "id", name=op.f("pk_access_ledger")),
        sqlite_with_rowid=False,
        comment="Who read what is sealed, when and why; rows are added, and each day is fixed by an entry.",
    )
    op.create_index("ix_access_ledger_stream", "access_ledger", ["log", "stream", "day"])
    op.create_index("ix_access_ledger_actor", "access_ledger", ["log", "actor", "day"])
    if op.get_context().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER access_ledger_no_{act.lower()} BEFORE {act} ON access_ledger "
                "BEGIN SELECT RAISE(ABORT, 'readings are never changed or removed'); END"
            )
