"""Imports a roster from workbooks and CSV, after a preview of its changes.

The import states at which edition of the roster they saw the preview. The writer itself looks at that
before each row, so that of two who change the roster at once the second is told, and overwrites nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import msgspec
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.commands.handle import API, Via, prepare, request_of
from casework.application.roster.losses import Loss
from casework.application.roster.plan import Change, Plan, Step, plan, summed
from casework.application.roster.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.database.engine import Progress
from casework.exchange.ledger import Reject
from casework.exchange.roster_files import Brought
from casework.exchange.roster_rows import RosterReject
from casework.law.context import Refused
from casework.log.errors import LogError
from casework.log.submission import Answer, Check
from casework.text import Text

_IN_FLIGHT = 256


class NotTaken(Struct, frozen=True):
    """A row that does not go in, and why in both languages. A name is never said back."""

    file: str
    line: int
    column: str
    zh: str
    en: str
    value: str


class Preview(Struct, frozen=True, kw_only=True):
    """What files would do to the roster.

    edition   the edition of the roster that was looked at: to be said when going through with it
    rows      rows read
    things    thing → how many rows are new, changed, ended, unchanged
    changes   every row that changes something
    rejected  rows that will not go in; the others will
    losses    what open cases lose by it
    cases     how many different open cases lose anything
    """

    edition: int
    rows: int
    things: dict[str, dict[str, int]]
    changes: list[Change]
    rejected: list[NotTaken]
    losses: list[Loss]
    cases: int


class Imported(Struct, kw_only=True):
    """What an import did.

    edition   the edition of the roster when all was in
    declared  rows that changed something
    """

    edition: int
    rows: int = 0
    declared: int = 0
    unchanged: int = 0
    rejected: list[NotTaken] = msgspec.field(default_factory=list[NotTaken])


def preview(
    runtime: Runtime, log: str, who: Actor, files: Sequence[Brought], *, since: str = "", check: Check | None = None
) -> Preview:
    """What FILES would change, and what it does to open cases; nothing is stored."""
    return shown(plan(runtime, log, who, files, since=since, check=check))


def shown(made: Plan) -> Preview:
    """A plan as it may be shown: without a name of anybody."""
    return Preview(
        edition=made.edition,
        rows=made.rows,
        things=dict(summed(made)),
        changes=[step.change for step in made.steps],
        rejected=[_not_taken(one) for one in made.rejects],
        losses=made.losses.found,
        cases=made.losses.cases,
    )


def run(
    runtime: Runtime,
    log: str,
    who: Actor,
    files: Sequence[Brought],
    *,
    seen: int | None,
    since: str = "",
    check: Check | None = None,
    via: Via = API,
    progress: Progress | None = None,
) -> Imported:
    """Declare what FILES say; SEEN is the edition that the preview was of, None for the present one.

    Importing again declares nothing. Raises Problem where the roster has moved on since, and then nothing was declared.
    """
    made = plan(runtime, log, who, files, since=since, check=check)
    if made.steps and seen not in (None, made.edition):
        raise _moved(seen or 0, made.edition)
    done = Imported(
        edition=made.edition,
        rows=made.rows,
        unchanged=sum(made.unchanged.values()),
        rejected=[_not_taken(one) for one in made.rejects],
    )
    waiting: deque[tuple[Step, Future[Answer] | Exception]] = deque()
    at, guard = made.edition, _Guard(check)
    for number, step in enumerate(made.steps):
        waiting.append((step, _sent(runtime, log, who, step, guard.at(at), via)))
        at += step.entries
        while len(waiting) > _IN_FLIGHT:
            _settle(done, *waiting.popleft())
        if progress and number % 100 == 0:
            progress(number, len(made.steps))
    while waiting:
        _settle(done, *waiting.popleft())
    return done


class _Guard:
    """Asked by the writer: whether the roster is what the rows before have made of what was looked at.

    Once it is not, no later row goes in: by then another's entries may have brought the count to where it should be.
    """

    def __init__(self, check: Check | None) -> None:
        self._check = check
        self._moved: Problem | None = None

    def at(self, edition: int) -> Check:
        """The check of the row that comes at that edition."""

        def look(command: Any, state: Any, context: Any) -> None:
            if self._moved is None and context.roster.edition != edition:
                self._moved = _moved(edition, context.roster.edition)
            if self._moved is not None:
                raise self._moved
            if self._check is not None:
                self._check(command, state, context)

        return look


def _moved(seen: int, now: int) -> Problem:
    return refused("roster-moved", path=seen, now=now)


def _sent(runtime: Runtime, log: str, who: Actor, step: Step, guard: Check, via: Via) -> Future[Answer] | Exception:
    request = request_of(who, via, log, step.command.name, msgspec.to_builtins(step.command))
    try:
        return runtime.writer.submit(msgspec.structs.replace(prepare(runtime, request), check=guard))
    except (Problem, Refused, LogError) as no:
        return no


def _settle(done: Imported, step: Step, sent: Future[Answer] | Exception) -> None:
    try:
        if isinstance(sent, Exception):
            raise sent
        sent.result()
    except (Problem, Refused, LogError) as no:
        row = step.row
        done.rejected.append(_not_taken(RosterReject(row.file, Reject(row.line, "", Text(no.zh, no.en), ""))))
    else:
        done.declared += 1
        done.edition += step.entries


def _not_taken(one: RosterReject) -> NotTaken:
    reject = one.reject
    value = "" if reject.column == "name" else reject.value
    return NotTaken(one.file, reject.line, reject.column, reject.reason.zh, reject.reason.en, value)
