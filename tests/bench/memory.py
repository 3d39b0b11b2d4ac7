"""Row memory: peak memory of a full rebuild at two lengths of history."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from casework.database import engine as database
from casework.projection.full_rebuild import rebuild_all
from tests.bench import machine
from tests.bench.place import LOG
from tests.bench.places import history, tallies, url
from tests.bench.table import Line, Size

GOAL_MB = 300.0


def measure(folder: Path, quick: bool, size: Size) -> list[Line]:
    """A subprocess each, so that a peak is its own; the second line says what ten times the history adds."""
    small, large = max(size.small, size.large // 10), size.large
    peaks = [_peak(folder, entries) for entries in (small, large)]
    return [
        Line(
            row="memory",
            what=f"peak MB of a full rebuild of {large:,} entries",
            ours=f"{peaks[1]:.0f} MB",
            other=f"{GOAL_MB:.0f} MB allowed; {peaks[0]:.0f} MB at {small:,} entries",
            ratio=peaks[1] / GOAL_MB,
            goal=1.0,
            at_most=True,
        ),
        Line(
            row="memory-growth",
            what=f"the same ÷ its peak at {small:,} entries",
            ours=f"{peaks[1]:.0f} MB",
            other=f"{peaks[0]:.0f} MB",
            ratio=peaks[1] / peaks[0],
        ),
    ]


def _peak(folder: Path, entries: int) -> float:
    place = folder / f"memory-{entries}"
    shutil.copytree(history(folder, entries), place)
    try:
        command = [sys.executable, "-m", "tests.bench.memory", url(place)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return float(done.stdout.split()[-1])
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    engine = database.engine_for(sys.argv[1])
    rebuild_all(engine, tallies(), LOG)
    print(machine.peak_memory_mb())
