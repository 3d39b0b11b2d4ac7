"""Checks tables, key and number of processes before the server starts."""

from __future__ import annotations

from sqlalchemy import make_url

from casework.application.operations.refusals import refused
from casework.database import engine as database
from casework.settings import Settings


def make_ready(settings: Settings) -> None:
    """Bring SQLite's tables up to date; on PostgreSQL that is the owner's work, so only look. Raises Problem."""
    is_sqlite = make_url(settings.url).get_backend_name() == "sqlite"
    if settings.server.workers < 1 or (is_sqlite and settings.server.workers > 1):
        raise refused("workers")
    with database.opened(settings.url) as engine:
        if database.is_migrated(engine):
            return
        if not is_sqlite:
            raise refused("not-migrated")
        database.migrate(engine)
