"""Tests that databases refuse changes to entries, and answers after pruning."""

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from casework.database.engine import engine_for, reading, writing
from casework.law.event import Recorded
from casework.log.errors import CommandReused
from casework.log.schema import command, entry
from casework.log.sql import SqlStore
from tests.databases import SERVE
from tests.log.contract import refused, say, whole
from tests.log.county import LOG, found, register, writer_on


@pytest.fixture
def county(engine, clock):
    with writer_on(engine, clock) as writer:
        found(writer)
        yield writer


def rows(engine):
    with reading(engine) as connection:
        return connection.execute(select(entry).order_by(entry.c.seq)).all()


@pytest.mark.parametrize(
    "statement",
    [
        update(entry).values(actor="cadre/nobody"),
        update(entry).values(bytes=b"{}").where(entry.c.seq == 0),
        delete(entry),
        delete(entry).where(entry.c.seq == 3),
        text("TRUNCATE entry"),
        text("DROP TABLE entry"),
        text("ALTER TABLE entry DISABLE TRIGGER ALL"),
    ],
    ids=str,
)
def test_the_database_refuses_to_change_or_remove_entries(county, engine, statement):
    if engine.dialect.name == "sqlite" and str(statement).startswith(("DROP", "ALTER", "TRUNCATE")):
        return  # a process that may write the file may do anything; the Merkle tree shows it
    before = rows(engine)
    with pytest.raises(DBAPIError), writing(engine) as connection:
        connection.execute(statement)

    assert rows(engine) == before


@pytest.mark.parametrize("how", ["INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE", "INSERT"])
@pytest.mark.parametrize("key", ["seq", "rev", "rowid"])
def test_sqlite_refuses_to_replace_an_entry_by_inserting_it_again(sqlite_url, clock, how, key):
    engine = engine_for(sqlite_url)
    with writer_on(engine, clock) as writer:
        found(writer)
    before = rows(engine)
    columns = [column.name for column in entry.columns]
    changed = {"seq": {"stream": "'elsewhere'"}, "rev": {"seq": "99"}, "rowid": {"seq": "99", "stream": "'elsewhere'"}}
    values = ", ".join(changed[key].get(column, column) for column in columns)
    into = ", ".join([*(["rowid"] if key == "rowid" else []), *columns])
    values = f"rowid, {values}" if key == "rowid" else values
    statement = f"{how} INTO entry ({into}) SELECT {values} FROM entry WHERE seq = 2"
    with pytest.raises(DBAPIError, match="written once"), writing(engine) as connection:
        connection.execute(text(statement))

    assert rows(engine) == before
    engine.dispose()


def test_postgresql_refuses_to_replace_an_entry_by_an_upsert(postgres_url, clock):
    engine = engine_for(postgres_url)
    with writer_on(engine, clock) as writer:
        found(writer)
    before = rows(engine)
    upsert = "INSERT INTO entry SELECT * FROM entry WHERE seq = 2 ON CONFLICT (log, seq) DO UPDATE SET actor = 'x'"
    with pytest.raises(DBAPIError, match="permission denied"), writing(engine) as connection:
        connection.execute(text(upsert))

    assert rows(engine) == before
    engine.dispose()


def test_the_serving_role_owns_nothing_and_has_no_special_rights(postgres_url):
    engine = engine_for(postgres_url)
    who = text("SELECT rolname, rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user")
    owned = text(
        "SELECT count(*) FROM pg_class WHERE relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)"
    )
    with engine.connect() as connection:
        assert tuple(connection.execute(who).one()) == (SERVE, False, False, False)
        assert connection.scalar(owned) == 0
    for forbidden in (
        "DELETE FROM claim", "DELETE FROM command", "UPDATE command SET actor = 'x'", "DELETE FROM log_head",
        "DELETE FROM case_change", "CREATE TABLE mine (a int)", "DELETE FROM case_now",
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="permission denied"), writing(engine) as connection:
            connection.execute(text(forbidden))
    for allowed in (
        "DELETE FROM sealed_blob", "DELETE FROM sealed_key", "DELETE FROM keyed_token", "DELETE FROM subject_key",
        "UPDATE command SET digest = ''", "UPDATE case_now SET rev = rev", "CREATE TABLE shelf.mine (a int)",
        "INSERT INTO shelf.mine VALUES (1)", "DROP TABLE shelf.mine",
    ):  # fmt: skip
        with writing(engine) as connection:
            connection.execute(text(allowed))
    engine.dispose()


def test_a_command_with_a_pruned_row_is_answered_from_its_entries(county, engine, owner):
    first = say(county, register(1, command_id="r-1"))
    with writing(owner) as connection:
        connection.execute(delete(command))
    again = say(county, register(1, command_id="r-1"))

    assert replace(again, repeated=False) == first
    assert again.repeated
    refused(county, replace(register(1, command_id="r-1"), actor="cadre/li"), CommandReused)
    whole(county.store)


def test_a_command_with_an_erased_digest_still_belongs_to_its_actor(county, engine):
    first = say(county, register(1, command_id="r-1"))
    with writing(engine) as connection:
        connection.execute(update(command).values(digest=b""))

    assert say(county, register(1, command_id="r-1")).seq == first.seq
    refused(county, replace(register(1, command_id="r-1"), actor="cadre/li"), CommandReused)


def test_the_columns_of_an_entry_agree_with_its_bytes(county, engine):
    say(county, register(1, for_="cadre/li", occurred_on="2026-03-01"))
    fields = ("seq", "stream", "rev", "at", "recorded_on", "occurred_on", "actor", "counts_for")
    for row, of in zip(rows(engine), whole(SqlStore(engine)), strict=True):
        from casework.log.codec import recorded

        line: Recorded = recorded(of)
        assert [getattr(row, name) for name in fields] == [getattr(line, name) for name in fields]
        assert (row.log, row.type, row.command) == (LOG, of.type, of.command)


def test_a_writing_connection_locks_from_its_first_statement(sqlite_url):
    engine = engine_for(sqlite_url)
    with writing(engine), engine.connect() as other:
        other.exec_driver_sql("SELECT count(*) FROM entry")  # readers are let in
        other.exec_driver_sql("PRAGMA busy_timeout=0")
        with pytest.raises(DBAPIError, match="locked"):
            other.execute(insert(command).values(log="a", command="b", actor="c", digest=b"", at="", answer=""))
    engine.dispose()


@pytest.fixture
def owner(engine, request):
    """The same database as its owner sees it."""
    if engine.dialect.name == "sqlite":
        yield engine
        return
    from tests.databases import OWNER, as_role

    owner = engine_for(as_role(engine.url.render_as_string(hide_password=False), OWNER))
    yield owner
    owner.dispose()
