"""Tests that `casework migrate` grants the rights that tables state."""

import re
import subprocess
import sys
from pathlib import Path

from casework.database.metadata import ALL_RIGHTS, metadata

RECORDED = Path(__file__).parent / "schema_sqlite.txt"
#: what `casework migrate` imports before it grants rights
LOADED = "import casework.application.operations.init; from casework.database.metadata import metadata"


def test_the_program_that_grants_rights_knows_every_table():
    code = f"{LOADED}; print(*metadata.tables)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    made = re.findall(r"^CREATE TABLE (\w+)", RECORDED.read_text("utf-8"), re.MULTILINE)

    assert set(made) - {"alembic_version"} <= set(done.stdout.split())


def test_the_serving_role_can_only_read_and_add_entries():
    assert metadata.tables["entry"].info["rights"] == "SELECT, INSERT"


def test_only_the_listed_tables_grant_all_rights():
    free = {name for name, table in metadata.tables.items() if table.info["rights"] == ALL_RIGHTS}

    assert free == {
        "access_token", "account", "account_link", "outbox", "outbox_progress", "projection_state", "recovery_code",
        "session", "sign_in_begun", "sign_in_failure",
    }  # fmt: skip
