"""The real server as a process, and clients that remember its answers."""

import os
import signal
import ssl
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from casework.database.engine import engine_for
from casework.log import codec
from casework.log.sql import SqlStore
from tests.stories.terminal import LOG

#: seconds within which a server answers, and within which it has stopped
STARTS, STOPS = 60, 2.0
CLIENTS = 16
#: for plain HTTP; without it each client loads the machine's certificates, 25 ms of work
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
#: the program that is served, as arguments of Python
CASEWORK = ("-m", "casework", "serve", "--port", "0")


def slowness(most: float = 5.0) -> float:
    """How many times longer work takes now than on a quiet machine: 1 to MOST, by a moment's work of this thread."""
    wall, cpu = time.monotonic(), time.thread_time()
    while time.thread_time() - cpu < 0.02:
        pass
    return min(max(1.0, (time.monotonic() - wall) / 0.02), most)


class Served:
    """A server in FOLDER, with the settings in `environment`; another program than casework's, where one is named."""

    def __init__(self, folder: Path, environment: dict[str, str], workers: int = 1) -> None:
        self.folder = folder
        self.environment = environment
        self.program: Sequence[str] = [*CASEWORK, "--workers", str(workers)]
        self.address = ""
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start, and wait until it says where it answers."""
        self._lines = (self.folder / "lines").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, *self.program], cwd=self.folder,
            env={**os.environ, **self.environment, "CASEWORK_LANGUAGE": "en"},
            stdout=subprocess.PIPE, stderr=self._lines, text=True, start_new_session=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        assert said.startswith("serving at "), (said, self.lines()[-2000:])
        self.address = said.removeprefix("serving at ").strip()
        until = time.monotonic() + STARTS
        while True:
            try:
                if httpx.get(f"{self.address}/health/ready", timeout=5, verify=PLAIN).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            assert time.monotonic() < until, self.lines()[-2000:]
            time.sleep(0.05)

    def stop(self, sig: int = signal.SIGTERM) -> tuple[int, float]:
        """Signal it; exit status, and the seconds that it would have taken to go on a quiet machine."""
        assert self.process is not None
        busy = slowness()
        began = time.monotonic()
        if sig == signal.SIGKILL:
            os.killpg(self.process.pid, sig)  # all of its processes at once, as in a power failure
        else:
            self.process.send_signal(sig)
        status = self.process.wait(30)
        took = time.monotonic() - began
        self._let_go()
        return status, took / max(busy, slowness())

    def children(self) -> list[int]:
        """The processes that serve, where there are several."""
        assert self.process is not None
        mine = f"\nPPid:\t{self.process.pid}\n"
        found = [path for path in Path("/proc").iterdir() if path.name.isdigit()]
        return [int(path.name) for path in found if mine in _read(path / "status")]

    def lines(self) -> str:
        """What it wrote of its requests."""
        return (self.folder / "lines").read_text("utf-8")

    @contextmanager
    def running(self):
        """The server, started; stopped at the end, also after a failure."""
        self.start()
        try:
            yield self
        finally:
            if self.process is not None and self.process.poll() is None:
                self.stop(signal.SIGKILL)
            self._let_go()

    def _let_go(self) -> None:
        self._lines.close()
        if self.process is not None and self.process.stdout is not None:
            self.process.stdout.close()


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # gone meanwhile
        return ""


class Told:
    """Answers by command id, and the ids of commands without an answer."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, dict] = {}
        self.unknown: set[str] = set()


class Load(Told):
    """Clients that log actions as fast as they can and keep every answer.

    gives_up  whether one that is cut off goes home, or dials again
    """

    def __init__(self, served: Served, token: str, cases: list[str], *, gives_up: bool = True) -> None:
        super().__init__()
        self.served = served
        self.gives_up = gives_up
        self.headers = {"Authorization": f"Bearer {token}"}
        self.cases = cases
        self.refused: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._stop = threading.Event()

    def __enter__(self):
        self._stop.clear()
        self._threads = [threading.Thread(target=self._act, args=(place,)) for place in range(CLIENTS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def until(self, acknowledged: int) -> None:
        """Wait until so many commands were acknowledged."""
        limit = time.monotonic() + STARTS
        while len(self.acknowledged) < acknowledged:
            assert time.monotonic() < limit, "the load did not come up"
            time.sleep(0.005)

    def ask_again(self) -> None:
        """Send every command without an answer again under the same id."""
        with httpx.Client(timeout=30, verify=PLAIN) as client:
            for key in sorted(self.unknown):
                answer = self._send(client, key)
                assert answer.status_code == 200, answer.text
                self.acknowledged[key] = answer.json()
        self.unknown.clear()

    def _act(self, place: int) -> None:
        with httpx.Client(timeout=30, verify=PLAIN) as client:
            while not self._stop.is_set():
                key = f"{place}-{uuid.uuid4()}"
                try:
                    answer = self._send(client, key)
                except httpx.TransportError:
                    with self._lock:
                        self.unknown.add(key)
                    if self.gives_up:
                        return
                    continue
                with self._lock:
                    if answer.status_code == 200:
                        self.acknowledged[key] = answer.json()
                    else:
                        self.refused[answer.status_code] += 1
                        self.unknown.add(key)

    def _send(self, client: httpx.Client, key: str) -> httpx.Response:
        # the case is derived from the key, so a repeat is the same command
        case = self.cases[sum(key.encode()) % len(self.cases)]
        address = f"{self.served.address}/api/{LOG}/cases/{case}/actions"
        return client.post(
            address, json={"action": "visit", "note": "去看了"}, headers=self.headers | {"Idempotency-Key": key}
        )


def judge(url: str, load: Told) -> None:
    """Every acknowledged command is stored at its position, and no command is stored twice or by half."""
    engine = engine_for(url)
    try:
        store = SqlStore(engine)
        size = store.head(LOG).size
        entries = []
        while len(entries) < size:
            entries += store.read(LOG, since=len(entries), limit=5000)
    finally:
        engine.dispose()
    assert [one.seq for one in entries] == list(range(size)), "the log has gaps"
    times = Counter(one.command for one in entries)
    for key, answer in load.acknowledged.items():
        one = entries[answer["seq"]]
        assert (one.command, one.stream, one.rev) == (key, answer["stream"], answer["rev"])
        assert times[key] == 1, f"{key} is there {times[key]} times"
        assert codec.recorded(one).event.name == "action-logged.v1"
    for key in load.unknown:
        assert times[key] <= 1
