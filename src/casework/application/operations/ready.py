"""Checks tables, key and number of processes before the server starts."""

from __future__ import annotations

from sqlalchemy import make_url

from casework.application.runtime.problem import Problem
from casework.database import engine as database
from casework.settings import Settings


def make_ready(settings: Settings) -> None:
    """Bring SQLite's tables up to date; on PostgreSQL that is the owner's work, so only look. Raises Problem."""
    is_sqlite = make_url(settings.url).get_backend_name() == "sqlite"
    if settings.server.workers < 1 or (is_sqlite and settings.server.workers > 1):
        raise Problem(
            "workers",
            "SQLite 只能由一个进程服务；多进程请用 PostgreSQL",
            "SQLite is served by one process; several need PostgreSQL",
        )
    engine = database.engine_for(settings.url)
    try:
        if database.is_migrated(engine):
            return
        if not is_sqlite:
            raise Problem(
                "not-migrated",
                "数据库表不是本版本的：请先由属主运行 casework migrate",
                "the tables are not those of this version: run `casework migrate` as their owner first",
            )
        database.migrate(engine)
    finally:
        engine.dispose()
