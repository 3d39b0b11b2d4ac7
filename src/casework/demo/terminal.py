"""The terminal protocol of the demos, and commands that they suggest to paste.

The session of the command line satisfies the protocol, so neither room imports the other.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import msgspec

from casework.application.runtime.runtime import OpenRuntime, Runtime
from casework.settings import Settings

Tick = Callable[[int, int | None], None]


class Terminal(Protocol):
    """One run of the program: settings, runtime, and output in the language that was set."""

    settings: Settings
    as_json: bool

    @property
    def open_runtime(self) -> OpenRuntime: ...
    @property
    def serve(self) -> Callable[[Settings, Callable[[str], None]], None]: ...
    @property
    def runtime(self) -> Runtime: ...
    @property
    def operator(self) -> str: ...
    def close(self) -> None: ...
    def text(self, zh: str, en: str) -> str: ...
    def say(self, zh: str, en: str) -> None: ...
    def note(self, zh: str, en: str) -> None: ...
    def show(self, value: Any) -> None: ...
    def table(self, columns: Sequence[str], rows: Sequence[Sequence[Any]], right: frozenset[int]) -> None: ...
    @staticmethod
    def legible(value: Any) -> Any: ...
    def progress(self, zh: str, en: str) -> AbstractContextManager[Tick]: ...


def move_to(terminal: Terminal, folder: Path, log: str) -> None:
    """Make the terminal work on LOG in FOLDER instead of its settings, so that a demo touches no other data."""
    terminal.close()
    database = type(terminal.settings.database)()
    terminal.settings = msgspec.structs.replace(
        terminal.settings, folder=str(folder), database=database, key_file="", log=log
    )


def suggest(terminal: Terminal, folder: Path, *commands: str, log: str = "") -> None:
    """Print COMMANDS ready to paste; LOG is named if the database may hold several."""
    program = sys.argv[0] if Path(sys.argv[0]).name == "casework" else "casework"
    of = f" CASEWORK_LOG={log}" if log else ""
    for command in commands:
        line = f"  CASEWORK_FOLDER={folder}{of} {program} {command}"
        terminal.say(line, line)
