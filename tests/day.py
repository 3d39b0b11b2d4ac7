"""Runs the tests on the day named in CASEWORK_TEST_DAY, by Debian's faketime.

The day is `YYYY-MM-DD` (from 09:00) or `YYYY-MM-DDTHH:MM`, in county time; from there the clock goes on.
Child processes inherit it. PostgreSQL and the browser keep the machine's own clock.
"""

from __future__ import annotations

import math
import os
import sys
import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

VARIABLE = "CASEWORK_TEST_DAY"
ZONE = "Asia/Shanghai"
#: the folder of the module that mends `time.sleep` under faketime
SLEEPING = Path(__file__).with_name("another_day")
LIBRARIES = ("/usr/lib/*/faketime/libfaketimeMT.so.1", "/usr/local/lib/faketime/libfaketimeMT.so.1")


def offset(day: str, now: float) -> int:
    """Seconds from NOW (an epoch time) to that day in the county; ValueError when it is none."""
    moment = datetime.fromisoformat(day if "T" in day else f"{day}T09:00").replace(tzinfo=ZoneInfo(ZONE))
    return math.ceil(moment.timestamp() - now)


def environment(day: str) -> dict[str, str]:
    """The environment in which the clock shows that day."""
    found = [path for pattern in LIBRARIES for path in Path("/").glob(pattern.lstrip("/"))]
    if not found:
        raise FileNotFoundError(f"{VARIABLE}={day} needs faketime: apt-get install faketime")
    return {
        "LD_PRELOAD": str(found[0]),
        # an offset from the machine's own clock, so that all processes have the same
        "FAKETIME": f"{offset(day, time.time() - int(os.environ.get('FAKETIME', '0'))):+d}",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        # faketime's mend of monotonic waits ends each wait for the GIL at once: threads then run 7 times slower
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        # the times of files decide which compiled modules are fresh
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": python_path(SLEEPING),
    }


def python_path(*folders: Path) -> str:
    """PYTHONPATH for a child process: these folders, and those that it has already."""
    return os.pathsep.join(filter(None, [*map(str, folders), os.environ.get("PYTHONPATH", "")]))


def own_clock(environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of a process that keeps the machine's own clock."""
    return {name: value for name, value in environ.items() if name not in {"LD_PRELOAD", "FAKETIME"}}


def enter() -> None:
    """Begin this process again under the day's clock; nothing where no day is named, or it holds already."""
    day = os.environ.get(VARIABLE, "")
    if day and "FAKETIME" not in os.environ:
        os.execve(sys.executable, sys.orig_argv, os.environ | environment(day))  # noqa: S606
