"""Tests that a damaged backup is refused by file name and writes nothing."""

import random
import shutil
from pathlib import Path

import pytest

from casework.application.operations.backup_folder import opened
from casework.application.operations.rows_as_lines import truth
from casework.application.runtime.problem import Problem
from tests.operators.county import LOG, OTHER, terminal_of
from tests.operators.test_backup import backed_up

FILES = [f"{log}/{table.name}.jsonl" for log in (LOG, OTHER) for table in truth()] + ["manifest.json", "SHA256SUMS"]
#: positions tried in each file, beside its first and last byte
TRIED = 20


@pytest.fixture
def backup(file_county, tmp_path):
    backed_up(file_county, tmp_path / "backup")
    return tmp_path / "backup"


def refused(folder):
    with pytest.raises(Problem) as found:
        opened(folder)
    assert found.value.code in {"backup-damaged", "backup-format", "backup-other-tables"}
    return found.value.en


def test_the_damage_tests_cover_every_file_of_a_backup(backup):
    there = {path.relative_to(backup).as_posix() for path in backup.rglob("*") if path.is_file()}

    assert there == set(FILES)


def test_a_backup_with_a_flipped_bit_is_refused(backup):
    unnamed = []
    for name in FILES:
        path = backup / name
        whole = path.read_bytes()
        chance = random.Random(name)
        places = {0, len(whole) - 1, *chance.sample(range(len(whole)), min(TRIED, len(whole)))} if whole else ()
        for place in sorted(places):
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1 << chance.randrange(8)]) + whole[place + 1 :])
            if str(path) not in refused(backup) and name not in {"manifest.json", "SHA256SUMS"}:
                unnamed.append(f"{name} at {place}")
        path.write_bytes(whole)
    assert unnamed == []
    opened(backup)


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("manifest.json", 23),
        ("SHA256SUMS", 5),
        pytest.param("manifest.json", 7, marks=pytest.mark.nightly),
        pytest.param("SHA256SUMS", 1, marks=pytest.mark.nightly),
    ],
)
def test_a_backup_with_a_changed_manifest_or_checksum_byte_is_refused(backup, name, step):
    path = backup / name
    whole = path.read_bytes()
    for place in range(0, len(whole), step):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x20]) + whole[place + 1 :])
        refused(backup)


def test_a_backup_with_a_cut_longer_or_missing_file_is_refused(backup):
    for name in FILES:
        path = backup / name
        whole = path.read_bytes()
        for content in (whole[:-1], b"", whole + b"\n") if whole else (b"\n",):
            path.write_bytes(content)
            refused(backup)
        path.unlink()
        assert name in refused(backup)
        path.write_bytes(whole)
    opened(backup)


def test_a_backup_with_an_extra_file_is_refused(backup):
    (backup / LOG / "notes.txt").write_text("of another backup")

    assert "notes.txt: it is no part of the backup" in refused(backup)


def test_a_backup_mixed_from_two_backups_is_refused(file_county, backup, tmp_path):
    terminal_of(file_county)("do", "accept-clock", "--as", "system/operator", "--role", "administrator",
                             "head_at=2026-01-01T00:00:00Z", "clock_at=2026-01-01T00:00:00Z", "--log", LOG)  # fmt: skip
    backed_up(file_county, tmp_path / "later")
    shutil.copy(tmp_path / "later" / LOG / "entry.jsonl", backup / LOG)

    assert "entry.jsonl" in refused(backup)


def test_a_manifest_with_a_path_outside_the_backup_is_refused(backup):
    manifest = backup / "manifest.json"
    manifest.write_text(manifest.read_text("utf-8").replace(f'"log": "{LOG}"', '"log": "../../etc"'), "utf-8")

    assert "no manifest of a backup" in refused(backup)


@pytest.mark.parametrize("what", ["nothing", "file", "empty"])
def test_restoring_from_a_path_without_a_backup_writes_nothing(place, file_county, tmp_path, what):
    if what == "file":
        (tmp_path / "backup").write_text("hello")
    if what == "empty":
        (tmp_path / "backup").mkdir()
    new = place(file_county, "sqlite")

    assert "the backup cannot be used" in terminal_of(new).refused("restore", str(tmp_path / "backup"))
    assert not (Path(new.folder) / "casework.db").exists()
