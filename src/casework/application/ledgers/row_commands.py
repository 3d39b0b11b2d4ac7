"""Makes the commands of one ledger row, stating only what the row states."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from casework.exchange.ledger import LedgerRow, Moment
from casework.exchange.ledger_map import LedgerMap

#: rows are told apart by ledger and row id, so the same row gets the same case id in every import
_CASES = uuid.UUID("5b7c1f62-9a0e-5d7b-8f43-6a1f3a1d2c90")


class Stated(NamedTuple):
    """One thing that a row states: which part of it (case, action/0, closing), as which command, and when."""

    part: str
    command: str
    members: dict[str, Any]
    moment: Moment


def case_stream(log: str, ledger: str, row_id: str) -> str:
    """The stream a ledger's row lives in: the same in every import."""
    place = "\n".join((log, ledger, row_id))
    return f"case/{uuid.uuid5(_CASES, place)}"


def before(first: Moment, second: Moment) -> bool:
    """Whether `first` lies before `second`; by local date where either has no hour."""
    if first.instant and second.instant:
        return first.instant < second.instant
    return first.on < second.on


def commands(log: str, chart: LedgerMap, row: LedgerRow) -> Iterator[Stated]:
    """What one row states, in order."""
    stream = case_stream(log, chart.ledger, row.id)
    case: dict[str, Any] = {
        "case": stream,
        "external_ref": f"{chart.ledger}:{row.id}",
        **row.codes,
        **row.texts,
        "labels": {
            name: row.words[name] for name in ("channel", "topic") if _differs(row.words[name], row.codes[name])
        },
    }
    if row.due.on:
        case |= {"due": row.due.instant, "due_on": row.due.on}
    if row.coordinates:
        case["coordinates"] = {"latitude": row.coordinates[0], "longitude": row.coordinates[1]}
    yield Stated("case", "record-ledger-case", case, row.opened)
    for position, action in enumerate(row.actions):
        members: dict[str, Any] = {"case": stream, "action": action.action}
        if action.note:
            members["note"] = action.note
        if _differs(action.words, action.action):
            members["labels"] = {"action": action.words}
        yield Stated(f"action/{position}", "record-ledger-action", members, action.occurred)
    if row.closed:
        members = {"case": stream, **row.closing_codes}
        if row.answer:
            members["answer"] = row.answer
        if _differs(row.closing_words["reason"], row.closing_codes["reason"]):
            members["labels"] = {"reason": row.closing_words["reason"]}
        yield Stated("closing", "record-ledger-closing", members, row.closed)


def _differs(words: str, code: str) -> bool:
    return bool(words) and words != code
