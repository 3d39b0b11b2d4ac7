"""Tests that the doctor finds and names each kind of damage."""

import sqlite3
from pathlib import Path

import pytest

from casework.application.commands.handle import Request, prepare
from casework.application.figures.upkeep import follow
from casework.application.operations.doctor import examine
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from tests.stories.terminal import LOG


@pytest.fixture
def county(settings, runtime, do):
    """A county with six case entries, every projection caught up."""
    number = do("register-case", "cadre/finch", "caller", area="menglang-1", category="water").number
    do("accept-case", "cadre/heron", "dispatcher", case=number)
    do("dispatch-case", "cadre/heron", "dispatcher", case=number, unit="water-station")
    follow(runtime, LOG)
    runtime.close()
    return settings


def findings(settings, *, full=False):
    return {one.check: one for one in examine(settings, open_runtime, full=full) if one.state == "ill"}


def harm(settings, *statements):
    with sqlite3.connect(Path(settings.folder) / "casework.db") as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f'DROP TRIGGER "{trigger}"')
        for statement in statements:
            assert db.execute(statement).rowcount, statement
    db.close()


def test_the_doctor_finds_nothing_in_a_healthy_county(county):
    assert findings(county, full=True) == {}


def test_the_doctor_finds_missing_triggers(county):
    harm(county)

    assert "casework migrate" in findings(county)["guard"].en


def test_the_doctor_finds_a_changed_entry(county):
    harm(
        county, "UPDATE entry SET bytes = replace(bytes, 'menglang-1', 'menglang-2') WHERE type = 'case-registered.v1'"
    )

    assert "leaf hash" in findings(county)["entries"].en


def test_the_doctor_finds_a_changed_column(county):
    harm(county, "UPDATE entry SET actor = 'cadre/owl' WHERE type = 'case-accepted.v1'")

    assert "column actor" in findings(county)["entries"].en


def test_the_doctor_finds_a_missing_entry(county):
    harm(county, "DELETE FROM entry WHERE type = 'case-accepted.v1'")

    assert "gapless" in findings(county)


def test_only_the_full_examination_finds_a_changed_change_row(county):
    harm(county, "UPDATE case_change SET township = 'elsewhere' WHERE type = 'case-accepted.v1'")

    assert "changes" not in findings(county)
    assert "case_change" in findings(county, full=True)["changes"].en


def test_a_wrapping_key_that_others_can_read_stops_the_examination(county):
    (Path(county.folder) / "wrapping.key").chmod(0o640)

    assert list(findings(county)) == ["key"]


def test_a_projection_that_lags_is_reported_as_a_warning(county, tmp_path):
    harm(county, "UPDATE projection_state SET size = size - 1 WHERE name = 'resolved_by_township'")

    lagging = [one for one in examine(county, open_runtime) if one.state == "warning"]
    assert ["resolved_by_township is 1 entries behind" in one.en for one in lagging] == [True]


def test_a_foreign_wrapping_key_is_found_and_seals_nothing(county):
    key = Path(county.folder) / "wrapping.key"
    key.write_text("ab" * 32)

    assert "wrapping key" in findings(county)["key"].en
    runtime = open_runtime(county)
    try:
        with pytest.raises(Problem, match="wrapping key"):
            prepare(
                runtime, Request(log=LOG, command="register-case", actor="cadre/finch", role="caller", source="api")
            )
    finally:
        runtime.close()
