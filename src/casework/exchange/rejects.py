"""The rejects file of a ledger: line, column, reason and value of each row."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Any

from casework.exchange.ledger import Reject


class RejectsFile:
    """Where rejected rows go: made at the first reject, readable by its owner alone, for values may be personal.

    Reasons are in LANGUAGE, that of whoever imports: the file is theirs to read and to mend by.
    """

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
        if self._file is None:
            self.path.unlink(missing_ok=True)
            made = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(made, "w", encoding="utf-8-sig", newline="")
            self._rows = csv.writer(self._file)
            self._rows.writerow(("line", "column", "reason", "value"))
        self._rows.writerow((reject.line, reject.column, reject.reason.on(self.language), _harmless(reject.value)))
        self.count += 1


def _harmless(value: str) -> str:
    # a spreadsheet would run a cell that begins like a formula
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
