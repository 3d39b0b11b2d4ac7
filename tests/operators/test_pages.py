"""The runbooks are true: every command of them is run, and prints what they say."""

import os

from tests.architecture.tree import ROOT
from tests.databases import SERVE, as_role
from tests.stories.test_quickstart import in_bash, missing, steps

OPERATIONS = ROOT / "docs" / "operations"


def check(page, folder):
    answers = in_bash(page, folder)

    assert len(answers) == len(steps(page)) > 10
    for step, (status, printed) in zip(steps(page), answers, strict=True):
        assert status == (1 if step.refused else 0), f"{step.command}\n{printed}"
        assert missing(step, printed) == [], f"{step.command}\n{printed}"


def test_backup_and_restore(tmp_path):
    check(OPERATIONS / "backup-and-restore.md", tmp_path)


def test_move(tmp_path, create_database, monkeypatch):
    owner = create_database()
    monkeypatch.setitem(os.environ, "NEW_OWNER", owner)
    monkeypatch.setitem(os.environ, "NEW", as_role(owner, SERVE))

    check(OPERATIONS / "move.md", tmp_path)
