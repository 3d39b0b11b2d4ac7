"""The metadata shared by all tables, and helpers that make columns.

Every table is distributed by county (`info={"dist": "log"}`): `log` leads its primary key, its unique keys and its
indexes. Text sorts by code point on every database. No table takes values from a sequence.
"""

from __future__ import annotations

from sqlalchemy import MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: text in code-point order, in whatever language the database itself sorts
Code = Text().with_variant(Text(collation="C"), "postgresql")
