"""Tests that a backup is one state of the database and holds no key."""

import json
import resource
import subprocess
import sys

import msgspec
import pytest
from sqlalchemy import make_url, text

from casework.application.accounts.tables import PASSING
from casework.application.operations.backup import back_up
from casework.application.operations.backup_folder import opened
from casework.application.operations.rows_as_lines import columns, truth
from casework.change.tables import DERIVED
from casework.database.engine import engine_for
from casework.database.metadata import metadata
from casework.log.entry import decode
from casework.log.sql import SqlStore
from tests.architecture.tree import ROOT
from tests.databases import LATER
from tests.day import python_path
from tests.operators.county import LOG, OTHER, live, load, runtime_of, terminal_of


def entries_of(folder):
    return (folder / LOG / "entry.jsonl").read_bytes().splitlines()


def rows_of(folder, table):
    return [json.loads(line) for line in (folder / LOG / f"{table}.jsonl").read_bytes().splitlines()]


def backed_up(settings, folder, **asked):
    engine = engine_for(settings.url)
    try:
        return back_up(engine, folder, **asked)
    finally:
        engine.dispose()


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_a_backup_under_load_is_one_consistent_state_of_the_database(county, tmp_path):
    with load(county) as cases:
        taken = []
        while cases() < 25:
            taken.append(tmp_path / f"backup-{len(taken)}")
            backed_up(county, taken[-1])

    engine = engine_for(county.url)
    log = SqlStore(engine).raw(LOG, limit=100_000)
    engine.dispose()
    assert len(taken) > 2
    assert len({len(entries_of(folder)) for folder in taken}) > 1, "nothing was appended meanwhile"
    for folder in taken:
        stored = entries_of(folder)
        assert stored == log[: len(stored)]
        assert opened(folder).head(LOG).size == len(stored)
        read = [decode(one) for one in stored]
        assert {row[0] for row in rows_of(folder, "command")} == {one.command for one in read}
        sealed = {part.kid for one in read for part in one.sealed or ()}
        erased = {kid for one in stored if b"data-erased" in one for kid in json.loads(one)["data"]["kids"]}
        photos = {row[1] for row in rows_of(folder, "attachment")}
        assert erased
        assert photos
        assert {row[0] for row in rows_of(folder, "sealed_blob")} == sealed - erased | photos
        assert {row[0] for row in rows_of(folder, "sealed_key")} == sealed - erased | photos


def test_a_backup_names_its_wrapping_keys_but_holds_none(county, tmp_path):
    made = backed_up(county, tmp_path / "backup")

    key = county.wrapping_key_file.read_bytes()
    with runtime_of(county) as runtime:
        assert made.log(LOG).wrapping_keys == (runtime.sealer.key.id,)
    assert made.log(OTHER).wrapping_keys == ()
    for path in (tmp_path / "backup").rglob("*.*"):
        assert key not in path.read_bytes()
        assert key.hex() not in path.read_text("utf-8")
        assert path.stat().st_mode & 0o077 == 0


def test_a_backup_holds_no_sealed_text_in_the_clear(county, tmp_path):
    backed_up(county, tmp_path / "backup")

    everything = b"".join(path.read_bytes() for path in (tmp_path / "backup").rglob("*.*"))
    for clear in ("水管漏水", "某某", "13900000001", "已到现场查看"):
        assert clear.encode() not in everything
        assert json.dumps(clear).strip('"').encode() not in everything


def test_a_backup_needs_no_wrapping_key_and_no_database_owner(county, tmp_path):
    county.wrapping_key_file.unlink()

    said = terminal_of(county)("backup", str(tmp_path / "backup"))

    assert "wrapping key" in said
    if make_url(county.url).get_backend_name() == "postgresql":
        engine = engine_for(county.url)
        with engine.connect() as db:
            assert db.scalar(text("SELECT usesuper FROM pg_user WHERE usename = current_user")) is False
            owner = "SELECT tableowner <> current_user FROM pg_tables WHERE tablename = 'entry'"
            assert db.scalar(text(owner))
        engine.dispose()


