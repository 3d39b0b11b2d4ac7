"""The machine: its processors, its load and its rate of fdatasync."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
import sys
import time
from pathlib import Path


def describe() -> str:
    """One line: processors, load, Python, SQLite."""
    load = "/".join(f"{value:.1f}" for value in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return (
        f"{os.cpu_count()} processors, load {load} (1/5/15 min), {platform.system()} {platform.machine()}, "
        f"Python {sys.version.split()[0]}, SQLite {sqlite3.sqlite_version}"
    )


def fdatasync_rate(folder: Path, writes: int = 200) -> float:
    """Durable 4 KiB writes per second, one after another, in `folder`."""
    path = folder / "fdatasync"
    block = b"x" * 4096
    target = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
    try:
        began = time.perf_counter()
        for _ in range(writes):
            os.pwrite(target, block, 0)
            os.fdatasync(target)
        return writes / (time.perf_counter() - began)
    finally:
        os.close(target)
        path.unlink()


def median(values: list[float]) -> float:
    """The median."""
    return statistics.median(values)


def peak_memory_mb() -> float:
    """Largest resident size of this program so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        # not by getrusage: Linux counts there what the process was before it became this program, its parent's copy
        (peak,) = [line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM:")]
        return int(peak) / 1024
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def line(folder: Path) -> str:
    """Load and fdatasync rate just now: what stands before and after each row."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    return f"load {load}, {fdatasync_rate(folder, 100):,.0f} fdatasync/s"
