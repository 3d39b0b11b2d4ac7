"""Tests the access ledger: rows before answers, queries, fixed days, tampering."""

import json
import threading

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from casework.application.access.actor import Actor, Visit, resolve
from casework.application.access.reading_note import note
from casework.application.cases.open_case import open_case
from casework.application.cases.replay import replay
from casework.application.cases.search import Search, search
from casework.application.desk.desk import desk
from casework.application.operations.doctor import examine
from casework.application.read_audit import daily_digest as access_days
from casework.application.read_audit.daily_digest import altered, fix
from casework.application.read_audit.query import accesses
from casework.application.runtime.problem import Problem
from casework.bootstrap import open_runtime
from casework.clock import SimulatedClock
from casework.database.engine import engine_for, reading
from casework.seal import reading_ledger as ledger
from casework.seal.reading_ledger import access_ledger
from tests.operators.county import LOG, live, runtime_of, terminal_of


def rows(runtime):
    with reading(runtime.engine) as db:
        return db.execute(select(access_ledger).order_by(access_ledger.c.id)).all()


def person(runtime, actor, role, **visit):
    who = resolve(runtime.county(LOG, fresh=True), actor, role)
    return Actor(who.actor, who.role, who.unit, who.area, Visit(**visit))


def case_of(runtime, number):
    """The stream of the case with this number."""
    stream = runtime.store.find(LOG, "number", number)
    assert stream is not None
    return stream


def test_each_reading_of_sealed_data_adds_one_row_to_the_access_ledger(county):
    with runtime_of(county) as runtime:
        number = live(runtime, "无人知晓的一句")
        stream = case_of(runtime, number)
        crane = person(runtime, "cadre/crane", "cadre", source="api", request="abc1", reason="complaint_followup")
        before = len(rows(runtime))
        open_case(runtime, LOG, stream, crane)
        replay(runtime, LOG, stream, "", crane)
        search(runtime, LOG, crane, Search())
        search(runtime, LOG, crane, Search(person="13900000001"))
        desk(runtime, LOG, crane)
        # these open nothing sealed: no actor, an administrator, a file, an empty page
        open_case(runtime, LOG, stream)
        open_case(runtime, LOG, stream, Actor("system/operator", "administrator"))
        search(runtime, LOG, crane, Search(), limit=100, to_file=True)
        search(runtime, LOG, crane, Search(number="530828-1999"))
        found = rows(runtime)[before:]

        assert [(row.what, row.stream) for row in found] == [
            ("case", stream), ("replay", stream), ("list", ""), ("search", ""), ("desk", "")
        ]  # fmt: skip
        assert {(row.actor, row.role, row.unit, row.source, row.request, row.reason) for row in found} == {
            ("cadre/crane", "cadre", "water-station", "api", "abc1", "complaint_followup")
        }
        assert found[2].shown > 0
        assert "无人知晓的一句" not in str(found)


def test_sealed_data_is_not_shown_when_the_reading_cannot_be_recorded(file_county, monkeypatch):
    with runtime_of(file_county) as runtime:
        number = live(runtime, "一件")
        crane = person(runtime, "cadre/crane", "cadre")

        def full(*_):
            raise OSError("the disk is full")

        monkeypatch.setattr(ledger, "insert", full)
        with pytest.raises(OSError, match="full"):
            open_case(runtime, LOG, case_of(runtime, number), crane)
        with pytest.raises(OSError, match="full"):
            search(runtime, LOG, crane, Search())


def test_concurrent_readings_are_all_recorded(file_county, monkeypatch):
    commits = []
    with runtime_of(file_county) as runtime:
        whole = ledger.AccessLedger._write
        monkeypatch.setattr(
            ledger.AccessLedger, "_write", lambda self, batch: (commits.append(len(batch)), whole(self, batch))
        )
        before = len(rows(runtime))
        crane = person(runtime, "cadre/crane", "cadre")
        threads = [
            threading.Thread(target=lambda: note(runtime, runtime.county(LOG), crane, "case", "case/x"))
            for _ in range(24)
        ]
        for one in threads:
            one.start()
        for one in threads:
            one.join()

        assert len(rows(runtime)) - before == 24
        assert sum(commits) == 24


def test_the_database_refuses_to_update_or_delete_access_ledger_rows(county):
    with runtime_of(county) as runtime:
        note(runtime, runtime.county(LOG), person(runtime, "cadre/crane", "cadre"), "case", "case/x")
        for statement in (delete(access_ledger), update(access_ledger).values(actor="cadre/nobody")):
            with pytest.raises(DBAPIError), runtime.engine.begin() as db:
                db.execute(statement)


