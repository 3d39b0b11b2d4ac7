"""Tests that a restore removes what was erased after the backup."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from casework.application.operations.doctor import examine
from casework.application.privacy import lost_erasures
from casework.bootstrap import open_runtime
from casework.database.engine import engine_for
from casework.log.schema import command
from casework.seal.sealing import Tombstone
from casework.seal.tables import BY_KID
from tests.databases import LATER
from tests.operators.county import (
    LOG,
    do,
    forget,
    live,
    runtime_of,
    settings_for,
    terminal_of,
)
from tests.operators.test_backup import backed_up

pytestmark = pytest.mark.slow


@pytest.fixture
def too_old(county, tmp_path):
    """A backup of the county, and a resident who was in it and was erased after it: the keys."""
    with runtime_of(county) as runtime:
        live(runtime, "家庭纠纷", "resident/0000cccc")
    backed_up(county, tmp_path / "backup")
    with runtime_of(county) as runtime:
        kids = forget(runtime, "resident/0000cccc")
        live(runtime, "之后的一件")
    return tmp_path / "backup", kids


def kept(settings, kids):
    engine = engine_for(settings.url)
    try:
        with engine.connect() as db:
            counts = [
                db.scalar(select(func.count()).select_from(table).where(table.c.log == LOG, table.c.kid.in_(kids)))
                for table in BY_KID
            ]
            return sum(count or 0 for count in counts)
    finally:
        engine.dispose()


@pytest.mark.parametrize(
    ("county", "source"),
    [
        *(("sqlite", source) for source in ("erasures", "export", "backup")),
        ("postgresql", "erasures"),
        *(pytest.param("postgresql", source, marks=pytest.mark.nightly) for source in ("export", "backup")),
    ],
    indirect=["county"],
)
def test_a_restore_with_an_erasure_list_removes_later_erasures(county, place, too_old, tmp_path, source):
    backup, kids = too_old
    terminal = terminal_of(county)
    listed = tmp_path / "listed"
    if source == "backup":
        backed_up(county, listed)
    elif source == "export":
        terminal("export", "--out", str(listed), "--log", LOG)
    else:
        listed.write_text(terminal("erasures", "--log", LOG), "utf-8")
        assert "家庭纠纷" not in listed.read_text("utf-8")
    new = place(county, "sqlite")

    said = terminal_of(new)("restore", str(backup), "--erasures-from", str(listed))

    assert "did not come back, and the log says so again" in said
    assert kept(new, kids) == 0
    with runtime_of(new) as runtime:
        told = list(lost_erasures.lines_of(runtime, LOG))
        assert sum(b"personal-data-erased" in line for line in told) == 2
        with runtime.engine.connect() as db:
            entries = runtime.store.read(LOG, limit=10_000)
            parts = runtime.sealer.open(db, LOG, entries)
        stones = [p for some in parts.values() for p in some.values() if isinstance(p, Tombstone)]
        assert {stone.reason for stone in stones} == {"erased"}
        assert {stone.kid for stone in stones} & set(kids)
        digests = select(command.c.digest).where(command.c.log == LOG, command.c.digest == b"")
        with runtime.engine.connect() as db:
            assert len(db.scalars(digests).all()) >= 2
    assert [one for one in examine(new, open_runtime, full=True) if one.state == "ill"] == []


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_a_restore_without_an_erasure_list_warns(county, place, too_old):
    new = place(county, "sqlite")

    done = terminal_of(new).run("restore", str(too_old[0]))

    assert done.exit_code == 0
    assert "--erasures-from" in done.stderr
    assert kept(new, too_old[1]) > 0


def test_an_erasure_that_cannot_be_recorded_is_still_carried_out(file_county, place, tmp_path):
    with runtime_of(file_county) as runtime:
        live(runtime, "家庭纠纷", "resident/0000cccc")
    backed_up(file_county, tmp_path / "backup")
    with runtime_of(file_county) as runtime:
        since = {"cadre": "cadre/lark", "unit": "county-office", "roles": ["privacy_officer"], "from": "2020-01-01"}
        do(runtime, "declare-cadre", "system/operator", "administrator", **since)
        kids = forget(runtime, "resident/0000cccc", officer="cadre/lark")
    listed = tmp_path / "listed"
    listed.write_text(terminal_of(file_county)("erasures", "--log", LOG), "utf-8")
    new = place(file_county, "sqlite")

    done = terminal_of(new).run("restore", str(tmp_path / "backup"), "--erasures-from", str(listed))

    assert done.exit_code == 1
    assert "the log could not say so" in done.output
    assert kept(new, kids) == 0
    engine = engine_for(new.url)
    with engine.connect() as db:
        cleared = db.scalars(select(command.c.answer).where(command.c.digest == b"")).all()
    engine.dispose()
    # this resident's case that is in the backup, and the case erased before it
    assert sum("case-registered" in answer for answer in cleared) == 2


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_an_erasure_list_of_another_log_is_refused(county, place, too_old, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    elsewhere = terminal_of(settings_for(other, f"sqlite:///{other / 'casework.db'}"))
    elsewhere("init", LOG, "--county", "同号县")
    (tmp_path / "listed").write_text(elsewhere("erasures"), "utf-8")

    said = terminal_of(place(county, "sqlite")).refused(
        "restore", str(too_old[0]), "--erasures-from", str(tmp_path / "listed")
    )

    assert "of another log 530828" in said


def test_an_erasure_list_older_than_the_backup_causes_a_warning(file_county, place, tmp_path):
    listed = tmp_path / "listed"
    listed.write_text(terminal_of(file_county)("erasures", "--log", LOG), "utf-8")
    with runtime_of(file_county) as runtime:
        live(runtime, "之后的一件")
    backed_up(file_county, tmp_path / "backup", only=[LOG])

    done = terminal_of(place(file_county, "sqlite")).run(
        "restore", str(tmp_path / "backup"), "--erasures-from", str(listed)
    )

    assert "beware" in done.stderr


@pytest.mark.parametrize("county", ["sqlite", LATER], indirect=True)
def test_a_file_that_is_no_erasure_list_is_refused(county, place, too_old, tmp_path):
    new = place(county, "sqlite")
    for content in ("", "not json\n", '{"a": 1}\n'):
        (tmp_path / "listed").write_text(content)

        said = terminal_of(new).refused("restore", str(too_old[0]), "--erasures-from", str(tmp_path / "listed"))

        assert "is no list of erasures" in said, content
    assert not (Path(new.folder) / "casework.db").exists()
