"""The rejects files of ledgers and rosters: place, reason and value of each row."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from casework.exchange.csv_rows import guarded
from casework.exchange.ledger import Reject


class RejectsFile:
    """Rejected rows of a ledger, with reasons in LANGUAGE; the file is created at the first reject."""

    def __init__(self, path: Path, language: str) -> None:
        self.path = path
        self.language = language
        self.count = 0
        self._file: Any = None

    def __enter__(self) -> RejectsFile:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, reject: Reject) -> None:
        """Append one row."""
        if self._file is None:
            self._file = _created(self.path)
            self._rows = csv.writer(self._file)
            self._rows.writerow(("line", "column", "reason", "value"))
        self._rows.writerow((reject.line, reject.column, reject.reason.on(self.language), _harmless(reject.value)))
        self.count += 1


def write_of_roster(path: Path, rejected: Iterable[tuple[str, int, str, str, str, str]]) -> None:
    """Write the rejects file of a roster: file, line, column, reason (Chinese, English) and value of each row."""
    with _created(path) as file:
        rows = csv.writer(file)
        rows.writerow(("文件 file", "行 line", "列 column", "原因", "reason", "值 value"))
        rows.writerows((*place, guarded(value)) for *place, value in rejected)


def _created(path: Path) -> Any:
    """A new text file in place of an earlier one; values may be personal, so only its owner may read it."""
    path.unlink(missing_ok=True)
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    return os.fdopen(made, "w", encoding="utf-8-sig", newline="")


def _harmless(value: str) -> str:
    # a spreadsheet would run a cell that begins like a formula
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
