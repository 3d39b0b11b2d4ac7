"""Upkeep of projections: follow the log, report the lag, rebuild, recount."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from msgspec import Struct
from sqlalchemy import Engine

from casework.application.runtime.problem import database_sentence
from casework.application.runtime.runtime import Runtime
from casework.change import rebuild as change_rows
from casework.database import engine as database
from casework.database.engine import Progress
from casework.projection import catch_up, full_rebuild, recount
from casework.projection.projection import Projection


class Standing(Struct, frozen=True):
    """How far a projection has counted, and what stopped it if anything did."""

    name: str
    question: str
    title_zh: str
    title_en: str
    counted: int
    size: int
    lag: int
    failed_at: int | None = None
    error: str = ""


def follow(runtime: Runtime, log: str, names: Sequence[str] = ()) -> dict[str, str]:
    """Bring projections up to the log; one that fails stops alone. Returns name → why, for those that failed."""
    failed: dict[str, str] = {}
    for projection in _named(runtime, names):
        if projection.definition is None:
            failed[projection.name] = projection.error
            continue
        try:
            reached = catch_up.catch_up(runtime.engine, projection, log)
        except Exception as why:
            failed[projection.name] = database_sentence(why) or f"{type(why).__name__}: {why}"
        else:
            if reached.error:
                failed[projection.name] = f"{reached.failed_at}: {reached.error}"
    return failed


def count_all(runtime: Runtime, log: str, progress: Progress | None = None) -> None:
    """Count everything anew in one pass over the change rows; raises ProjectionFailed."""
    full_rebuild.count_all(runtime.engine, runtime.shelf, log, progress=progress)


def standings(runtime: Runtime, log: str) -> list[Standing]:
    """Every projection with how far it has counted."""
    size = runtime.store.head(log).size
    return [_standing(runtime, log, projection, size) for projection in runtime.shelf]


def _standing(runtime: Runtime, log: str, projection: Projection, size: int) -> Standing:
    broken = projection.definition is None
    reached = (
        catch_up.Checkpoint(error=projection.error) if broken else catch_up.checkpoint(runtime.engine, projection, log)
    )
    return Standing(
        name=projection.name,
        question=projection.question,
        title_zh=projection.titles["zh"],
        title_en=projection.titles["en"],
        counted=reached.size,
        size=size,
        lag=max(0, size - reached.size),
        failed_at=reached.failed_at,
        error=reached.error,
    )


def rebuild_changes(runtime: Runtime, log: str, progress: Progress | None = None) -> int:
    """Fold the entries again and write every change row anew; returns the size of the log."""
    with owner_of(runtime) as owner:
        return change_rows.rebuild(owner, log, progress=progress)


def rebuild_all(runtime: Runtime, log: str, progress: Progress | None = None) -> int:
    """Fold the entries again, write every change row and every count anew, all in one go; returns the size."""
    with owner_of(runtime) as owner:
        return full_rebuild.rebuild_all(runtime.engine, runtime.shelf, log, owner=owner, progress=progress)


@contextmanager
def owner_of(runtime: Runtime) -> Iterator[Engine]:
    """The engine that may remove rows: the serving role of a PostgreSQL removes nothing."""
    settings = runtime.settings
    if settings.migration_url == settings.url:
        yield runtime.engine
        return
    with database.opened(settings.migration_url) as owner:
        yield owner


def rebuild(runtime: Runtime, log: str, name: str, progress: Progress | None = None) -> int:
    """Count again from the first entry, while the old counts answer; returns how many entries were counted."""
    return catch_up.rebuild(runtime.engine, runtime.projection(name), log, progress=progress).size


def recounted(runtime: Runtime, log: str, name: str) -> list[recount.Difference]:
    """What is served against a count over the change rows alone; nothing where they are equal."""
    return recount.recount(runtime.engine, runtime.projection(name), log)


def _named(runtime: Runtime, names: Sequence[str]) -> Sequence[Projection]:
    return [runtime.projection(name) for name in names] if names else runtime.shelf
