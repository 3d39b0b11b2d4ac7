"""Tests that a restore brings back every byte or leaves no log."""

import hashlib
import shutil
from pathlib import Path
from time import sleep

import pytest
from sqlalchemy import delete, select, text

from casework.application.accounts import tokens
from casework.application.cases.find_case import find_case
from casework.application.cases.open_case import open_case
from casework.application.operations.doctor import examine
from casework.application.operations.restore import restore
from casework.bootstrap import open_runtime
from casework.database.engine import engine_for, writing
from casework.seal import attachments, keys
from casework.seal.tables import sealed_blob, sealed_key
from tests.databases import LATER
from tests.operators.county import (
    LOG,
    OTHER,
    PAIRS,
    PHOTO,
    do,
    live,
    load,
    runtime_of,
    settings_for,
    terminal_of,
)
from tests.operators.test_backup import backed_up

pytestmark = pytest.mark.slow


def restored(settings, folder, **asked):
    return restore(settings, open_runtime, folder, **asked)


@PAIRS
def test_a_restore_brings_back_exactly_the_backed_up_log(county, place, tmp_path, kind):
    before = backed_up(county, tmp_path / "backup")
    new = place(county, kind)

    done = restored(new, tmp_path / "backup")

    assert [one.log for one in done.logs] == [LOG, OTHER]
    assert all(one.equal for log in done.logs for one in log.compared)
    assert done.stopped == {}
    after = backed_up(new, tmp_path / "again")
    assert after.logs == before.logs
    assert [one for one in examine(new, open_runtime, full=True) if one.state == "ill"] == []


@pytest.mark.parametrize("kind", ["sqlite", LATER])
def test_a_restored_log_opens_old_cases_and_takes_new_ones(file_county, place, tmp_path, kind):
    with runtime_of(file_county) as runtime:
        number = live(runtime, "桥面塌陷", "resident/0000bbbb")
        first = do(runtime, "accept-clock", "system/operator", "administrator", head_at=NOW, clock_at=NOW)
    backed_up(file_county, tmp_path / "backup")
    new = place(file_county, kind)
    restored(new, tmp_path / "backup", only=[LOG])

    with runtime_of(new) as runtime:
        stream = find_case(runtime, LOG, number)
        opened = open_case(runtime, LOG, stream)
        assert opened
        later = live(runtime, "又一件")
        assert int(later[-6:]) == int(number[-6:]) + 1
        with runtime.engine.connect() as db:
            sealed = runtime.sealer.open(db, LOG, runtime.store.read_stream(LOG, stream))
        assert "桥面塌陷" in [part for parts in sealed.values() for part in parts.values()]
        assert runtime.store.head(LOG).size > first.size
        assert runtime.logs() == [LOG]


NOW = "2026-01-01T00:00:00.000Z"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restore_brings_back_photos_and_tokens(file_county, place, tmp_path, kind):
    backed_up(file_county, tmp_path / "backup")
    new = place(file_county, kind)

    done = terminal_of(new).run("restore", str(tmp_path / "backup"))

    assert "those revoked since are good again" in done.stderr
    with runtime_of(new) as runtime:
        with runtime.engine.connect() as db:
            found = attachments.content(db, runtime.sealer, LOG, hashlib.sha256(PHOTO).hexdigest())
        assert found == PHOTO
        token = tokens.find(runtime, (Path(file_county.folder) / "token").read_text())
        assert token is not None
        assert token.is_good


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_a_backup_taken_under_load_restores_completely(county, place, tmp_path):
    with load(county) as cases:
        while cases() < 8:
            sleep(0.01)
        backed_up(county, tmp_path / "backup")
    new = place(county, "sqlite")

    done = restored(new, tmp_path / "backup")

    assert all(one.equal for log in done.logs for one in log.compared)
    assert done.logs[0].parts.equal > 20
    assert done.logs[0].parts.erased >= 4
    assert done.logs[0].parts.missing == 0


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_restore_over_an_existing_log_is_refused(file_county, place, tmp_path, kind):
    backed_up(file_county, tmp_path / "backup", only=[OTHER])
    new = place(file_county, kind)
    terminal = terminal_of(new)
    terminal("restore", str(tmp_path / "backup"))

    said = terminal.refused("restore", str(tmp_path / "backup"))

    assert f"holds log {OTHER} already (1 entries)" in said
    # another log in the same database does not matter
    backed_up(file_county, tmp_path / "all")
    terminal("restore", str(tmp_path / "all"), "--only", LOG)
    with runtime_of(new) as runtime:
        assert runtime.logs() == [LOG, OTHER]


