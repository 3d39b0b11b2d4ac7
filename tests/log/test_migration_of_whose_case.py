"""Cases that are there when the columns are added get what their entries say, on both databases."""

import json

from alembic import command
from sqlalchemy import insert, inspect, text

from casework.change.tables import case_now
from casework.database import engine as database
from casework.log.schema import entry

LOG = "530828"


def stored(seq, stream, rev, type_, role, data):
    found = {"role": role, "data": data}
    named = {"log": LOG, "seq": seq, "stream": stream, "rev": rev, "type": type_, "command": str(seq)}
    rest = dict.fromkeys(("at", "recorded_on", "occurred_on", "actor"), "x")
    return named | rest | {"counts_for": "cadre/swallow", "bytes": json.dumps(found).encode(), "leaf_hash": b""}


def test_the_entries_say_who_brought_a_case_and_to_whom_it_is_offered(database_url):
    engine = database.engine_for(database_url)
    with engine.connect() as connection:
        command.upgrade(database.alembic_config(connection), "access_tokens")
        connection.commit()
    there = {column["name"] for column in inspect(engine).get_columns("case_now")}
    columns = [c for c in case_now.columns if c.name in there]
    blank = {c.name: 0 if c.type.python_type is int else "" for c in columns}
    names = ", ".join(blank)
    with database.writing(engine) as connection:
        connection.execute(
            insert(entry),
            [
                stored(0, "case/1", 0, "case-registered.v1", "reporter", {}),
                stored(1, "case/2", 0, "case-registered.v1", "caller", {}),
                stored(2, "case/2", 1, "transfer-requested.v1", "unit_lead", {"to_unit": "roads"}),
            ],
        )
        into = text(f"INSERT INTO case_now ({names}) VALUES ({', '.join(':' + name for name in blank)})")
        for stream, pending in (("case/1", ""), ("case/2", "transfer")):
            connection.execute(into, blank | {"log": LOG, "stream": stream, "pending": pending})

    database.migrate(engine)

    with engine.connect() as connection:
        found = connection.execute(text("SELECT stream, brought_by, offered_to FROM case_now ORDER BY stream")).all()
    engine.dispose()
    assert [tuple(row) for row in found] == [("case/1", "cadre/swallow", ""), ("case/2", "", "roads")]
