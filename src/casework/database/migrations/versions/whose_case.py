"""Of each case, the unit that it is offered to and the reporter who brought it: whose cases these are."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "whose_case"
down_revision = "access_tokens"

CODE = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
SPARSE = ("pending", "co_handlers", "offered_to", "brought_by")

#: what entries say of it, for the cases that are there already; a rebuild of the change rows says the same
BROUGHT = """
UPDATE case_now SET brought_by = (
  SELECT counts_for FROM entry
  WHERE entry.log = case_now.log AND entry.stream = case_now.stream AND entry.rev = 0)
WHERE EXISTS (
  SELECT 1 FROM entry
  WHERE entry.log = case_now.log AND entry.stream = case_now.stream AND entry.rev = 0
    AND entry.type = 'case-registered.v1' AND {member} = 'reporter')
"""
OFFERED = """
UPDATE case_now SET offered_to = coalesce((
  SELECT {member} FROM entry
  WHERE entry.log = case_now.log AND entry.stream = case_now.stream AND entry.type = 'transfer-requested.v1'
  ORDER BY entry.rev DESC LIMIT 1), '')
WHERE pending = 'transfer'
"""


def _member(*path: str) -> str:
    """SQL for a member of an entry's bytes."""
    if op.get_bind().dialect.name == "sqlite":
        return f"json_extract(CAST(entry.bytes AS TEXT), '$.{'.'.join(path)}')"
    return f"(convert_from(entry.bytes, 'UTF8')::jsonb #>> '{{{','.join(path)}}}')"


def upgrade() -> None:
    """Add the columns, fill them from the entries, and index what is seldom set."""
    for name in ("offered_to", "brought_by"):
        op.add_column("case_now", sa.Column(name, CODE, nullable=False, server_default=""))
    op.execute(BROUGHT.format(member=_member("role")))
    op.execute(OFFERED.format(member=_member("data", "to_unit")))
    for name in SPARSE:
        filled = sa.text(f"{name} <> ''")
        op.create_index(f"ix_case_now_{name}", "case_now", ["log", name], sqlite_where=filled, postgresql_where=filled)
