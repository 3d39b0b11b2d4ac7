"""Tests the commands of the pages on surveys and audits."""

import re
import shlex
import subprocess
from pathlib import Path
from string import Template

import pytest

from tests.architecture.tree import ROOT
from tests.stories.pages import missing, steps
from tests.stories.terminal import Terminal

pytestmark = pytest.mark.slow
KEPT = re.compile(r"(\w+)=\$\((casework .+?) \| (.+)\)\Z")
A_DAY = re.compile(r"(\w+)=\$\((date .+)\)\Z")
#: page → names of the shell variables that it sets
PAGES = {"run-a-needs-survey": {"SURVEY", "WHO"}, "audit-from-question-to-finding": {"BEFORE", "DUE", "FINDING"}}


def shell(command: str, given: str = "") -> str:
    return subprocess.run(["bash", "-c", command], input=given, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_howto_pages_prints_the_shown_output(tmp_path, monkeypatch, page):
    """`casework` runs within this process: as many programs of their own would take a minute."""
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(Path("casework-data"), "sqlite:///casework-data/casework.db")
    told = steps((ROOT / f"docs/howto/{page}.md").read_text("utf-8"))
    kept: dict[str, str] = {}

    for step in told:
        if keeps := KEPT.match(step.command):
            name, asked, rest = keeps.groups()
            kept[name] = shell(rest, terminal(*shlex.split(asked)[1:])).strip()
        elif day := A_DAY.match(step.command):
            kept[day[1]] = shell(day[2]).strip()
        elif step.command.startswith("casework "):
            words = shlex.split(Template(step.command).safe_substitute(kept))
            result = terminal.run(*words[1:])
            turned_down = step.refused or any("1 rejected" in line for line in step.prints)
            assert result.exit_code == turned_down, f"{step.command}\n{result.output}"
            assert missing(step, result.output) == [], f"{step.command}\n{result.output}"
        else:
            assert missing(step, shell(step.command)) == []
    assert len(told) > 15
    assert set(kept) == PAGES[page]
