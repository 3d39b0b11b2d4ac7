"""How the program was started, so that lines shown to go on with work when pasted."""

from __future__ import annotations

import sys
from pathlib import Path


def started(folder: Path, log: str = "") -> str:
    """The program with the data of FOLDER (and of LOG, where a database may hold several)."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "casework" else "casework"
    of = f" CASEWORK_LOG={log}" if log else ""
    return f"CASEWORK_FOLDER={folder}{of} {program}"
