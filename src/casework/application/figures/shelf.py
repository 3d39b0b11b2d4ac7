"""List the questions that somebody may ask, and what each keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.application.access.actor import Actor
from casework.application.figures.ask import is_shown
from casework.application.runtime.runtime import Runtime
from casework.projection.projection import Projection
from casework.projection.register import Register
from casework.projection.tally import Tally


def shelf(runtime: Runtime, log: str, who: Actor | None = None) -> list[Mapping[str, Any]]:
    """Every question that WHO can ask."""
    return [_on_shelf(projection) for projection in runtime.shelf if is_shown(projection, who)]


def _on_shelf(projection: Projection) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "name": projection.name,
        "title_zh": projection.titles["zh"],
        "title_en": projection.titles["en"],
        "question": projection.question,
        "kind": "broken",
        "columns": [],
        "measures": [],
        "queues": [],
        "definitions": {},
    }
    match projection.definition:
        case Register() as register:
            found |= {"kind": "list", "columns": [*register.columns], "queues": [*register.queues]}
            found["definitions"] = dict(register.definitions)
        case Tally() as tally:
            found |= {"kind": "count", "columns": [*tally.kept], "measures": [*tally.measures, *tally.rates]}
            found["definitions"] = dict(tally.definitions)
    return found
