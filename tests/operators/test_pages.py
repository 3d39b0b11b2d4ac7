"""The runbooks are true: every command of them is run, and prints what they say."""

import os

import pytest

from tests.architecture.tree import ROOT
from tests.databases import SERVE, as_role
from tests.stories.pages import check_in_bash, steps

pytestmark = pytest.mark.slow
OPERATIONS = ROOT / "docs" / "operations"


def check(page, folder):
    told = steps(page.read_text("utf-8"))
    assert len(told) > 10

    check_in_bash(told, folder)


def test_the_backup_page_prints_the_output_of_its_commands(tmp_path):
    check(OPERATIONS / "backup-and-restore.md", tmp_path)


def test_the_keys_page_prints_the_output_of_its_commands(tmp_path):
    check(OPERATIONS / "keys.md", tmp_path)


def test_the_erasure_page_prints_the_output_of_its_commands(tmp_path):
    check(ROOT / "docs" / "howto" / "answer-a-request-for-erasure.md", tmp_path)


def test_the_move_page_prints_the_output_of_its_commands(tmp_path, create_database, monkeypatch):
    owner = create_database()
    monkeypatch.setitem(os.environ, "NEW_OWNER", owner)
    monkeypatch.setitem(os.environ, "NEW", as_role(owner, SERVE))

    check(OPERATIONS / "move.md", tmp_path)
