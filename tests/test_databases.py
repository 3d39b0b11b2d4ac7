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
def test_no_role_that_works_on_a_database_is_a_superuser(create_database, role):
    url = as_role(create_database(), role)

    assert run(url, "SELECT current_user") == role
    powers = "SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    assert run(url, powers) is False


def test_the_test_postgresql_is_version_15_or_later_with_utf8(create_database):
    url = create_database()

    assert int(run(url, "SHOW server_version_num")) >= 150000
    assert run(url, "SHOW server_encoding") == "UTF8"


def test_a_copied_database_has_the_tables_and_is_independent(create_database):
    template = create_database()
    run(template, "CREATE TABLE place (name text)")

    copy = create_database(template)

    assert run(copy, "INSERT INTO place VALUES ('澜沧')", "SELECT name FROM place") == "澜沧"
    assert run(template, "SELECT count(*) FROM place") == 0


def test_the_serving_role_of_tests_has_the_rights_of_a_deployment(create_database):
    url = create_database()
    run(url, "CREATE TABLE entry (seq int)", f"GRANT SELECT ON entry TO {SERVE}")

    assert run(as_role(url, SERVE), "SELECT count(*) FROM entry") == 0
    with pytest.raises(ProgrammingError, match="permission denied"):
        run(as_role(url, SERVE), "DELETE FROM entry")


def test_each_kind_of_database_starts_empty(database_url):
    assert inspect(create_engine(database_url, poolclass=NullPool)).get_table_names() == []
