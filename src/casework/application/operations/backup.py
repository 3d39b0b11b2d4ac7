"""Backs up the logs of a database as one state, while it is served."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, Table

from casework import __version__
from casework.application.operations.backup_folder import FORMAT, HeldLog, Manifest, Writing, held, writing
from casework.application.operations.rows_as_lines import Lines, measured, truth
from casework.application.operations.snapshot import Snapshot, chosen, snapshot
from casework.change.tables import DERIVED
from casework.clock import SystemClock
from casework.database.engine import Progress

_OFTEN = 1_000


def back_up(engine: Engine, folder: Path, only: Sequence[str] = (), progress: Progress | None = None) -> Manifest:
    """Write a backup into FOLDER, which must not exist yet; the role that serves may do it. Needs no wrapping key."""
    with writing(folder) as backup, snapshot(engine) as source:
        logs = chosen(source.logs(), only)
        count = Count(progress, sum(source.count(log, table) for log in logs for table in (*truth(), *DERIVED)))
        manifest = Manifest(
            format=FORMAT,
            casework=__version__,
            made_at=SystemClock().now(),
            database=engine.dialect.name,
            logs=tuple(_log(backup, source, log, count) for log in logs),
        )
        backup.close(manifest)
    return manifest


def _log(backup: Writing, source: Snapshot, log: str, count: Count) -> HeldLog:
    def lines(table: Table) -> Lines:
        return count.passing(source.lines(log, table))

    return HeldLog(
        log=log,
        head=source.head(log),
        wrapping_keys=tuple(source.wrapping_keys(log)),
        tables={f"{table.name}": backup.table(log, table, lines(table)) for table in truth()},
        derived={f"{table.name}": held(table, measured(table, lines(table))) for table in DERIVED},
    )


class Count:
    """Tells now and then how many lines have passed."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._total = total
        self._done = 0

    def passing(self, lines: Lines) -> Lines:
        """The same lines, counted."""
        for line in lines:
            yield line
            self._done += 1
            if self._progress is not None and self._done % _OFTEN == 0:
                self._progress(self._done, max(self._done, self._total))
