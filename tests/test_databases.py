"""Tests the test databases: roles, versions, templates."""

from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine, inspect, text
from sqlalchemy.exc import ProgrammingError

from tests.databases import OWNER, SERVE, as_role


def run(url: str, *statements: str) -> Any:
    """Run all, and answer what the last one says."""
    answer = None
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        for statement in statements:
            result = connection.execute(text(statement))
            answer = result.scalar() if result.returns_rows else None
    return answer


@pytest.mark.parametrize("role", [OWNER, SERVE])
def test_nobody_at_work_is_a_superuser(create_database, role):
    url = as_role(create_database(), role)

    assert run(url, "SELECT current_user") == role
    powers = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert run(url, powers) is False


def test_postgresql_is_recent_enough_and_speaks_utf8(create_database):
    url = create_database()

    assert int(run(url, "SHOW server_version_num")) >= 150000
    assert run(url, "SHOW server_encoding") == "UTF8"


def test_a_copy_of_a_template_has_its_tables_and_a_life_of_its_own(create_database):
    template = create_database()
    run(template, "CREATE TABLE place (name text)")

    copy = create_database(template)

    assert run(copy, "INSERT INTO place VALUES ('澜沧')", "SELECT name FROM place") == "澜沧"
    assert run(template, "SELECT count(*) FROM place") == 0


def test_what_the_tests_do_is_what_a_deployment_may_do(create_database):
    url = create_database()
    run(url, "CREATE TABLE entry (seq int)", f"GRANT SELECT ON entry TO {SERVE}")

    assert run(as_role(url, SERVE), "SELECT count(*) FROM entry") == 0
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(as_role(url, SERVE), "DELETE FROM entry")


def test_an_empty_database_is_there_once_on_each_kind(database_url):
    assert inspect(create_engine(database_url, poolclass=NullPool)).get_table_names() == []
