"""Records which files of src/casework a request visits, call by call."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from types import FrameType
from typing import Any, NamedTuple

from tests.architecture.tree import ROOT

_SOURCE = str(ROOT / "src/casework") + "/"


class Visits(NamedTuple):
    """The functions of src/casework that were entered, in order, in whichever thread.

    calls    how many
    files    how many files they are in
    changes  how many are in another file than the call before
    """

    calls: int
    files: int
    changes: int


class Recorder:
    """Records calls in threads that began under `recording`."""

    def __init__(self) -> None:
        self._entered: list[tuple[str, str]] | None = None

    def look(self, frame: FrameType, event: str, _: Any) -> None:
        """The profile function of every thread."""
        entered, code = self._entered, frame.f_code
        if entered is not None and event == "call" and code.co_filename.startswith(_SOURCE):
            entered.append((code.co_filename.removeprefix(_SOURCE), code.co_name))

    def trail(self, work: Callable[[], Any]) -> list[tuple[str, str]]:
        """File and function of each call while WORK runs."""
        self._entered = entered = []
        try:
            work()
        finally:
            self._entered = None
        return entered

    def visits(self, work: Callable[[], Any]) -> Visits:
        """The same, counted."""
        files = [file for file, _ in self.trail(work)]
        changes = sum(one != other for one, other in pairwise(files))
        return Visits(len(files), len(set(files)), changes)


@contextmanager
def recording() -> Iterator[Recorder]:
    """A recorder for every thread that begins within; earlier profile functions are put back."""
    recorder, before, here = Recorder(), threading.getprofile(), sys.getprofile()
    threading.setprofile(recorder.look)
    sys.setprofile(recorder.look)
    try:
        yield recorder
    finally:
        threading.setprofile(before)
        sys.setprofile(here)
