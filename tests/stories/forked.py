"""Runs the program `casework` in forks of one process that has it loaded."""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

from tests.architecture.tree import ROOT

#: what stands for `casework` in a shell: hands itself over to the loaded process, and ends as the fork does
CLIENT = """
import json, os, signal, socket, sys
door = socket.socket(socket.AF_UNIX)
door.connect({address!r})
socket.send_fds(door, [b"\\0"], [0, 1, 2])
run = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
door.sendall(len(run).to_bytes(4, "big") + run)
fork = int.from_bytes(door.recv(4), "big")
for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(one, lambda number, _: os.kill(fork, number))
status = int.from_bytes(door.recv(1) or b"\\xff", "big")
os._exit(status)
"""


@cache
def casework() -> Path:
    """A script that runs the program in a fork; the process with everything loaded ends with this one."""
    folder = Path(tempfile.mkdtemp(prefix="casework-"))
    address, client, script = folder / "socket", folder / "client.py", folder / "casework"
    client.write_text(CLIENT.format(address=str(address)), "utf-8")
    script.write_text(f'#!/bin/sh\nexec {sys.executable} -I -S {client} "$@"\n', "utf-8")
    script.chmod(0o755)
    loaded = subprocess.Popen([sys.executable, "-m", __name__, str(address)], cwd=ROOT, stdin=subprocess.PIPE)
    atexit.register(_end, loaded, folder)
    until = time.monotonic() + 60
    while not address.exists():
        assert loaded.poll() is None, "the program ended while it was loaded"
        assert time.monotonic() < until, "the program was not loaded within a minute"
        time.sleep(0.01)
    return script


def _end(loaded: subprocess.Popen[bytes], folder: Path) -> None:
    loaded.kill()
    loaded.communicate()
    shutil.rmtree(folder, ignore_errors=True)


def _serve(address: str) -> None:
    """Fork for every client until stdin is closed; returns in the fork that is to be the program."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    door = socket.socket(socket.AF_UNIX)
    door.bind(f"{address}.new")
    door.listen()
    os.rename(f"{address}.new", address)
    while select.select([door, sys.stdin], [], [])[0] == [door]:
        client, _ = door.accept()
        if os.fork() == 0:
            door.close()
            _attend(client)
            return
        client.close()
    os._exit(0)


def _attend(client: socket.socket) -> None:
    """Fork the program for CLIENT and tell it the exit status; returns in that fork alone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, given, _, _ = socket.recv_fds(client, 1, 3)
    size = int.from_bytes(client.recv(4, socket.MSG_WAITALL), "big")
    words, folder, environment = json.loads(client.recv(size, socket.MSG_WAITALL))
    for number, one in enumerate(given):
        os.dup2(one, number)
        os.close(one)
    program = os.fork()
    if program == 0:
        client.close()
        sys.argv[1:] = words
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        return
    client.sendall(program.to_bytes(4, "big"))
    threading.Thread(target=_end_with, args=(client, program), daemon=True).start()
    _, status = os.waitpid(program, 0)
    ended = os.waitstatus_to_exitcode(status)
    with suppress(OSError):
        client.sendall((ended if ended >= 0 else 128 - ended).to_bytes(1, "big"))
    os._exit(0)


def _end_with(client: socket.socket, program: int) -> None:
    """A client that is killed takes its program with it."""
    with suppress(OSError):
        client.recv(1)
        os.kill(program, signal.SIGKILL)


def _main() -> None:
    """Load the program with all that its commands load, then serve forks of it."""
    program = import_module("casework.__main__")
    import_module("casework.bootstrap")
    for module in set(import_module("casework.cli.commands").MODULE_OF.values()):
        import_module(f"casework.cli.{module}")
    gc.collect()
    # the collector leaves alone what all forks share
    gc.freeze()
    _serve(sys.argv[1])
    sys.argv[0] = "casework"
    program.main()


if __name__ == "__main__":
    _main()
