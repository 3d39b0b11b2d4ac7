"""List the questions that somebody may ask, and what each keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.application.access.actor import Actor
from casework.application.figures.ask import is_shown
from casework.application.runtime.runtime import Runtime
from casework.projection.projection import Projection
from casework.projection.tally import Tally


def shelf(runtime: Runtime, log: str, who: Actor | None = None) -> list[Mapping[str, Any]]:
    """Every question that WHO can ask."""
    return [_on_shelf(projection) for projection in runtime.shelf if is_shown(projection, who)]


def _on_shelf(projection: Projection) -> Mapping[str, Any]:
    of = projection.definition
    return {
        "name": projection.name,
        "title_zh": projection.titles["zh"],
        "title_en": projection.titles["en"],
        "question": projection.question,
        "kind": "broken" if of is None else "list" if projection.is_register else "count",
        "columns": [*(of.kept if isinstance(of, Tally) else getattr(of, "columns", ()))],
        "measures": [*of.measures, *of.rates] if isinstance(of, Tally) else [],
        "queues": [*getattr(of, "queues", ())],
        "definitions": dict(getattr(of, "definitions", ())),
    }
