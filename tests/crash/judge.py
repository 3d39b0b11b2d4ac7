"""Kills a client at a random moment and compares its list with the log."""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.day import python_path
from tests.log.contract import whole

ROOT = Path(__file__).parents[2]
#: how long a client works at most between its first acknowledgement and its end
LOAD_SECONDS = 0.6


class Client:
    """A client process, and the list of what was acknowledged to it."""

    def __init__(self, url, round_, acknowledged):
        self.acknowledged = acknowledged
        self._said = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.client", url, str(round_)],
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": python_path(ROOT / "src", ROOT)},
            stdout=self._said,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def wait_for_first(self):
        """Wait until the first acknowledgement, so that the kill comes in the middle of the load."""
        while not os.fstat(self._said.fileno()).st_size:
            assert self.process.poll() is None, self.process.communicate()[1]
            time.sleep(0.01)

    def kill(self):
        """Kill -9, then read what had been acknowledged to it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()
        self._said.seek(0)
        for line in self._said:
            if line.endswith("\n"):  # a line cut off was no acknowledgement
                command, seq, size = line.split()
                self.acknowledged.append((command, int(seq), int(size)))
        self._said.close()


def a_moment():
    """Sleep for a random time, to end between the first and the last acknowledgement."""
    time.sleep(random.uniform(0, LOAD_SECONDS))


def judge(store, acknowledged, log):
    """Every acknowledged command is stored exactly once at its acknowledged position, whole and without a gap."""
    entries = whole(store, log)
    by_command = {}
    for entry in entries:
        by_command.setdefault(entry.command, []).append(entry)
    lost = [command for command, _, _ in acknowledged if command not in by_command]
    assert lost == [], f"{len(lost)} of {len(acknowledged)} acknowledged commands are lost"
    moved = [
        command
        for command, seq, size in acknowledged
        if [entry.seq for entry in by_command[command]] != list(range(seq, seq + len(by_command[command])))
        or size != seq + len(by_command[command])
    ]
    assert moved == [], "stored elsewhere than was acknowledged, or not once"
    # commands of this load cause one entry each: two would be a command stored twice
    twice = [command for command, some in by_command.items() if len(some) != 1 and not command.startswith("test-")]
    assert twice == [], "stored more than once"
    return len(entries)
