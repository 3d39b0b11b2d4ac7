"""Tests `casework demo` at a terminal: figures, server, lines to paste."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.stories.terminal import Terminal

pytestmark = pytest.mark.slow

SMALL = ("demo", "--folder", "county", "--share", "1/40")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def first(place: Path) -> subprocess.CompletedProcess[str]:
    return Terminal(place, "sqlite://").process(*SMALL, "--no-serve")


def test_the_demo_prints_each_figure_with_its_projection(
    first: subprocess.CompletedProcess[str],
) -> None:
    assert first.returncode == 0, first.stderr
    assert re.search(r"matters completed +50 +livelihood_figures", first.stdout)
    assert re.search(r"difficulties solved +378 +livelihood_figures", first.stdout)
    assert "(0 refused)" in first.stdout
    assert "365" in first.stderr  # progress, also where there is no terminal


def test_the_demo_run_again_shows_the_same_figures(first: subprocess.CompletedProcess[str], place: Path) -> None:
    again = Terminal(place, "sqlite://").process(*SMALL, "--json")

    assert again.returncode == 0, again.stderr
    figures = json.loads(again.stdout)
    assert [(one["en"], one["value"]) for one in figures][:2] == [
        ("matters completed", 50),
        ("difficulties solved", 378),
    ]


@pytest.fixture(scope="module")
def served(first: subprocess.CompletedProcess[str], place: Path) -> Iterator[list[str]]:
    """The lines that the demo prints once it answers."""
    environment = {**os.environ, "CASEWORK_LANGUAGE": "en", "CASEWORK_SERVER__PORT": "0"}
    command = [sys.executable, "-m", "casework", *SMALL]
    with subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line.rstrip())
            if "another terminal" in line:
                break
        yield lines
        process.terminate()
        process.stdout.read()
        assert process.wait(10) == 0


def pasted(line: str) -> Any:
    """The answer to a printed curl line."""
    curl, silent, header_flag, header, address = shlex.split(line)
    assert (curl, silent, header_flag) == ("curl", "-s", "-H")
    name, _, value = header.partition(": ")
    with urllib.request.urlopen(urllib.request.Request(address, headers={name: value})) as answer:  # noqa: S310
        return json.load(answer)


def test_the_three_printed_curl_lines_of_the_demo_work(served: list[str]) -> None:
    desk, figures, steps = (pasted(line) for line in served if line.strip().startswith("curl "))

    assert desk
    assert sum(row["matters_completed"] for row in figures["rows"]) == 50
    assert sum(row["difficulties_solved"] for row in figures["rows"]) == 378
    assert "case-reopened.v1" in json.dumps(steps)


def test_the_demos_printed_page_opens_with_a_printed_token(served: list[str]) -> None:
    (where,) = {match[1] for line in served if (match := re.search(r"open (http\S+) in a browser", line))}
    token = next(match[1] for line in served if (match := re.search(r"Bearer (cw\.\S+)'", line)))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    with browser.open(f"{where}sign-in", urlencode({"token": token, "next": ""}).encode()) as page:
        shown = page.read().decode()

    assert page.url == f"{where}530828"
    assert '<ul class="piles' in shown


def test_a_demo_share_above_one_is_refused(place: Path) -> None:
    said = Terminal(place, "sqlite://").refused("demo", "--share", "2")

    assert "between 1/100 and 1" in said


@pytest.mark.nightly
def test_the_demo_of_the_boston_ledger_equals_the_truth_file(place: Path) -> None:
    shown = Terminal(place, "sqlite://").process("demo", "--folder", "ledger", "--ledger", "boston")

    assert shown.returncode == 0, shown.stderr
    assert re.search(r"cases +6000 +6000 +=", shown.stdout)
    assert "≠" not in shown.stdout
