"""The rejects file of a roster, with reasons in both languages."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from casework.exchange.csv_rows import guarded

_HEADER = ("文件 file", "行 line", "列 column", "原因", "reason", "值 value")


class Rejected(Protocol):
    """What is told of a row."""

    @property
    def file(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> str: ...
    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...
    @property
    def value(self) -> str: ...


def write(path: Path, rejected: Iterable[Rejected]) -> None:
    """Write them, readable by its owner alone; a file of an earlier try makes room."""
    path.unlink(missing_ok=True)
    made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(made, "w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_HEADER)
        for one in rejected:
            rows.writerow((one.file, one.line, one.column, one.zh, one.en, guarded(one.value)))
