"""Examples of projections: given these events, then these rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from casework.law.kinds import KINDS
from casework.projection.question import Question


class Happened(Struct, frozen=True):
    """One event of an example; see `happened`."""

    event: str
    stream: str
    at: str
    occurred_on: str
    by: str
    counts_for: str
    members: dict[str, Any]


def happened(
    event: str, case: int = 1, /, *, on: str, by: str = "cadre/heron", counts_for: str = "", occurred_on: str = "",
    stream: str = "", **members: Any,
) -> Happened:  # fmt: skip
    """An event of the n-th thing of its kind, or of a STREAM (`area/pine`), by stored name and members.

    on           when it was recorded: `2026-03-02` (at nine) or `2026-03-02 14:30`
    occurred_on  when it happened, where that is claimed to be another day
    """
    day, _, time = on.partition(" ")
    kind = next((kind.name for kind in KINDS.values() if event in kind.events), "case")
    whose = stream or f"{kind}/{case}"
    # `from` is a word of Python: as in the classes of the law, it is written with a line at its end
    given = {name.removesuffix("_"): value for name, value in members.items()}
    return Happened(event, whose, f"{day}T{time or '09:00'}:00.000Z", occurred_on, by, counts_for or by, given)


class Example:
    """Given these events, then these rows.

    given  events in the order in which they were recorded
    then   rows of the answer: columns by name, those left out may be anything; rows left out must not be there
    ask    how it is asked: members of `Question` (by, where, since, until, as_of, queue, …)
    """

    def __init__(self, given: Sequence[Happened], then: Sequence[Mapping[str, Any]], **ask: Any) -> None:
        self.given = list(given)
        self.then = [dict(row) for row in then]
        self.question = Question(**ask)