def yesterday(runtime, monkeypatch, *actors):
    """Readings of the day before the log's own today, and the clock of the ledger back at the present."""
    monkeypatch.setattr(ledger, "_CLOCK", SimulatedClock("2026-01-01T10:00:00.000Z"))
    for actor in actors:
        note(runtime, runtime.county(LOG), Actor(actor, "cadre"), "case", "case/x")
    monkeypatch.undo()


def fixed_until(monkeypatch, instant):
    monkeypatch.setattr(access_days, "_CLOCK", SimulatedClock(instant))


@pytest.mark.parametrize("harm", ["removed", "altered", "added"])
def test_tampering_with_the_access_ledger_of_a_fixed_day_is_found(county, monkeypatch, harm):
    with runtime_of(county) as runtime:
        yesterday(runtime, monkeypatch, "cadre/crane", "cadre/egret")
        fixed_until(monkeypatch, "2026-01-01T16:04:00.000Z")
        assert fix(runtime, LOG) == []  # past midnight in the county, but late rows may still arrive
        fixed_until(monkeypatch, "2026-01-02T16:06:00.000Z")
        days = fix(runtime, LOG)
        assert [(one.day, one.rows) for one in days] == [("2026-01-01", 2), ("2026-01-02", 0)]
        assert fix(runtime, LOG) == []
        assert altered(runtime, LOG) == []
    owner = engine_for(county.migration_url)
    of = access_ledger.c
    with owner.begin() as db:  # an insider who owns the tables
        if owner.dialect.name == "sqlite":
            db.execute(text("DROP TRIGGER access_ledger_no_update"))
            db.execute(text("DROP TRIGGER access_ledger_no_delete"))
        one = db.execute(select(access_ledger).where(of.day == "2026-01-01").limit(1)).mappings().one()
        if harm == "removed":
            db.execute(delete(access_ledger).where(of.id == one["id"]))
        elif harm == "altered":
            db.execute(update(access_ledger).where(of.id == one["id"]).values(reason="audit"))
        else:
            db.execute(insert(access_ledger).values({**one, "id": f"{one['id']}0", "day": "2026-01-02"}))
    owner.dispose()
    with runtime_of(county) as runtime:
        (said, now), *more = altered(runtime, LOG)
        assert more == []
        assert said.day == ("2026-01-02" if harm == "added" else "2026-01-01")
        assert now.rows == {"removed": 1, "altered": 2, "added": 1}[harm]
    ill = [one for one in examine(county, open_runtime) if one.state == "ill"]
    assert [one.check for one in ill] == ["readings"]
    assert terminal_of(county).run("--log", LOG, "access", "verify").exit_code == 1


def test_the_access_ledger_is_queried_by_case_reader_and_day_in_pages(file_county, monkeypatch):
    with runtime_of(file_county) as runtime:
        number = live(runtime, "一件")
        stream = case_of(runtime, number)
        for actor, role in (("cadre/crane", "cadre"), ("cadre/owl", "supervisor"), ("cadre/crane", "cadre")):
            open_case(runtime, LOG, stream, person(runtime, actor, role))
        wren = resolve(runtime.county(LOG, fresh=True), "cadre/wren", "privacy_officer")
        first = accesses(runtime, LOG, wren, case=number, limit=2)
        second = accesses(runtime, LOG, wren, case=number, limit=2, after=first.next)

        assert [one.actor for one in (*first.rows, *second.rows)] == ["cadre/crane", "cadre/owl", "cadre/crane"]
        assert second.next == ""
        assert len(accesses(runtime, LOG, wren, actor="cadre/owl").rows) == 1
        assert accesses(runtime, LOG, wren, day="1999-01-01").rows == []
        assert (
            len(accesses(runtime, LOG, Actor("cadre/wren", "privacy_officer", "", "menglang"), case=number).rows) == 3
        )
        with pytest.raises(Problem, match="only auditor"):
            accesses(runtime, LOG, resolve(runtime.county(LOG, fresh=True), "cadre/crane", "cadre"))


def test_a_reading_at_the_terminal_is_recorded_with_its_operator(file_county):
    terminal = terminal_of(file_county)
    as_crane = ["--as", "cadre/crane", "--role", "cadre"]
    number = json.loads(
        terminal("--log", LOG, "access", "list", "--as", "cadre/wren", "--role", "privacy_officer", "--json")
    )
    assert number["rows"] == []
    with runtime_of(file_county) as runtime:
        number = live(runtime, "一件")
    terminal("--log", LOG, "case", number, *as_crane, "--reason", "audit")
    (row,) = json.loads(
        terminal(
            "--log",
            LOG,
            "access",
            "list",
            "--as",
            "cadre/wren",
            "--role",
            "privacy_officer",
            "--case",
            number,
            "--json",
        )
    )["rows"]

    assert (row["source"], row["reason"], row["what"]) == ("cli", "audit", "case")
    assert row["operator"]
    assert "code in lower case" in terminal.refused("--log", LOG, "case", number, *as_crane, "--reason", "张三来问")
