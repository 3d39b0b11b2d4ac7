"""Count a figure again from entry 0 for an auditor."""

from __future__ import annotations

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.access.visibility import check_whole
from casework.application.figures.ask import check_may_count
from casework.application.figures.refusals import refused
from casework.application.figures.upkeep import recounted
from casework.application.runtime.runtime import Runtime
from casework.projection.checkpoint import checkpoint
from casework.projection.recount import Difference
from casework.projection.tally import Tally

#: differences that are shown
SHOWN = 100


class Recount(Struct, frozen=True, kw_only=True):
    """What counting again found.

    size         entries that were counted when it began
    equal        whether every row is served as it counts
    differing    rows that are not
    differences  the first 100 of them: table, key, what is served, what counts
    """

    name: str
    log: str
    size: int
    equal: bool
    differing: int
    differences: list[Difference]


def recount(runtime: Runtime, log: str, who: Actor, name: str) -> Recount:
    """Recount the projection NAME from its change rows; only for actors who see the whole county."""
    check_whole(runtime.county(log), who, "figure.recount")
    projection = runtime.projection(name)
    check_may_count(projection, who)
    if not isinstance(projection.definition, Tally):
        raise refused("not-answerable/recount", name=name)
    size = checkpoint(runtime.engine, projection, log).size
    found = recounted(runtime, log, name)
    return Recount(name=name, log=log, size=size, equal=not found, differing=len(found), differences=found[:SHOWN])
