"""Tests that erasure leaves no byte of a person and every count unchanged."""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import NullPool, create_engine, inspect, make_url, select, text

from casework.__main__ import WIRING
from casework.application.access.actor import resolve
from casework.application.cases import attachments
from casework.application.cases.open_case import open_case
from casework.application.cases.replay import replay
from casework.application.figures.upkeep import follow
from casework.application.findings.findings import findings
from casework.application.operations.doctor import examine
from casework.application.operations.restore import restore
from casework.application.privacy import lost_erasures
from casework.bootstrap import open_runtime
from casework.cli import main
from casework.database.engine import engine_for
from casework.log.schema import entry
from casework.seal import erasure
from casework.seal.tables import keyed_token, sealed_blob, sealed_key
from tests.databases import PostgresServer
from tests.operators.county import LOG, do, runtime_of, terminal_of
from tests.operators.test_backup import backed_up

NAME, PHONE, IDENTITY = "标记甲某", "13900112233", "00000019000101001X"
PERSON = {"full_name": NAME, "phone": PHONE, "identity_number": IDENTITY}
PAPER = b"\x89PNG\r\n\x1a\n" + "标记照片".encode() * 200
TEXTS = ["标记摘要", "标记详情", "标记地址", "标记记录", "标记照片", "标记争地", "标记审计", "标记答复"]
SECRETS = [NAME, PHONE, IDENTITY, *TEXTS]
KEPT = "标记戊某"


def settle(settings: Any) -> dict[str, str]:
    """A person with two cases and a photo, and texts of a neighbour, an auditor and a unit that concern them."""
    with runtime_of(settings) as runtime:

        def asks(**more: Any) -> str:
            given = {"area": "menglang-1", "category": "water", **more}
            return do(runtime, "register-case", "cadre/finch", "caller", **given).number

        crane = resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre")
        sha256 = hashlib.sha256(PAPER).hexdigest()
        attachments.bring(runtime, LOG, crane, sha256, PAPER)
        first = asks(person=PERSON, summary="标记摘要", details="标记详情", address="标记地址")
        do(runtime, "accept-case", "cadre/heron", "dispatcher", case=first)
        do(runtime, "dispatch-case", "cadre/heron", "dispatcher", case=first, unit="water-station", lead="cadre/crane")
        do(
            runtime,
            "log-action",
            "cadre/crane",
            "cadre",
            case=first,
            action="visit",
            note="标记记录",
            evidence=[sha256],
        )
        second = asks(person={"full_name": NAME, "phone": "+86 139-0011-2233"}, summary="标记摘要二")
        third = asks(person={"full_name": KEPT, "phone": "13900445566"}, summary="邻居", details=f"与{NAME}，标记争地")
        auditor = {"cadre": "cadre/pipit", "unit": "county-office", "roles": ["auditor"], "from": "2020-01-01"}
        do(runtime, "declare-cadre", "system/operator", "administrator", **auditor)
        found = do(
            runtime, "record-finding", "cadre/pipit", "auditor",
            kind="fake_closure", case=first, due_on=runtime.county(LOG).today, details="标记审计",
        )  # fmt: skip
        do(runtime, "answer-finding", "cadre/egret", "unit_lead", finding=found.stream, answer="标记答复")
        follow(runtime, LOG)
        return {"finding": found.stream, "first": first, "second": second, "third": third}


@pytest.fixture
def person(county):
    return settle(county)


def ask(settings: Any, *words: str, number: str = PHONE) -> Any:
    """`casework privacy`, with the number on standard input."""
    asked = ["--log", LOG, "privacy", *words, "--as", "cadre/wren"]
    return CliRunner(env=terminal_of(settings).environment).invoke(main, asked, obj=WIRING, input=f"{number}\n")


