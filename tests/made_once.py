"""Folders shared by all workers of a session, filled by the first that asks."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

VARIABLE = "CASEWORK_TEST_SHARED"


def begin() -> None:
    """Make the folder; what is started from here on finds it in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="casework-"))
    # run as root, PostgreSQL works in it as a user of its own
    folder.chmod(0o755)
    os.environ[VARIABLE] = str(folder)


def end() -> None:
    """Remove the folder with all that was made."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


@contextmanager
def locked(name: str) -> Iterator[Path]:
    """The folder of that NAME, which nobody else works on meanwhile."""
    folder = Path(os.environ[VARIABLE])
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield folder / name


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that NAME, filled by MAKE unless another worker did it; what failed is tried anew."""
    with locked(name) as folder:
        if not folder.exists():
            unfinished = folder.with_name(f"{name}.unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(folder)
        return folder
