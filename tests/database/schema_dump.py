"""Dumps the schema of a database as sorted text."""

import re

from sqlalchemy import Connection, text

#: each query yields lines: what the catalogs of PostgreSQL say of everything in `public`
_CATALOGS = (
    """
    SELECT format('table %s %s comment %s', c.relname, coalesce(c.reloptions::text, '-'), obj_description(c.oid))
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    """,
    """
    SELECT format('column %s %s %s %s collation %s %s default %s comment %s', c.relname, to_char(a.attnum, 'FM000'),
      a.attname, format_type(a.atttypid, a.atttypmod), coalesce(l.collname, '-'),
      CASE WHEN a.attnotnull THEN 'not null' ELSE 'null' END, coalesce(pg_get_expr(d.adbin, d.adrelid), '-'),
      coalesce(col_description(c.oid, a.attnum), '-'))
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
    """,
    """
    SELECT format('constraint %s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    """,
    "SELECT format('index %s', indexdef) FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT format('trigger %s', pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT format('function %s', pg_get_functiondef(oid)) FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT format('sequence %s', sequencename) FROM pg_sequences WHERE schemaname = 'public'",
)


def schema_of(connection: Connection) -> str:
    """Tables, columns, keys, indexes, triggers and functions, one per line."""
    if connection.dialect.name == "postgresql":
        found = [line for query in _CATALOGS for line in connection.scalars(text(query))]
    else:
        query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
        found = [_normalised(statement) for statement in connection.scalars(text(query))]
    return "".join(f"{line}\n" for line in sorted(found))


def _normalised(statement: str) -> str:
    """One line; of a table the columns in their order, then its constraints: ALTER TABLE adds columns behind them."""
    line = re.sub(r"\s+", " ", statement).strip()
    table = re.fullmatch(r"(CREATE TABLE \w+) \((.*)\)( WITHOUT ROWID)?", line)
    if table is None:
        return line
    members = [one.strip() for one in re.split(r",(?![^(]*\))", table[2])]
    members.sort(key=lambda one: one.startswith("CONSTRAINT "))
    return f"{table[1]} ({', '.join(members)}){table[3] or ''}"