def forget(settings: Any, *more: str) -> Any:
    done = ask(settings, "erase", "--stdin", "--basis", "resident_asked", "--yes", "--json", *more)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def bytes_of(settings: Any) -> bytes:
    """Every value of every table, and every byte of every file of the place, the database's among them."""
    engine = engine_for(settings.url)
    found: list[bytes] = []
    for schema in (None, "shelf") if engine.dialect.name == "postgresql" else (None,):
        for table in inspect(engine).get_table_names(schema=schema):
            with engine.connect() as connection:
                for row in connection.execute(text(f'SELECT * FROM {"shelf." if schema else ""}"{table}"')):
                    found += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    engine.dispose()
    found += [file.read_bytes() for file in Path(settings.folder).rglob("*") if file.is_file()]
    return b"\0".join(found)


def server_files(server: PostgresServer, settings: Any) -> tuple[bytes, bytes]:
    """The files of the database, and the write-ahead log of its server, after a checkpoint."""
    engine = create_engine(server.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as db:
        folder = Path(db.scalar(text("SHOW data_directory")) or "")
        named = {"name": make_url(settings.url).database}
        oid = db.scalar(text("SELECT oid FROM pg_database WHERE datname = :name"), named)
        db.execute(text("CHECKPOINT"))
    if not os.access(folder, os.R_OK):
        pytest.skip("the files of that server cannot be read here: another machine's, or another user's")
    files = [file for file in (folder / "base" / str(oid)).iterdir() if file.is_file()]
    logs = [file for file in (folder / "pg_wal").iterdir() if file.is_file()]
    return b"\0".join(file.read_bytes() for file in files), b"\0".join(file.read_bytes() for file in logs)


def forms(secret: str) -> list[bytes]:
    """The encodings in which a text may be stored."""
    escaped = secret.encode("ascii", "backslashreplace")
    return [secret.encode(), secret.encode("utf-16-le"), escaped, secret.encode().hex().encode()]


def left(stored: bytes, *secrets: str) -> list[str]:
    return [secret for secret in secrets if any(form in stored for form in forms(secret))]


def doomed_rows(settings: Any, kids: set[str]) -> list[bytes]:
    """Ciphertexts, wrapped keys and tokens of these keys, as the database holds them."""
    engine = engine_for(settings.url)
    with engine.connect() as db:
        rows: list[bytes] = [
            bytes(row) for row in db.scalars(select(sealed_blob.c.bytes).where(sealed_blob.c.kid.in_(kids)))
        ]
        rows += [bytes(row) for row in db.scalars(select(sealed_key.c.wrapped).where(sealed_key.c.kid.in_(kids)))]
        rows += [row.encode() for row in db.scalars(select(keyed_token.c.token).where(keyed_token.c.kid.in_(kids)))]
    engine.dispose()
    return rows


def state_of(settings: Any, numbers: dict[str, str]) -> dict[str, Any]:
    """What must not change: entries, counts, and the steps of the cases."""
    with runtime_of(settings) as runtime:
        follow(runtime, LOG)
        with runtime.engine.connect() as db:
            entries = list(db.scalars(select(entry.c.bytes).where(entry.c.log == LOG).order_by(entry.c.seq)))
        cases = {name: runtime.store.find(LOG, "number", numbers[name]) for name in ("first", "second", "third")}
        audited = findings(runtime, LOG, status="answered", case=str(cases["first"]), limit=1).rows
        steps = {
            name: [(one.step.seq, one.step.type, one.changes) for one in replay(runtime, LOG, str(stream))]
            for name, stream in cases.items()
        }
    names = ("findings", "requests_by_category", "requests_by_channel", "actions_by_day", "cadre_workload")
    counts = {name: terminal_of(settings).json("--log", LOG, "ask", name)["rows"] for name in names}
    return {"entries": [bytes(one) for one in entries], "steps": steps, "counts": counts, "findings": audited}


def test_erasure_leaves_no_byte_of_a_person_and_every_count_unchanged(county, person, place, tmp_path):
    backed_up(county, tmp_path / "before")
    before = state_of(county, person)
    found = json.loads(ask(county, "find", "--stdin", "--json").stdout)
    assert [one["number"] for one in found["cases"]] == sorted([person["first"], person["second"]])
    assert [part["number"] for part in found["mentions"]] == [person["third"], person["finding"], person["finding"]]
    kids = {part["kid"] for part in (*found["own"], *found["mentions"])} | {one["kid"] for one in found["photos"]}
    assert len(kids) == 4 + 1 + 2 + 1 + 1 + 2
    doomed = doomed_rows(county, kids)
    assert len(doomed) == 2 * len(kids) + 5
    stored = bytes_of(county)
    assert [row for row in doomed if row not in stored] == []  # the search does find what is there

    forget(county, "--others", "erase")

    vacuum(county)
    stored = bytes_of(county)
    assert left(stored, *SECRETS) == []
    assert [row for row in doomed if row in stored] == []
    # exports made later, and the logs of the program
    exported = terminal_of(county)("export", "--log", LOG).encode()
    backed_up(county, tmp_path / "after")
    exported += b"".join(file.read_bytes() for file in (tmp_path / "after").rglob("*") if file.is_file())
    assert left(exported, *SECRETS) == []
    assert [row for row in doomed if row in exported] == []
    # a backup from before the erasure, restored with the list of erasures
    (tmp_path / "erasures").write_text(terminal_of(county)("erasures", "--log", LOG), "utf-8")
    new = place(county, make_url(county.url).get_backend_name())
    restore(new, open_runtime, tmp_path / "before", erasures_from=tmp_path / "erasures")
    restored = bytes_of(new)
    assert left(restored, *SECRETS) == []
    assert [row for row in doomed if row in restored] == []
    # what is not personal is as it was
    after = state_of(county, person)
    assert after["entries"][: len(before["entries"])] == before["entries"]
    assert after["steps"] == before["steps"]
    assert after["counts"] == before["counts"]
    assert [one.finding for one in after["findings"]] == [person["finding"]]
    assert after["findings"] == before["findings"]
    assert not any(form in after["entries"][-1] for secret in SECRETS for form in forms(secret))
    assert [one for one in examine(county, open_runtime, full=True) if one.state == "ill"] == []


def vacuum(settings: Any) -> None:
    """Rewrite the tables of sealed parts with VACUUM FULL, as an operator of PostgreSQL does."""
    if settings.database.owner_url:
        engine = engine_for(settings.migration_url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            for table in (*(one.name for one in erasure.BY_KID), "command"):
                db.execute(text(f'VACUUM FULL "{table}"'))
        engine.dispose()


def test_postgresql_files_hold_no_erased_ciphertext_after_vacuum_full(server_county, postgres_server):
    settle(server_county)
    found = json.loads(ask(server_county, "find", "--stdin", "--json").stdout)
    doomed = doomed_rows(server_county, {part["kid"] for part in found["own"]})
    files, logs = server_files(postgres_server, server_county)
    assert [row for row in doomed if row not in files] == []  # the search does find what is there
    assert left(files + logs, *SECRETS) == []

    forget(server_county, "--others", "erase")
    vacuum(server_county)

    files, logs = server_files(postgres_server, server_county)
    assert [row for row in doomed if row in files] == []
    assert left(files + logs, *SECRETS) == []


def test_an_erased_case_shows_tombstones_and_keeps_the_neighbours_text(file_county, tmp_path):
    person = settle(file_county)
    forget(file_county, "--others", "keep")
    with runtime_of(file_county) as runtime:
        crane = resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre")
        stream = str(runtime.store.find(LOG, "number", person["first"]))
        shown = open_case(runtime, LOG, stream, crane)
        parts = [part for step in shown.timeline for part in step.sealed]
        assert {part.state for part in parts} == {"erased"}
        # the log has the decision to keep the neighbour's text
        told = list(lost_erasures.lines_of(runtime, LOG))
        assert b'"kept":["' in told[-1]
        third = open_case(runtime, LOG, str(runtime.store.find(LOG, "number", person["third"])), crane)
        assert any(NAME in str(part.value) for step in third.timeline for part in step.sealed)
    again = ask(file_county, "find", "--stdin")
    assert again.exit_code == 1
    assert "nothing is held on this person" in again.stderr


def test_erasure_is_refused_without_a_decision_on_other_peoples_texts(file_county):
    settle(file_county)
    done = ask(file_county, "erase", "--stdin", "--basis", "resident_asked", "--yes")

    assert done.exit_code == 1
    assert "decide on each" in done.stderr
    assert json.loads(ask(file_county, "find", "--stdin", "--json").stdout)["own"]


def test_a_repeated_erasure_is_answered_with_the_first_entry(file_county):
    cases = settle(file_county)
    done = forget(file_county, "--others", "keep")
    assert ask(file_county, "erase", "--stdin", "--basis", "resident_asked", "--yes").exit_code == 1
    assert "ask by the number of a case" in ask(file_county, "find", "--stdin").stderr
    theirs = ["--case", cases["first"], "--case", cases["second"], "--basis", "resident_asked", "--yes"]

    again = json.loads(ask(file_county, "erase", *theirs, "--json").stdout)
    assert again["answer"] == done["answer"] | {"repeated": True}
    assert (again["cases"], again["kept"]) == ([cases["first"], cases["second"]], 3)
    assert f"at position {done['answer']['seq']} at" in ask(file_county, "erase", *theirs).stdout
    assert "nothing left to erase" not in ask(file_county, "erase", *theirs).stdout


def test_text_added_after_an_erasure_is_removed_by_a_second_erasure(file_county):
    cases = settle(file_county)
    done = forget(file_county, "--others", "keep")
    with runtime_of(file_county) as runtime:
        do(runtime, "log-action", "cadre/crane", "cadre", case=cases["first"], action="visit", note="标记后来")
    asked = ["erase", "--case", cases["first"], "--basis", "resident_asked", "--others", "keep", "--yes", "--json"]
    later = json.loads(ask(file_county, *asked).stdout)
    assert later["parts"] == 1
    assert later["answer"]["seq"] > done["answer"]["seq"]
    assert json.loads(ask(file_county, *asked).stdout)["answer"]["seq"] == later["answer"]["seq"]


def test_a_telephone_number_as_a_command_argument_is_refused(file_county):
    refused = terminal_of(file_county).refused("--log", LOG, "privacy", "find", PHONE, "--as", "cadre/wren")

    assert "unexpected extra argument" in refused


def test_a_personal_data_copy_holds_nothing_of_other_people(file_county, tmp_path):
    settle(file_county)
    done = ask(file_county, "export", "--stdin", "--out", str(tmp_path / "copy"))
    assert done.exit_code == 0, done.output
    copy = json.loads((tmp_path / "copy" / "copy.json").read_text("utf-8"))
    page = (tmp_path / "copy" / "copy.html").read_text("utf-8")

    assert copy["left_out"] == 3
    assert [one["photos"] for one in copy["cases"]] == [1, 0]
    for told in (json.dumps(copy, ensure_ascii=False), page):
        assert [secret for secret in SECRETS[:7] if secret not in told] == []
        assert KEPT not in told
        assert [secret for secret in SECRETS[8:] if secret in told] == []
        assert "cadre/" not in told
    assert page.index("个人信息副本") < page.index("Copy of your personal data")
    assert PAPER in [file.read_bytes() for file in (tmp_path / "copy").iterdir()]
    assert {file.stat().st_mode & 0o077 for file in (tmp_path / "copy").iterdir()} == {0}


def test_a_case_on_legal_hold_is_erased_only_after_its_release(file_county):
    person = settle(file_county)
    terminal = terminal_of(file_county)
    placed = ask(file_county, "hold", "--case", person["second"], "--basis", "court", "--until", "2999-01-01", "--json")
    hold = json.loads(placed.stdout)["hold"]

    refused = ask(file_county, "erase", "--stdin", "--basis", "resident_asked", "--yes", "--others", "keep")
    assert refused.exit_code == 1
    assert "on legal hold before 2999-01-01, because a court asks for it" in refused.stderr
    assert "on legal hold" in terminal.refused(
        "--log", LOG, "erase", person["second"], "--as", "cadre/wren", "--basis", "unlawful", "--yes"
    )
    terminal("--log", LOG, "privacy", "release", hold, "--as", "cadre/wren")
    forget(file_county, "--others", "keep")


def test_privacy_find_is_refused_to_a_cadre(file_county):
    said = terminal_of(file_county).refused(
        "--log", LOG, "privacy", "find", "--case", "530828-2026-000001", "--as", "cadre/crane"
    )

    assert "may not act as privacy_officer" in said
