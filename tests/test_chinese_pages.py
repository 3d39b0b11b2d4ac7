"""Tests that Chinese pages show the commands of their English pages."""

import re

from tests.architecture.tree import ROOT

DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
#: pages that officials need in Chinese
NEEDED = (
    "quickstart",
    "concepts",
    "howto/set-up-a-county",
    "howto/answer-a-request-for-erasure",
    "howto/answer-an-auditor",
    "howto/audit-from-question-to-finding",
    "howto/change-the-roster",
    "howto/import-a-ledger",
    "operations/accounts",
    "operations/backup-and-restore",
    "operations/keys",
    "reference/permissions",
)


def commands(text: str) -> list[list[str]]:
    """The lines of each block that a reader types; what is printed and the choice of a language are left out."""
    lines = [block.replace("--language en ", "").splitlines() for block in BLOCK.findall(text)]
    return [
        [line for line in block if not line.startswith("→ ") and "CASEWORK_LANGUAGE=" not in line] for block in lines
    ]


def test_every_page_that_officials_need_exists_in_chinese():
    assert [page for page in NEEDED if not (DOCS / f"{page}.zh-CN.md").exists()] == []


def test_chinese_pages_show_the_commands_of_their_english_pages():
    faults = []
    for chinese in DOCS.rglob("*.zh-CN.md"):
        english = chinese.with_name(chinese.name.replace(".zh-CN", ""))
        if commands(english.read_text("utf-8")) != commands(chinese.read_text("utf-8")):
            faults.append(chinese.relative_to(ROOT).as_posix())

    assert faults == []


def test_a_changed_command_of_a_chinese_page_is_found():
    assert commands("```console\n$ casework a\n→ b\n```") != commands("```console\n$ casework c\n→ b\n```")
