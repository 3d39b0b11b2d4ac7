"""Run the examples of a projection through the fold in a database in memory."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import Engine, StaticPool, create_engine, insert

from casework.change.refold import kind_of
from casework.change.rows import Rows, write
from casework.change.tables import DERIVED
from casework.database.metadata import metadata
from casework.law.event import Recorded
from casework.log.codec import event_of
from casework.log.schema import log_head
from casework.projection.ask import ask
from casework.projection.catch_up import catch_up
from casework.projection.example import Example, Happened
from casework.projection.listing import listing
from casework.projection.projection import Projection
from casework.projection.tables import projection_state

LOG = "example"


class Otherwise(AssertionError):
    """An example's rows are not what the projection says."""


def check(projection: Projection) -> int:
    """Run all examples of a projection; how many there are. Raises Otherwise with both answers."""
    for number, example in enumerate(projection.definition.examples, 1):
        rows = answer(projection, example)
        shown = [{name: row.get(name) for name in wanted} for row, wanted in zip(rows, example.then, strict=False)]
        if shown != example.then or len(rows) != len(example.then):
            raise Otherwise(f"{projection.name}, example {number}: should be {example.then}, but is {rows}")
    return len(projection.definition.examples)


def answer(projection: Projection, example: Example) -> list[dict[str, Any]]:
    """What the projection says after the example's events."""
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    try:
        metadata.create_all(engine, tables=[*DERIVED, log_head, projection_state])
        tell(engine, example.given)
        if projection.is_register:
            return listing(engine, projection, LOG, example.question).rows
        catch_up(engine, projection, LOG)
        return ask(engine, projection, LOG, example.question).rows
    finally:
        engine.dispose()


def tell(engine: Engine, given: list[Happened]) -> None:
    """Write what these events changed, as an append would."""
    rows = Rows(LOG)
    states: dict[str, Any] = {}
    histories: dict[str, list[Recorded]] = {}
    for seq, one in enumerate(given):
        history = histories.setdefault(one.stream, [])
        recorded = Recorded(
            seq=seq,
            stream=one.stream,
            rev=len(history),
            at=one.at,
            recorded_on=one.at[:10],
            occurred="" if one.occurred_on else one.at,
            occurred_on=one.occurred_on or one.at[:10],
            actor=one.by,
            role="cadre",
            unit="",
            counts_for=one.counts_for,
            event=event_of(one.event, msgspec.json.encode(one.members)),
        )
        history.append(recorded)
        kind = kind_of(one.stream)
        if kind is None:
            raise ValueError(f"{one.stream} has no change table")
        before = states.get(one.stream) or kind.state()
        after = states[one.stream] = kind.evolve(before, recorded)
        rows.add(recorded, before, after, history)
    with engine.begin() as db:
        write(db, rows)
        last = given[-1].at if given else ""
        head = {"log": LOG, "size": len(given), "at": last, "recorded_on": last[:10]}
        db.execute(insert(log_head).values(**head, number_year=0, number_count=0))
