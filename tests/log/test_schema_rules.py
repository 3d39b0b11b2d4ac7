"""Tests that every table keeps the rules for SQLite, PostgreSQL and a cluster."""

import pytest
from sqlalchemy import (
    BigInteger,
    Column,
    Enum,
    ForeignKeyConstraint,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

import casework.application.access.receipts
import casework.application.accounts.tables
import casework.application.accounts.tokens
import casework.application.outbox.table
import casework.change.tables
import casework.projection.tables
import casework.seal.tables  # noqa: F401
from casework.database.metadata import metadata

TABLES = list(metadata.tables.values())


def breaches(table):
    """Every rule that TABLE breaks."""
    distribution = table.info.get("dist")
    if distribution not in {"log", "reference", "local"}:
        yield f"S1: {table.name} does not say where it lives"
    if distribution == "log":
        yield from not_led_by_log(table)
        log = table.columns.get("log")
        if log is None or not isinstance(log.type, Text) or log.nullable:
            yield f"S1: {table.name} has no `log` of type TEXT, not null"
    for column in table.columns:
        if type(column.type) not in {Text, BigInteger, Integer, LargeBinary}:
            yield f"S6: {table.name}.{column.name} is {column.type!r}"
        # a lone integer primary key is a sequence in disguise
        if column.identity is not None or column.server_default is not None or column.autoincrement is True:
            yield f"S4: {table.name}.{column.name} is given by the database"
    for key in table.constraints:
        if isinstance(key, ForeignKeyConstraint) and key.referred_table.info.get("dist") != "reference":
            pairs = [(element.parent.name, element.column.name) for element in key.elements]
            if pairs[0] != ("log", "log"):
                yield f"S5: {table.name} refers to {key.referred_table.name} without its log"


def not_led_by_log(table):
    keys = [list(table.primary_key.columns)]
    keys += [list(key.columns) for key in table.constraints if isinstance(key, UniqueConstraint)]
    keys += [list(index.columns) for index in table.indexes]
    for key in keys:
        if not key or key[0].name != "log":
            yield f"S2: {table.name} has a key that `log` does not lead: {[column.name for column in key]}"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_table_keeps_the_portable_schema_rules(table):
    assert list(breaches(table)) == []


def test_entries_are_unique_by_place_and_by_revision():
    entry = metadata.tables["entry"]
    unique = [[column.name for column in key.columns] for key in entry.constraints if isinstance(key, UniqueConstraint)]

    assert [column.name for column in entry.primary_key.columns] == ["log", "seq"]
    assert unique == [["log", "stream", "rev"]]


def test_text_columns_have_one_type_in_every_table():
    texts = {id(column.type) for table in TABLES for column in table.columns if isinstance(column.type, Text)}

    assert len(texts) == 1


@pytest.mark.parametrize(
    ("rule", "columns", "info"),
    [
        ("S1", [Column("log", Text(), primary_key=True)], {}),
        ("S1", [Column("log", Text(), nullable=True), Column("a", Text(), primary_key=True)], {"dist": "log"}),
        ("S2", [Column("a", Text(), primary_key=True), Column("log", Text(), primary_key=True)], {"dist": "log"}),
        ("S2", [Column("log", Text(), primary_key=True), Column("a", Text()), Index("i", "a")], {"dist": "log"}),
        ("S4", [Column("log", Text(), primary_key=True), Column("a", Integer(), Identity())], {"dist": "log"}),
        ("S6", [Column("log", Text(), primary_key=True), Column("a", Enum("x", "y"))], {"dist": "log"}),
    ],
)
def test_a_breach_of_a_schema_rule_is_found(rule, columns, info):
    table = Table("breach", MetaData(), *columns, info=info)

    assert any(found.startswith(rule) for found in breaches(table))
