"""Runs the commands of a documentation page and compares their output."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.architecture.tree import ROOT
from tests.day import ZONE, python_path
from tests.stories.forked import casework

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: the county's case numbers as a page writes them: with the year in which it was written
WRITTEN = "530828-2026-"
#: within this time of the new year no page begins; the longest one takes 30 s on a quiet machine
NEW_YEAR = timedelta(minutes=2)
#: if set, each command of a page starts the installed program, which takes ten times as long as a fork
WHOLE_START = "CASEWORK_TEST_WHOLE_START"
#: where a page's server listens
PORT = 8000


class Step(NamedTuple):
    """One command of a page, and parts of what it prints."""

    command: str
    prints: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the page shows it refused."""
        return any(line.startswith("casework: ") for line in self.prints)


def steps(text: str) -> list[Step]:
    """Every command of the blocks of a page, or of a part of it, in order."""
    found: list[tuple[list[str], list[str]]] = []
    for language, block in BLOCK.findall(text.replace(WRITTEN, f"530828-{county_year()}-")):
        if language == "text":  # a picture
            continue
        assert language == "console", f"a block that nobody runs: {block[:40]!r}"
        for line in block.splitlines():
            mark, _, text = line.partition(" ")
            if mark == "$":
                found.append(([text], []))
            elif mark == ">":
                found[-1][0].append(text)
            else:
                assert mark == "→", f"neither a command nor a part of an answer: {line!r}"
                found[-1][1].append(text)
    return [Step("\n".join(command), tuple(prints)) for command, prints in found]


def county_year() -> int:
    """The year that case numbers have for as long as a page runs; waits for a year that is about to begin."""
    now = datetime.now(ZoneInfo(ZONE))
    ends = datetime(now.year + 1, 1, 1, tzinfo=ZoneInfo(ZONE))
    if ends - now > NEW_YEAR:
        return now.year
    time.sleep((ends - now).total_seconds())
    return ends.year


def missing(step: Step, printed: str) -> list[str]:
    """Lines of the page that the program did not print; the width of tables does not matter."""
    plain = " ".join(printed.split())
    return [line for line in step.prints if " ".join(line.split()) not in plain]


def check_in_bash(told: list[Step], folder: Path, settings: Mapping[str, str] | None = None) -> None:
    """Run the steps in one shell, as a reader would; each must print what is told, and be refused where that is told.

    A server among them gets a port of its own, and does not outlive the page. SETTINGS stand in the environment.
    """
    answers = in_bash(told, folder, settings)
    for step, (status, printed) in zip(told, answers, strict=False):
        assert status == (1 if step.refused else 0), f"{step.command}\n{printed}"
        assert missing(step, printed) == [], f"{step.command}\n{printed}"
    assert len(answers) == len(told)


def in_bash(told: list[Step], folder: Path, settings: Mapping[str, str] | None = None) -> list[tuple[int, str]]:
    """Exit status and output of each step."""
    there = folder / "bin"
    there.mkdir()
    installed = os.environ.get(WHOLE_START)
    (there / "casework").symlink_to(Path(sys.executable).with_name("casework") if installed else casework())
    script = "".join(f"{step.command}\nprintf '\\n\\001%d\\n' $?\n" for step in told)
    script = re.sub(rf"(localhost:|--port ){PORT}\b", rf"\g<1>{_free_port()}", script)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASEWORK_")}
    environment |= {
        "PATH": f"{there}:{environment['PATH']}",
        "PYTHONPATH": python_path(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
        "no_proxy": "localhost",
        # a reader's `date` shows the county's day
        "TZ": ZONE,
        **(settings or {}),
    }
    with subprocess.Popen(
        ["bash"],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as shell:
        try:
            said, _ = shell.communicate(script, timeout=300)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(shell.pid, signal.SIGKILL)
    return [(int(status), printed) for printed, status in re.findall(r"(.*?)\n\x01(\d+)\n", said, re.DOTALL)]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]
