"""Histories made once in a run and copied for rows that change them."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from casework.database import engine as database
from casework.projection import full_rebuild, shelf
from casework.projection.projection import Projection
from tests.bench.history import write_history
from tests.bench.place import LOG


def history(folder: Path, entries: int) -> Path:
    """The folder of a county with so many entries and nothing derived; made when it is first asked for."""
    place = folder / f"history-{entries}"
    if not place.exists():
        write_history(place, entries)
    return place


def derived(folder: Path, entries: int) -> Path:
    """The same with its change rows and tallies written."""
    place = folder / f"derived-{entries}"
    if not place.exists():
        shutil.copytree(history(folder, entries), place)
        engine = database.engine_for(url(place))
        try:
            full_rebuild.rebuild_all(engine, tallies(), LOG)
        finally:
            engine.dispose()
    return place


def url(place: Path) -> str:
    """The database in a folder."""
    return f"sqlite:///{place / 'casework.db'}"


@cache
def tallies() -> list[Projection]:
    """The shipped projections that keep counts."""
    return [projection for projection in shelf.load(()) if not projection.is_register]
