"""Writes a new file that only its owner can read, flushed to disk."""

from __future__ import annotations

import os
from pathlib import Path


def private_file(path: Path, content: bytes) -> None:
    """Write CONTENT into a new file; FileExistsError where there is one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
