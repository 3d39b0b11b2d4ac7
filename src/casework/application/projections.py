"""The counts of a house: follow the log, how far behind, rebuild, recount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct

from casework.application.house import House
from casework.application.problem import database_sentence
from casework.change import rebuild as change_rows
from casework.projection import run

Progress = Callable[[int, int], None]


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


def follow(house: House, log: str, names: Sequence[str] = ()) -> dict[str, str]:
    """Bring projections up to the log; one that fails stops alone. Returns name → why, for those that failed."""
    failed: dict[str, str] = {}
    for projection in _named(house, names):
        try:
            run.catch_up(house.engine, projection, log)
        except Exception as why:
            failed[projection.name] = database_sentence(why) or f"{type(why).__name__}"
    return failed


def standings(house: House, log: str) -> list[Standing]:
    """Every projection with how far it has counted."""
    size = house.store.head(log).size
    found = []
    for projection in house.shelf:
        state = run.state(house.engine, projection, log)
        found.append(
            Standing(
                name=projection.name,
                question=projection.question,
                title_zh=projection.titles.get("zh", projection.name),
                title_en=projection.titles.get("en", projection.name),
                counted=state.size,
                size=size,
                lag=size - state.size,
                failed_at=state.failed_at,
                error=state.error,
            )
        )
    return found


def rebuild_changes(house: House, log: str, progress: Progress | None = None) -> int:
    """Fold the entries again and write every change row anew; returns the size of the log."""
    return change_rows.rebuild(house.engine, log, progress=progress)


def rebuild(house: House, log: str, names: Sequence[str] = (), progress: Progress | None = None) -> list[str]:
    """Forget and count again from the first entry; the old counts answer until the new ones are complete."""
    chosen = _named(house, names)
    for projection in chosen:
        run.rebuild(house.engine, projection, log, **({"progress": progress} if progress else {}))
    return [projection.name for projection in chosen]


def recount(house: House, log: str, names: Sequence[str] = ()) -> dict[str, list[Any]]:
    """Count from the change rows alone, and compare: name → differences."""
    return {p.name: list(run.recount(house.engine, p, log)) for p in _named(house, names)}


def _named(house: House, names: Sequence[str]) -> list[Any]:
    return [house.projection(name) for name in names] if names else list(house.shelf)