def test_two_backups_of_one_state_differ_only_in_their_time(county, tmp_path):
    first, second = backed_up(county, tmp_path / "1"), backed_up(county, tmp_path / "2")

    assert msgspec.structs.replace(first, made_at=second.made_at) == second
    for path in (tmp_path / "1").rglob("*.jsonl"):
        assert path.read_bytes() == (tmp_path / "2" / path.relative_to(tmp_path / "1")).read_bytes()


def test_sha256sum_verifies_every_file_of_a_backup(county, tmp_path):
    backed_up(county, tmp_path / "backup")

    done = subprocess.run(
        ["sha256sum", "--check", "SHA256SUMS"], cwd=tmp_path / "backup", capture_output=True, check=True
    )

    assert done.stdout.count(b": OK") == 1 + 2 * len(truth())


def test_a_backup_with_only_holds_only_the_named_logs(file_county, tmp_path):
    assert opened_logs(backed_up(file_county, tmp_path / "one", only=[OTHER])) == [OTHER]
    assert opened_logs(backed_up(file_county, tmp_path / "all")) == [LOG, OTHER]
    assert "nearest: 530829" in terminal_of(file_county).refused("backup", str(tmp_path / "none"), "--only", "530820")
    assert not (tmp_path / "none").exists()


def opened_logs(manifest):
    return [one.log for one in manifest.logs]


def test_a_backup_never_overwrites_existing_files(file_county, tmp_path):
    terminal = terminal_of(file_county)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("keep me")
    (tmp_path / "file").write_text("keep me")

    assert "never writes over anything" in terminal.refused("backup", str(tmp_path / "full"))
    assert "never writes over anything" in terminal.refused("backup", str(tmp_path / "file"))
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["letter.txt"]
    (tmp_path / "empty").mkdir()
    terminal("backup", str(tmp_path / "empty"))
    assert "never writes over anything" in terminal.refused("backup", str(tmp_path / "empty"))


def test_a_backup_is_refused_while_another_one_runs(file_county, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    with (tmp_path / ".backup.lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "another process" in terminal_of(file_county).refused("backup", str(tmp_path / "backup"))

    terminal_of(file_county)("backup", str(tmp_path / "backup"))


def test_a_backup_that_fills_the_disk_fails_and_leaves_no_file(file_county, tmp_path):
    with runtime_of(file_county) as runtime:
        for number in range(15):
            live(runtime, f"路面破损 {number}")

    def few_bytes():
        resource.setrlimit(resource.RLIMIT_FSIZE, (32_768, 32_768))  # SQLite's own shared memory needs as much

    done = subprocess.run(
        [sys.executable, "-m", "casework", "backup", str(tmp_path / "backup")],
        env={
            "PYTHONPATH": python_path(ROOT / "src"),
            "PYTHONDONTWRITEBYTECODE": "1",  # Python would leave its own files cut off
            **terminal_of(file_county).environment,
        },
        preexec_fn=few_bytes,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )

    assert done.returncode == 1
    assert "jsonl: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["county"]


def test_a_backup_of_a_log_with_a_changed_entry_is_refused(file_county, tmp_path):
    engine = engine_for(file_county.url)
    with engine.connect() as db:
        db.execute(text("DROP TRIGGER entry_is_never_updated"))
        db.execute(text("UPDATE entry SET bytes = bytes || ' ' WHERE log = :log AND seq = 7"), {"log": LOG})
        db.commit()
    engine.dispose()

    assert f"entry 7 of log {LOG}" in terminal_of(file_county).refused("backup", str(tmp_path / "backup"))
    assert not (tmp_path / "backup").exists()


def test_every_database_table_is_classified_for_backups():
    derived = {table.name for table in DERIVED} | {"projection_state"}
    passing = {table.name for table in PASSING} | {"outbox_progress"}
    said_otherwise = {"log_head", "stream_head"}

    held = {table.name for table in truth()}
    assert held | derived | passing | said_otherwise == set(metadata.tables)
    assert held & (derived | passing | said_otherwise) == set()
    for table in truth():
        assert table.columns.keys()[0] == "log", f"{table.name} is not of one log: decide how it is backed up"
        assert len(columns(table)) == len(table.columns) - 1
