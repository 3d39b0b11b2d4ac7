"""The first five minutes are true: every command of the pages is run, and prints what the page says that it prints."""

import shlex
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT
from tests.databases import SERVE, as_role
from tests.stories.pages import Step, check_in_bash, missing, steps
from tests.stories.terminal import Terminal

pytestmark = pytest.mark.slow


def told(page):
    return steps((ROOT / "docs" / page).read_text("utf-8"))


def test_every_command_of_the_page_prints_what_the_page_says(tmp_path):
    english = told("quickstart.md")

    assert len(english) > 15
    check_in_bash(english, tmp_path)


def test_the_chinese_page_too(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    terminal = Terminal(Path("casework-data"), "sqlite:///casework-data/casework.db", language="zh-CN")

    for step in told("quickstart.zh-CN.md"):
        words = shlex.split(step.command.replace("\\\n", " ").partition(" | ")[0])
        if words[0] == "casework":
            result = terminal.run(*words[1:])
            assert result.exit_code == (1 if step.refused else 0), f"{step.command}\n{result.output}"
            assert missing(step, result.output) == [], f"{step.command}\n{result.output}"


def test_the_same_over_http(tmp_path):
    over_http = told("quickstart-http.md")

    assert len(over_http) > 30
    check_in_bash(over_http, tmp_path)


def test_the_chinese_page_over_http_on_postgresql(tmp_path, postgres_server):
    with postgres_server.database() as owner:
        url = {"CASEWORK_DATABASE__URL": as_role(owner, SERVE), "CASEWORK_DATABASE__OWNER_URL": owner}
        check_in_bash(told("quickstart-http.zh-CN.md"), tmp_path, url)


@pytest.mark.parametrize("page", ["quickstart", "quickstart-http"])
def test_both_languages_have_the_same_commands(page):
    english, chinese = (
        [step.command for step in told(name) if not step.command.startswith("export ")]
        for name in (f"{page}.md", f"{page}.zh-CN.md")
    )

    assert english == chinese


@pytest.mark.parametrize("words", ["township solved", "530828101 1 9"])
def test_what_is_not_printed_is_missed(words):
    assert missing(Step("casework ask", (words,)), "township  open\n530828101  1  0\n") == [words]


@pytest.mark.parametrize("step", [Step("echo one", ("two",)), Step("false", ()), Step("kill -9 $$", ())])
def test_a_step_that_goes_otherwise_is_noticed(step, tmp_path):
    with pytest.raises(AssertionError):
        check_in_bash([step], tmp_path)
