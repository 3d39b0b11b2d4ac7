"""Moves logs between databases, SQLite or PostgreSQL, byte for byte."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct, structs
from sqlalchemy import Engine, make_url, text

from casework.application.figures.upkeep import follow
from casework.application.operations.copy_log import Arrived, Compared, Progress, arrive, compare, standing
from casework.application.operations.init import prepare_database, shown
from casework.application.operations.refusals import refused
from casework.application.operations.restore import check_key
from casework.application.operations.sealed_parts import look_at_parts
from casework.application.operations.snapshot import Snapshot, chosen, snapshot
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import OpenRuntime
from casework.database import engine as database
from casework.settings import Database, Settings


class Moved(Struct, frozen=True):
    """What was moved.

    place    the database it was moved to, without its password
    logs     each log as it arrived
    grown    log → entries that the source has gained meanwhile: somebody goes on writing there
    stopped  projections that could not count → why
    """

    place: str
    logs: list[Arrived]
    grown: dict[str, int]
    stopped: dict[str, str]

    @property
    def compared(self) -> list[Compared]:
        """Every table of every log."""
        return [one for log in self.logs for one in log.compared]


def move(
    settings: Settings,
    open_runtime: OpenRuntime,
    to: str,
    owner_url: str = "",
    *,
    only: Sequence[str] = (),
    progress: Progress | None = None,
) -> Moved:
    """Fill the database TO, its tables owned by OWNER_URL's role. Run again, it goes on, or takes what came since."""
    target = structs.replace(settings, database=Database(url=to, owner_url=owner_url))
    with database.opened(settings.url) as here, database.opened(target.migration_url) as there:
        _refuse_same_file(settings.url, target.migration_url)
        prepare_database(target)
        _refuse_same_server_database(here, there)
        with snapshot(here) as source:
            logs = chosen(source.logs(), only)
            check_key(target, {key for log in logs for key in source.wrapping_keys(log)})
            arrived = [_moved(there, source, log, progress) for log in logs]
        grown = {one.log: gained for one in arrived if (gained := (standing(here, one.log) or 0) - one.head.size)}
    with closing(open_runtime(target)) as runtime:
        stopped = {name: why for log in logs for name, why in follow(runtime, log).items()}
    return Moved(shown(to), arrived, grown, stopped)


def _moved(there: Engine, source: Snapshot, log: str, progress: Progress | None) -> Arrived:
    head = source.head(log)
    if standing(there, log) == head.size:  # moved before: it may only want comparing
        compared = compare(there, source, log)
        if all(one.equal for one in compared):
            return Arrived(log, head, compared, look_at_parts(there, log))
    return arrive(there, source, log, progress=progress)


def _refuse_same_file(one: str, other: str) -> None:
    """Refuse the source as target, before anything is opened: it would be destroyed."""
    urls = [make_url(url) for url in (one, other)]
    if all(url.get_backend_name() == "sqlite" for url in urls):
        here, there = (Path(str(url.database)).resolve() for url in urls)
        if here == there or (here.exists() and there.exists() and here.samefile(there)):
            raise _same(other)


def _refuse_same_server_database(here: Engine, there: Engine) -> None:
    """The same, however its server is named: by the database's own number and the moment its server started."""
    if {here.dialect.name, there.dialect.name} == {"postgresql"}:
        known: list[tuple[object, ...]] = []
        for engine in (here, there):
            with engine.connect() as db:
                who = text(
                    "SELECT oid, datname, pg_postmaster_start_time() FROM pg_database"
                    " WHERE datname = current_database()"
                )
                known.append(tuple(db.execute(who).one()))
        if known[0] == known[1]:
            raise _same(there.url.render_as_string())


def _same(url: str) -> Problem:
    return refused("same-place", url=shown(url))
