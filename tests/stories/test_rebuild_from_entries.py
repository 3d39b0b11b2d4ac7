"""Tests that one command rebuilds everything that follows from the log."""

import pytest
from sqlalchemy import create_engine, text

from tests.databases import LATER
from tests.stories.terminal import Terminal, opened


@pytest.mark.parametrize("database_url", ["sqlite", LATER], indirect=True)
def test_deleted_change_rows_and_counts_are_rebuilt_from_entries(tmp_path, database_url):
    county = opened(Terminal(tmp_path, database_url))
    county("do", "register-case", "--as", "cadre/finch", "--role", "caller", "area=menglang-1", "category=water")
    before = county.json("ask", "resolved_by_township")["rows"]
    owner = create_engine(database_url)
    with owner.begin() as db:
        db.execute(text("DELETE FROM case_change"))
    owner.dispose()
    assert county.run("doctor", "--full").exit_code == 1

    county("projections", "rebuild", "--from-entries")

    county("doctor", "--full")
    assert county.json("ask", "resolved_by_township")["rows"] == before != []
