"""Writes a new file that only its owner can read, flushed to disk."""

from __future__ import annotations

import os
from pathlib import Path

from casework.cli.refusals import refused


def write_new(path: Path, content: bytes) -> None:
    """Write CONTENT into a new file; refuses where there is one."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise refused("file-exists", path=path) from None
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
