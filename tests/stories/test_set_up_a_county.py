"""Tests the pages on setting up a county from two workbooks."""

import shlex
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.stories.pages import missing, steps
from tests.stories.terminal import Terminal

PAGES = [
    ("set-up-a-county.zh-CN.md", "zh-CN"),
    pytest.param("set-up-a-county.md", "en", marks=pytest.mark.slow),
]


def told_in(page):
    """Every command of a page."""
    return steps((ROOT / "docs" / "howto" / page).read_text("utf-8"))


def run(step, terminal):
    """Exit status and output of a step: of casework within this process, of anything else in a shell."""
    command = step.command.replace("\\\n", " ")
    if command.startswith("casework "):
        words, _, otherwise = command.partition(" || ")
        result = terminal.run(*shlex.split(words)[1:])
        said = f"\nexit status {result.exit_code}" if otherwise and result.exit_code else ""
        return (0 if otherwise else result.exit_code), result.output + said
    done = subprocess.run(["bash", "-c", step.command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


@pytest.mark.parametrize(("page", "language"), PAGES)
def test_every_command_of_the_set_up_page_prints_the_shown_output(page, language, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(Path("casework-data"), "sqlite:///casework-data/casework.db", language=language)
    told = told_in(page)

    assert len(told) > 14
    for step in told:
        status, printed = run(step, terminal)
        assert status == 0, f"{step.command}\n{printed}"
        assert missing(step, printed) == [], f"{step.command}\n{printed}"


def test_both_languages_of_the_set_up_page_have_the_same_commands():
    english, chinese = (
        [step.command for step in told_in(f"set-up-a-county{ending}.md") if not step.command.startswith("export ")]
        for ending in ("", ".zh-CN")
    )

    assert english == chinese
