"""Tests that every command of the quickstart prints what the page says."""

import pytest

from tests.architecture.tree import ROOT
from tests.databases import SERVE, as_role
from tests.stories.pages import Step, check_in_bash, missing, steps

pytestmark = pytest.mark.slow


def told(page):
    return steps((ROOT / "docs" / page).read_text("utf-8"))


def test_every_command_of_the_quickstart_prints_the_shown_output(tmp_path):
    english = told("quickstart.md")

    assert len(english) > 50
    check_in_bash(english, tmp_path)


@pytest.mark.nightly
def test_the_chinese_quickstart_runs_on_postgresql(tmp_path, postgres_server):
    with postgres_server.database() as owner:
        url = {"CASEWORK_DATABASE__URL": as_role(owner, SERVE), "CASEWORK_DATABASE__OWNER_URL": owner}
        check_in_bash(told("quickstart.zh-CN.md"), tmp_path, url)


def test_both_languages_of_the_quickstart_have_the_same_commands():
    english, chinese = (
        [step.command for step in told(name) if not step.command.startswith("export ")]
        for name in ("quickstart.md", "quickstart.zh-CN.md")
    )

    assert english == chinese


@pytest.mark.parametrize("words", ["township solved", "530828101 1 9"])
def test_a_line_the_program_did_not_print_is_reported(words):
    assert missing(Step("casework ask", (words,)), "township  open\n530828101  1  0\n") == [words]


@pytest.mark.parametrize("step", [Step("echo one", ("two",)), Step("false", ()), Step("kill -9 $$", ())])
def test_a_page_step_with_another_outcome_fails_the_page(step, tmp_path):
    with pytest.raises(AssertionError):
        check_in_bash([step], tmp_path)