def test_a_restore_without_the_right_wrapping_key_names_the_missing_one(file_county, tmp_path):
    needed = backed_up(file_county, tmp_path / "backup").log(LOG).wrapping_keys[0]
    (tmp_path / "new").mkdir()
    new = settings_for(tmp_path / "new", f"sqlite:///{tmp_path / 'new' / 'casework.db'}")
    terminal = terminal_of(new)

    assert "no wrapping key at" in terminal.refused("restore", str(tmp_path / "backup"))
    other = keys.create(new.wrapping_key_file)
    said = terminal.refused("restore", str(tmp_path / "backup"))

    assert needed in said
    assert other.id in said
    assert not (tmp_path / "new" / "casework.db").exists()


def test_a_restore_counts_sealed_parts_whose_key_is_missing(file_county, place, tmp_path):
    engine = engine_for(file_county.url)
    with writing(engine) as db:
        kid = db.scalar(select(sealed_key.c.kid).where(sealed_key.c.log == LOG))
        db.execute(delete(sealed_key).where(sealed_key.c.kid == kid))
    engine.dispose()
    backed_up(file_county, tmp_path / "backup")

    assert restored(place(file_county, "sqlite"), tmp_path / "backup").logs[0].parts.missing == 1


def test_a_restore_of_a_part_that_breaks_its_commitment_is_refused(file_county, place, tmp_path):
    engine = engine_for(file_county.url)
    with writing(engine) as db:
        db.execute(sealed_blob.update().where(sealed_blob.c.log == LOG).values(bytes=b"another"))
    engine.dispose()
    backed_up(file_county, tmp_path / "backup")
    new = place(file_county, "sqlite")

    assert "is not what the entry committed to" in terminal_of(new).refused("restore", str(tmp_path / "backup"))
    with runtime_of(new) as runtime:
        assert runtime.logs() == []


def test_a_restore_reports_and_repairs_wrong_change_rows(file_county, place, tmp_path):
    engine = engine_for(file_county.url)
    with engine.begin() as db:
        db.execute(text("UPDATE case_change SET township = 'elsewhere' WHERE line = 0"))
    engine.dispose()
    backed_up(file_county, tmp_path / "backup")
    new = place(file_county, "sqlite")

    done = terminal_of(new).run("restore", str(tmp_path / "backup"))

    assert "did not follow from the entries" in done.output
    assert [one for one in examine(new, open_runtime, full=True) if one.state == "ill"] == []


def test_restore_check_writes_nothing(file_county, place, tmp_path):
    backed_up(file_county, tmp_path / "backup")
    new = place(file_county, "sqlite")

    assert "entries, whole" in terminal_of(new)("restore", str(tmp_path / "backup"), "--check")
    assert not (Path(new.folder) / "casework.db").exists()


def test_a_backup_of_a_newer_format_is_refused_with_both_versions(file_county, place, tmp_path):
    backed_up(file_county, tmp_path / "backup")
    manifest = tmp_path / "backup" / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace("casework-backup/1", "casework-backup/2"), "utf-8")

    said = terminal_of(place(file_county, "sqlite")).refused("restore", str(tmp_path / "backup"))

    assert "casework-backup/2" in said
    assert "casework-backup/1" in said


def test_restoring_a_second_log_leaves_the_first_unchanged(file_county, place, tmp_path):
    """Rows of the first log stay untouched while the second is restored."""
    backed_up(file_county, tmp_path / "backup", only=[OTHER])
    shutil.copytree(tmp_path / "backup", tmp_path / "copy")
    new = place(file_county, "sqlite")
    restored(new, tmp_path / "copy")
    backed_up(file_county, tmp_path / "all")
    restored(new, tmp_path / "all", only=[LOG])

    assert backed_up(new, tmp_path / "again").logs == backed_up(file_county, tmp_path / "still").logs
