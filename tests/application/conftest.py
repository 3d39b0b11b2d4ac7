"""Fixtures of an open county with its roster."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casework.application.runtime.runtime import Runtime
from casework.bootstrap import open_runtime
from casework.settings import Settings
from tests.application.acting import Do, acting
from tests.stories.terminal import LOG, Terminal, opened


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    opened(Terminal(tmp_path, f"sqlite:///{tmp_path / 'casework.db'}"))
    return Settings(folder=str(tmp_path), language="en")


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Runtime]:
    runtime = open_runtime(settings)
    yield runtime
    runtime.close()


@pytest.fixture
def do(runtime: Runtime) -> Do:
    """Handle a command: do("accept-case", "cadre/heron", "dispatcher", case=…)."""
    return acting(runtime, LOG)
