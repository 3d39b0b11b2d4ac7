"""Restores a backup into a database, checked, without parts erased since."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Engine

from casework.application.figures.upkeep import follow
from casework.application.operations.backup_folder import BackupFolder, opened
from casework.application.operations.copy_log import Arrived, Progress, arrive, standing
from casework.application.operations.init import prepare_database, shown
from casework.application.operations.refusals import refused
from casework.application.operations.snapshot import chosen
from casework.application.privacy import lost_erasures
from casework.application.runtime.runtime import OpenRuntime
from casework.database import engine as database
from casework.log.schema import entry
from casework.seal import keys
from casework.settings import Settings


class Restored(Struct, frozen=True):
    """What was restored.

    place     the database, without its password
    logs      each log as it arrived
    erasures  those that the backup was too old to know, done again
    unknown   logs of which nothing newer than the backup said what was erased since
    stopped   projections that could not count → why
    """

    place: str
    logs: list[Arrived]
    erasures: list[lost_erasures.Recorded]
    unknown: list[str]
    stopped: dict[str, str]


def restore(
    settings: Settings,
    open_runtime: OpenRuntime,
    folder: Path,
    *,
    only: Sequence[str] = (),
    erasures_from: Path | None = None,
    operator: str = "",
    progress: Progress | None = None,
) -> Restored:
    """Fill the database of the settings, as the owner of its tables; each log appears only once it is whole."""
    backup = check(folder, progress)
    logs = chosen(backup.logs(), only)
    needed = {key for log in logs for key in backup.manifest.log(log).wrapping_keys}
    check_key(settings, needed)
    erasures = lost_erasures.read(erasures_from) if erasures_from is not None else {}
    for log in logs:
        lost_erasures.check_log(erasures.setdefault(log, lost_erasures.Known()), log, next(backup.lines(log, entry)))
    prepare_database(settings)
    with database.opened(settings.migration_url) as owner:
        for log in logs:
            _refuse_presence(owner, log, settings)
        arrived = [arrive(owner, backup, log, erased=erasures[log].kids, progress=progress) for log in logs]
    with closing(open_runtime(settings)) as runtime:
        recorded = [one for log in logs for one in lost_erasures.record(runtime, log, erasures[log].erasures, operator)]
        stopped = {name: why for log in logs for name, why in follow(runtime, log).items()}
    unknown = [one.log for one in arrived if erasures[one.log].size < one.head.size]
    return Restored(shown(settings.url), arrived, recorded, unknown, stopped)


def check(folder: Path, progress: Progress | None = None) -> BackupFolder:
    """The backup in FOLDER, found whole; nothing is written."""

    def tell(done: int, total: int) -> None:
        if progress is not None:
            progress("files", done, total)

    return opened(folder, tell)


def check_key(settings: Settings, needed: set[str]) -> None:
    """Refuse to fill a database whose sealed parts nobody here could read."""
    key = keys.load(settings.wrapping_key_file)
    if lacking := sorted(needed - {key.id}):
        names = ", ".join(lacking)
        raise refused("another-wrapping-key", names=names, key=key.id, wrapping_key_file=settings.wrapping_key_file)


def _refuse_presence(owner: Engine, log: str, settings: Settings) -> None:
    size = standing(owner, log)
    if size is not None:
        raise refused("log-there", url=shown(settings.url), log=log, size=size)
