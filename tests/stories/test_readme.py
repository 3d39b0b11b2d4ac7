"""Tests the README's commands against a fortieth of the demo county."""

import pytest

from tests.architecture.tree import ROOT
from tests.stories.pages import Step, check_in_bash, steps

pytestmark = pytest.mark.slow

#: figure of the whole county → of a fortieth
FIGURES = {"1990,": "50,", ",15120,": ",378,"}
#: the demo that the reader started, with an earlier request of the same kind, which the whole county always has
DEMO = [
    Step("casework demo --share 1/40 --no-serve >demo.txt", ()),
    Step(
        "CASEWORK_FOLDER=casework-demo casework do register-case --as cadre/cicada-01 --role caller"
        " area=530828101201 category=water summary=没有水 >before.txt",
        (),
    ),
    Step("CASEWORK_FOLDER=casework-demo CASEWORK_LOG=530828 casework serve --port 8000 >served.txt 2>lines.txt &", ()),
    Step("curl -s --retry 60 --retry-connrefused --retry-delay 1 localhost:8000/health/ready", ('"ready":true',)),
]
PAGES = {"README.md": "## First five minutes", "README.zh-CN.md": "## 最初五分钟"}


def told(page):
    section = (ROOT / page).read_text("utf-8").partition(PAGES[page])[2].partition("\n## ")[0]
    return [
        Step(step.command, tuple(FIGURES.get(printed, printed) for printed in step.prints)) for step in steps(section)
    ]


@pytest.mark.parametrize("page", ["README.md", pytest.param("README.zh-CN.md", marks=pytest.mark.nightly)])
def test_every_command_of_the_readme_prints_the_shown_output(page, tmp_path):
    its = told(page)

    assert {printed for step in its for printed in step.prints} >= set(FIGURES.values())
    check_in_bash(DEMO + its, tmp_path)


def test_both_languages_of_the_readme_have_the_same_commands():
    english, chinese = ([step for step in told(page) if not step.command.startswith("export ")] for page in PAGES)

    assert english == chinese
