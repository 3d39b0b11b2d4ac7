"""Fold entry bytes into change rows, window by window, in bounded memory.

The states in hand are those of the cases that moved last, up to a limit: a case that comes back after its state was let
go is folded anew from its stream. So any window can be the first, and rows do not depend on where windows begin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Engine, bindparam, select

from casework.change.lines import Rows
from casework.change.roster_lines import THINGS
from casework.database.engine import reading
from casework.law.activities.state import ActivityState, evolve_activity
from casework.law.cases.corrections import RecordCorrected, corrected
from casework.law.cases.evolve import evolve
from casework.law.cases.state import CaseState
from casework.law.event import Recorded
from casework.law.findings.state import FindingState, evolve_finding
from casework.law.roster import state as timeline
from casework.law.roster.state import Timeline
from casework.law.surveys.state import SurveyState, evolve_survey
from casework.log.codec import recorded_from_bytes
from casework.log.schema import entry, log_head

#: entries per window: what is written in one short transaction
WINDOW = 2048
#: states in hand, of which each takes about 2 kB
STATES = 20_000
#: streams asked for in one statement
_STREAMS = 400

_window = (
    select(entry.c.bytes)
    .where(entry.c.log == bindparam("log"), entry.c.seq >= bindparam("since"), entry.c.seq < bindparam("until"))
    .order_by(entry.c.seq)
)
_stream = (
    select(entry.c.bytes)
    .where(entry.c.log == bindparam("log"), entry.c.stream == bindparam("stream"), entry.c.rev <= bindparam("rev"))
    .order_by(entry.c.rev)
)
_streams = (
    select(entry.c.bytes)
    .where(
        entry.c.log == bindparam("log"),
        entry.c.stream.in_(bindparam("streams", expanding=True)),
        entry.c.seq < bindparam("until"),
    )
    .order_by(entry.c.stream, entry.c.rev)
)


class Window(Struct, frozen=True):
    """The rows of the entries with since ≤ seq < until."""

    since: int
    until: int
    rows: Rows


class Kind(Struct, frozen=True):
    """How a kind of stream is folded."""

    initial: Any
    evolve: Callable[[Any, Recorded], Any]


_KINDS: dict[str, Kind] = {
    "case": Kind(CaseState(), evolve),
    "activity": Kind(ActivityState(), evolve_activity),
    "survey": Kind(SurveyState(), evolve_survey),
    "finding": Kind(FindingState(), evolve_finding),
    **dict.fromkeys(THINGS, Kind(Timeline(), timeline.evolve)),
}


def kind_of(stream: str) -> Kind | None:
    """How to fold a stream; None for streams that have no change table."""
    return _KINDS.get(stream.partition("/")[0])


class States:
    """The states of the streams that moved last: two generations, the older dropped when the younger is full."""

    def __init__(self, limit: int) -> None:
        self._limit = max(1, limit // 2)
        self._young: dict[str, Any] = {}
        self._old: dict[str, Any] = {}

    def get(self, stream: str) -> Any:
        """The state, or None when it was let go or never was."""
        state = self._young.get(stream)
        return self._old.get(stream) if state is None else state

    def put(self, stream: str, state: Any) -> None:
        self._young[stream] = state

    def age(self) -> None:
        """Let go of what moved long ago; called between windows, so that nothing needed now is lost."""
        if len(self._young) > self._limit:
            self._old, self._young = self._young, {}


def size_of(connection: Connection, log: str) -> int:
    """How many entries the log has; 0 when there is none."""
    return connection.scalar(select(log_head.c.size).where(log_head.c.log == log)) or 0


def windows(
    engine: Engine, log: str, *, since: int = 0, until: int | None = None, window: int = WINDOW, states: int = STATES
) -> Iterator[Window]:
    """Fold entries with since ≤ seq < until; a window is read in a transaction that is over when it is handed out."""
    if until is None:
        with reading(engine) as connection:
            until = size_of(connection, log)
    in_hand = States(states)
    for start in range(since, until, window):
        end = min(start + window, until)
        with reading(engine) as connection:
            rows = _fold(connection, log, start, end, in_hand)
        yield Window(start, end, rows)
        in_hand.age()


def _fold(connection: Connection, log: str, since: int, until: int, states: States) -> Rows:
    stored = connection.execute(_window, {"log": log, "since": since, "until": until}).scalars().all()
    entries = [recorded_from_bytes(one) for one in stored]
    if len(entries) != until - since:
        raise ValueError(
            f"log {log} should hold {until - since} entries from {since} on, but {len(entries)} are there: run verify"
        )
    _take_up(connection, log, since, entries, states)
    rows = Rows(log)
    for recorded in entries:
        kind = kind_of(recorded.stream)
        if kind is None:
            continue
        before = states.get(recorded.stream)
        if before is None:
            before = kind.initial
        history = None
        if type(recorded.event) is RecordCorrected:
            asked = {"log": log, "stream": recorded.stream, "rev": recorded.rev}
            history = [recorded_from_bytes(one) for one in connection.execute(_stream, asked).scalars().all()]
            after = _folded(kind, history)
        else:
            after = kind.evolve(before, recorded)
        rows.add(recorded, before, after, history)
        states.put(recorded.stream, after)
    return rows


def _take_up(connection: Connection, log: str, since: int, entries: Sequence[Recorded], states: States) -> None:
    """Fold anew the streams that move in this window, began before it, and whose state was let go."""
    first: dict[str, int] = {}
    for recorded in entries:
        first.setdefault(recorded.stream, recorded.rev)
    # what begins in this window has nothing before it
    missing = sorted(name for name, rev in first.items() if rev and states.get(name) is None and kind_of(name))
    for start in range(0, len(missing), _STREAMS):
        asked = {"log": log, "streams": missing[start : start + _STREAMS], "until": since}
        history: list[Recorded] = []
        for one in connection.execute(_streams, asked).scalars().all():
            recorded = recorded_from_bytes(one)
            if history and history[-1].stream != recorded.stream:
                _keep(history, states)
                history = []
            history.append(recorded)
        if history:
            _keep(history, states)


def _keep(history: list[Recorded], states: States) -> None:
    kind = kind_of(history[0].stream)
    if kind is not None:
        states.put(history[0].stream, _folded(kind, history))


def _folded(kind: Kind, history: Sequence[Recorded]) -> Any:
    state = kind.initial
    for recorded in corrected(history):
        state = kind.evolve(state, recorded)
    return state
