"""Report of an import: rows taken, rows refused, rows that changed."""

from __future__ import annotations

import msgspec
from msgspec import Struct


class Changed(Struct, frozen=True):
    """A row that says something else than when it was imported before."""

    line: int
    external_ref: str
    what: str


class Report(Struct, kw_only=True):
    """What an import did, or with `dry_run` would do."""

    ledger: str
    dry_run: bool = False
    rows: int = 0
    understood: int = 0
    cases: int = 0
    closings: int = 0
    actions: int = 0
    repeated: int = 0
    rejected: int = 0
    blank_area: int = 0
    closed_before_opened: list[int] = msgspec.field(default_factory=list[int])
    changed: list[Changed] = msgspec.field(default_factory=list[Changed])
    corrected: int = 0
    areas: int = 0
    units: int = 0
    categories: int = 0
    rejects_file: str = ""

    @property
    def entries(self) -> int:
        """Entries of cases that this run added."""
        return self.cases + self.closings + self.actions + self.corrected
