"""Engines and transactions for SQLite and PostgreSQL, migration, database rights.

Readers use `engine.connect()`: a deferred transaction that sees one state. Writers use `writing(engine)`, which on
SQLite takes the write lock at once: upgrading a read transaction fails if another connection has written meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, event, inspect, make_url, text

from casework.database.metadata import metadata as shared
from casework.database.migrations import RETIRED
from casework.text import Spoken

#: told now and then how far something long is: done, to do
Progress = Callable[[int, int], None]
#: seconds that a writer waits for the write lock
BUSY_SECONDS = 10
_PRAGMAS = (
    f"PRAGMA busy_timeout={BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit survives a power cut
    "PRAGMA foreign_keys=ON",
    "PRAGMA secure_delete=ON",  # erased rows are overwritten, not only unlinked
    "PRAGMA cache_size=-32000",
)
# A stuck writer or lock must not block all others.
_POSTGRES = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=300s -c timezone=UTC"
_WRITES = "casework_writes"


class TablesRefused(Spoken):
    """This version cannot migrate the tables; the sentence says what to run instead."""


def engine_for(url: str | URL) -> Engine:
    """The engine for a database URL: `sqlite:///file` or `postgresql://user@host/name`."""
    url = make_url(url)
    if url.get_backend_name() == "postgresql":
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            isolation_level="READ COMMITTED",
            hide_parameters=True,
            connect_args={"options": _POSTGRES},
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
        )
    if url.get_backend_name() != "sqlite":
        raise ValueError(f"casework keeps its log in SQLite or PostgreSQL, not in {url.get_backend_name()!r}")
    # hide_parameters: values may be personal data and must not appear in errors
    engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A write transaction, committed at the end of the block, rolled back if it raises."""
    with engine.connect().execution_options(**{_WRITES: True}) as connection, connection.begin():
        yield connection


@contextmanager
def writing_derived(engine: Engine) -> Iterator[Connection]:
    """A write transaction for derived data, which can be rebuilt: the commit does not wait for the disk.

    A power cut may lose the last of these transactions, each as a whole; it never loses one of the log.
    """
    with engine.connect().execution_options(**{_WRITES: True}) as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
                yield connection
            return
        driver: Any = connection.connection.driver_connection  # SQLite accepts this pragma outside a transaction only
        driver.execute("PRAGMA synchronous=NORMAL")
        try:
            with connection.begin():
                yield connection
        finally:
            driver.execute("PRAGMA synchronous=FULL")


def writer_connection(engine: Engine) -> Connection:
    """A connection for write transactions; the caller begins, commits and closes."""
    return engine.connect().execution_options(**{_WRITES: True})


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A read-only transaction that sees one state of the database."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        yield connection


def migrate(target: str | URL | Engine, metadata: MetaData = shared) -> None:
    """Run the missing migration steps; on PostgreSQL as owner of the tables. METADATA is for comparisons only.

    Raises TablesRefused if the tables are older than the first step, or newer than the last.
    """
    # slow to import, needed here only
    from alembic import command  # noqa: PLC0415

    with opened(target) as engine, engine.connect() as connection:
        config = alembic_config(connection, metadata)
        _check_step(_current_step(connection), config)
        command.upgrade(config, "head")
        connection.commit()


def alembic_config(connection: Connection, metadata: MetaData = shared) -> Any:
    """Alembic's configuration, with the steps of this version, on CONNECTION."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", "casework.database:migrations")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    return config


def is_migrated(engine: Engine) -> bool:
    """Whether all steps of this version have been run."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    with engine.connect() as connection:
        head = ScriptDirectory.from_config(alembic_config(connection)).get_current_head()
        return _current_step(connection) == head


def _current_step(connection: Connection) -> str | None:
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415

    return MigrationContext.configure(connection).get_current_revision()


def _check_step(current: str | None, config: Any) -> None:
    """Raise TablesRefused unless CURRENT is a step of this version, or there are no tables yet."""
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is None or current in known:
        return
    if current in RETIRED:
        raise TablesRefused(
            f"数据库表停在发布前的步骤 {current}：请先用提交 f1099a5 的 casework migrate 升级，再用本版本",
            f"the tables are at {current!r}, a step from before the first release:"
            " run `casework migrate` of commit f1099a5 first, then this version",
        )
    raise TablesRefused(
        f"数据库表由更新的 casework 建立（步骤 {current}）：请使用那个版本",
        f"the tables were made by a newer casework (step {current!r}): run that version",
    )


#: schema of the projections' tables, in which the serving role may create
SHELF = "shelf"


def grant_serving_role(owner: Engine, role: str) -> None:
    """Grant ROLE the rights for serving on PostgreSQL, and no others; run by the owner after each migration.

    Each table states its rights (`database.metadata.log_table`); tables unknown to the code are read-only. Entries
    cannot be changed or removed; sealed parts, keys and tokens can be removed.
    """
    if owner.dialect.name != "postgresql":
        raise ValueError("only PostgreSQL has roles; on SQLite any process that can write the file can serve")
    quote = owner.dialect.identifier_preparer.quote
    name = quote(role)
    with owner.begin() as connection:
        database = quote(connection.scalar(text("SELECT current_database()")) or "")
        statements = [f"GRANT CONNECT ON DATABASE {database} TO {name}", f"GRANT USAGE ON SCHEMA public TO {name}"]
        for table in sorted(inspect(connection).get_table_names()):
            statements.append(f"REVOKE ALL ON {quote(table)} FROM {name}")
            rights = shared.tables[table].info["rights"] if table in shared.tables else "SELECT"
            statements.append(f"GRANT {rights} ON {quote(table)} TO {name}")
        statements += [
            f"CREATE SCHEMA IF NOT EXISTS {SHELF}",
            f"GRANT USAGE, CREATE ON SCHEMA {SHELF} TO {name}",
        ]
        for statement in statements:
            connection.execute(text(statement))


@contextmanager
def opened(target: str | URL | Engine) -> Iterator[Engine]:
    """An engine for the block; one that is handed in is left open at its end."""
    if isinstance(target, Engine):
        yield target
        return
    engine = engine_for(target)
    try:
        yield engine
    finally:
        engine.dispose()


def _set_up_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # off: _begin_sqlite begins transactions, because the driver begins them too late
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
