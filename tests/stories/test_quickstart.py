"""The first five minutes are true: every command of the page is run, and prints what the page says that it prints."""

import os
import re
import shlex
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

from tests.architecture.tree import ROOT
from tests.stories.terminal import Terminal

ENGLISH, CHINESE = ROOT / "docs" / "quickstart.md", ROOT / "docs" / "quickstart.zh-CN.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: a page names the year in which it was written; a case number has the county's present one
WRITTEN, YEAR = "530828-2026-", f"530828-{datetime.now(ZoneInfo('Asia/Shanghai')).year}-"


class Step(NamedTuple):
    """One command of a page, and parts of what it prints."""

    command: str
    prints: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether the page shows it refused."""
        return any(line.startswith("casework: ") for line in self.prints)


def steps(page: Path) -> list[Step]:
    """Every command of a page's blocks in order: `$ ` begins one, `> ` goes on, `→ ` is printed."""
    found: list[tuple[list[str], list[str]]] = []
    for language, block in BLOCK.findall(page.read_text("utf-8").replace(WRITTEN, YEAR)):
        if language == "text":  # a picture
            continue
        assert language == "console", f"{page.name}: a block that nobody runs: {block[:40]!r}"
        for line in block.splitlines():
            mark, _, text = line.partition(" ")
            if mark == "$":
                found.append(([text], []))
            elif mark == ">":
                found[-1][0].append(text)
            else:
                assert mark == "→", f"{page.name}: neither a command nor a part of an answer: {line!r}"
                found[-1][1].append(text)
    return [Step("\n".join(command), tuple(prints)) for command, prints in found]


def missing(step: Step, printed: str) -> list[str]:
    """What the page says and the program did not print; how wide a table is set does not matter."""
    plain = " ".join(printed.split())
    return [line for line in step.prints if " ".join(line.split()) not in plain]


def in_bash(page: Path, folder: Path) -> list[tuple[int, str]]:
    """Run a page in one shell, as a reader would: exit status and output of each command."""
    there = folder / "bin"
    there.mkdir()
    installed = Path(sys.executable).with_name("casework")
    program = there / "casework"
    run = shlex.quote(str(installed)) if installed.exists() else f"{shlex.quote(sys.executable)} -m casework"
    program.write_text(f'#!/bin/sh\nexec {run} "$@"\n', "utf-8")
    program.chmod(0o755)
    script = "".join(f"{step.command}\nprintf '\\n\\001%d\\n' $?\n" for step in steps(page))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CASEWORK_")}
    environment |= {"PATH": f"{there}:{environment['PATH']}", "PYTHONPATH": str(ROOT / "src"), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["bash"],
        input=script,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=True,
        timeout=300,
    )
    answers = re.findall(r"(.*?)\n\x01(\d+)\n", done.stdout, re.DOTALL)
    return [(int(status), printed) for printed, status in answers]


def test_every_command_of_the_page_prints_what_the_page_says(tmp_path):
    answers = in_bash(ENGLISH, tmp_path)

    assert len(answers) == len(steps(ENGLISH)) > 15
    for step, (status, printed) in zip(steps(ENGLISH), answers, strict=True):
        assert status == (1 if step.refused else 0), f"{step.command}\n{printed}"
        assert missing(step, printed) == [], f"{step.command}\n{printed}"


def test_the_chinese_page_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(Path("casework-data"), "sqlite:///casework-data/casework.db", language="zh-CN")

    for step in steps(CHINESE):
        words = shlex.split(step.command.replace("\\\n", " ").partition(" | ")[0])
        if words[0] == "casework":
            result = terminal.run(*words[1:])
            assert result.exit_code == (1 if step.refused else 0), f"{step.command}\n{result.output}"
            assert missing(step, result.output) == [], f"{step.command}\n{result.output}"


def test_both_pages_have_the_same_commands():
    english, chinese = ([s.command for s in steps(page) if s.command[:8] == "casework"] for page in (ENGLISH, CHINESE))

    assert english == chinese


@pytest.mark.parametrize("words", ["township solved", "530828101 1 9"])
def test_what_is_not_printed_is_missed(words):
    assert missing(Step("casework ask", (words,)), "township  open\n530828101  1  0\n") == [words]
