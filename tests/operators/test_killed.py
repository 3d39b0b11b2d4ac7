"""Tests killing backup, restore and move half-way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from casework.application.figures.upkeep import rebuild_all
from casework.application.operations.backup_folder import opened
from casework.application.runtime.problem import Problem
from casework.database.engine import engine_for
from casework.log.sql import SqlStore
from tests.architecture.tree import ROOT
from tests.bench.history import write_history
from tests.bench.place import LOG
from tests.day import python_path
from tests.operators.county import runtime_of, settings_for, terminal_of
from tests.operators.test_backup import backed_up

pytestmark = pytest.mark.slow

ENTRIES = 6_000


def kills(*parts):
    """Database and the parts of the history after which it is killed: once here, all by `make crash`."""
    often = [pytest.param(kind, parts, marks=pytest.mark.crash) for kind in ("sqlite", "postgresql")]
    return pytest.mark.parametrize(("kind", "parts"), [("sqlite", parts[1:2]), *often])


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """A county whose history takes some seconds to copy."""
    folder = tmp_path_factory.mktemp("long") / "county"
    write_history(folder, ENTRIES)
    settings = settings_for(folder, f"sqlite:///{folder / 'casework.db'}")
    with runtime_of(settings) as runtime:
        rebuild_all(runtime, LOG)
    return settings


@pytest.fixture(scope="module")
def backup(long, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backup") / "backup"
    backed_up(long, folder)
    return folder


def killed(settings, *words, at):
    """Run the program, which is killed once its progress bar shows AT; False when it had ended before."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.operators.dying", str(at), *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": python_path(ROOT / "src"), **terminal_of(settings).environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == -signal.SIGKILL


def entries_in(settings):
    """Number of stored entries, visible or not; 0 while the database has no tables."""
    engine = engine_for(settings.url)
    try:
        with engine.connect() as db:
            return db.scalar(text("SELECT count(*) FROM entry WHERE log = :log"), {"log": LOG}) or 0
    except Exception:
        return 0
    finally:
        engine.dispose()


def logs_in(settings):
    engine = engine_for(settings.url)
    try:
        return SqlStore(engine).logs()
    finally:
        engine.dispose()


def test_a_killed_backup_cannot_be_opened_and_can_be_repeated(long, tmp_path):
    folder = tmp_path / "backup"
    for rows in (1, ENTRIES // 2):
        assert killed(long, "backup", str(folder), at=rows)
        assert not folder.exists()
        with pytest.raises(Problem):
            opened(tmp_path / "backup.unfinished")

    terminal_of(long)("backup", str(folder))

    assert opened(folder).head(LOG).size == ENTRIES
    assert [path.name for path in tmp_path.iterdir()] == ["backup"]


@kills(0.1, 0.5, 1)
def test_a_killed_restore_shows_no_log_and_finishes_when_repeated(long, backup, place, tmp_path, kind, parts):
    new = place(long, kind)
    hit = []
    for part in parts:
        assert killed(new, "restore", str(backup), at=int(ENTRIES * part))
        hit.append(entries_in(new))
        assert logs_in(new) == [], "a log that is not whole must not be there"
    assert hit == sorted(set(hit))
    assert [ENTRIES > there > 0 for there in hit] == [part < 1 for part in parts]

    said = terminal_of(new)("restore", str(backup))

    assert f"{ENTRIES} entries" in said
    assert "DIFFERENT" not in said
    assert backed_up(new, tmp_path / "again").logs == opened(backup).manifest.logs


@kills(0.1, 1)
def test_a_killed_move_shows_no_log_and_finishes_when_repeated(long, place, tmp_path, kind, parts):
    new = place(long, kind)
    words = ["move", "--to", new.url, *(["--to-owner", new.database.owner_url] if new.database.owner_url else [])]
    before = backed_up(long, tmp_path / "before").logs
    for part in parts:
        assert killed(long, *words, at=int(ENTRIES * part))
        assert logs_in(new) == []

    said = terminal_of(long)(*words)

    assert "DIFFERENT" not in said
    assert backed_up(new, tmp_path / "seen-new").logs == before
    assert backed_up(long, tmp_path / "old").logs == before


def test_a_killed_restore_is_not_continued_with_another_backup(long, backup, place, tmp_path):
    new = place(long, "sqlite")
    assert killed(new, "restore", str(backup), at=ENTRIES // 10)
    other = tmp_path / "other"
    write_history(other, 1_000, seed=2)
    backed_up(settings_for(other, f"sqlite:///{other / 'casework.db'}"), tmp_path / "other-backup")
    (Path(new.folder) / "wrapping.key").write_bytes((other / "wrapping.key").read_bytes())

    said = terminal_of(new).refused("restore", str(tmp_path / "other-backup"))

    assert "take an empty database" in said
    assert logs_in(new) == []
