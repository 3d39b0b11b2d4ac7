"""Every bench row runs and compares something."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.__main__ import ROWS
from tests.bench.table import Line, Size

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all rows, so that what one makes the next finds."""
    return tmp_path_factory.mktemp("bench")


@pytest.mark.bench
@pytest.mark.parametrize("row", ROWS)
def test_a_bench_row_runs_and_gives_a_ratio(row: str, folder: Path) -> None:
    lines = ROWS[row](folder, True, Size(1, 1_200, 1_200, 1_200))
    assert lines
    for line in lines:
        assert line.ratio > 0, line
        assert line.markdown().count(" | ") == 6


def test_a_goal_is_reached_from_its_own_side() -> None:
    assert Line(row="r", what="w", ours="1", other="2", ratio=0.5, goal=0.4).reached == "yes"
    assert Line(row="r", what="w", ours="1", other="2", ratio=0.5, goal=0.6).reached == "**no**"
    assert Line(row="r", what="w", ours="1", other="2", ratio=0.5, goal=0.4, at_most=True).reached == "**no**"
    assert Line(row="r", what="w", ours="1", other="2", ratio=0.5).reached == "–"
