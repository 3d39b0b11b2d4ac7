"""Creates outbox messages from entries, each once; lists and resends them.

ready → sending → sent, or back to ready, failed, unknown, cancelled. Nobody is written to who asked anonymously, wants
none, or whose case is confidential.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from sqlalchemy import func, insert, select, update

from casework.application.access.visibility_table import CLOSED
from casework.application.outbox.refusals import refused
from casework.application.outbox.table import outbox, outbox_progress
from casework.application.outbox.texts import KINDS
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock
from casework.database.engine import reading, writing
from casework.law.cases.state import CaseState
from casework.law.kinds import fold
from casework.log import codec
from casework.log.entry import Entry
from casework.text import term

#: state → Chinese term
STATES: dict[str, str] = {
    "ready": "待发送",
    "sending": "发送中",
    "sent": "已发送",
    "failed": "发送失败",
    "unknown": "结果不明",
    "cancelled": "不再发送",
}
#: states that an officer must look at
TO_LOOK_AT = ("failed", "unknown")
#: entries looked at in one transaction
_SLICE = 2_000
MOST = 200
CLOCK = SystemClock()
_of, _progress = outbox.c, outbox_progress.c


class Message(Struct, frozen=True, kw_only=True):
    """A message and how it fares.

    seq, kind  the entry it was made of, and what it says: together its name
    reason     why it was not sent: a code
    next_at    when it is tried again
    """

    seq: int
    kind: str
    number: str
    state: str
    reason: str
    attempts: int
    made_at: str
    changed_at: str
    next_at: str
    sent_at: str
    read_at: str


def reason_for_none(state: CaseState) -> str:
    """Why the resident of this case gets no messages; '' where they do."""
    if not state.resident:
        return "anonymous"
    if state.no_messages:
        return "opted_out"
    return "confidential" if state.confidentiality in CLOSED else ""


def make(runtime: Runtime, log: str) -> int:
    """Make messages of the entries that are new; returns how many. The first time nothing is made of what is past.

    What was waiting when the tables were brought here from elsewhere may have been sent there: it becomes unknown.
    """
    size = runtime.store.head(log).size
    with reading(runtime.engine) as db:
        seen = db.scalar(select(_progress.size).where(_progress.log == log))
    if seen is None:
        with writing(runtime.engine) as db:
            waiting = (_of.log == log) & _of.state.in_(("ready", "sending"))
            db.execute(update(outbox).where(waiting).values(state="unknown", reason="moved", changed_at=CLOCK.now()))
            db.execute(insert(outbox_progress).values(log=log, size=size))
        return 0
    made = 0
    while seen < size:
        until = min(size, seen + _SLICE)
        rows = list(_rows(runtime, log, runtime.store.by_type(log, tuple(KINDS), since=seen, until=until)))
        with writing(runtime.engine) as db:
            moved = update(outbox_progress).where(_progress.log == log, _progress.size == seen).values(size=until)
            if db.execute(moved).rowcount != 1:  # another process was faster
                return made
            if rows:
                db.execute(insert(outbox), rows)
        made, seen = made + len(rows), until
    return made


def _rows(runtime: Runtime, log: str, entries: list[Entry]) -> Iterator[dict[str, Any]]:
    states: dict[str, CaseState] = {}
    now = CLOCK.now()
    for entry in entries:
        if entry.stream not in states:
            history = [codec.recorded(one) for one in runtime.store.read_stream(log, entry.stream)]
            states[entry.stream] = fold(history)
        state, kind = states[entry.stream], KINDS[entry.type]
        on_the_spot = bool(state.on_the_spot) and kind == "dispatched" and state.round == 1
        if reason_for_none(state) or on_the_spot or entry.source.startswith("import/"):
            continue
        blank = dict.fromkeys(("reason", "sent_at", "read_at"), "")
        named = {"log": log, "seq": entry.seq, "kind": kind, "stream": entry.stream, "number": state.number}
        yield {**named, **blank, "state": "ready", "attempts": 0, "made_at": now, "changed_at": now, "next_at": now}


def listed(runtime: Runtime, log: str, state: str = "", limit: int = 50, before: int | None = None) -> list[Message]:
    """Messages, the newest first; BEFORE is the `seq` of the last one of the page before."""
    if state and state not in STATES:
        raise unknown(refused, "unknown-value/state", state, STATES)
    where = [
        _of.log == log,
        *([_of.state == state] if state else []),
        *([_of.seq < before] if before is not None else []),
    ]
    columns = [_of[name] for name in Message.__struct_fields__]
    query = select(*columns).where(*where).order_by(_of.seq.desc(), _of.kind).limit(min(limit, MOST))
    with reading(runtime.engine) as db:
        return [Message(**row._asdict()) for row in db.execute(query)]


def counts(runtime: Runtime, log: str) -> dict[str, int]:
    """How many there are in each state; states without any are left out."""
    with reading(runtime.engine) as db:
        found = db.execute(
            select(_of.state, func.count()).where(_of.log == log).group_by(_of.state).order_by(_of.state)
        )
        return {row[0]: row[1] for row in found}


def retry(runtime: Runtime, log: str, seq: int, kind: str) -> Message:
    """Send again a message that failed, or whose arrival is unknown: an officer has checked."""
    again = {"state": "ready", "reason": "", "attempts": 0, "next_at": CLOCK.now(), "changed_at": CLOCK.now()}
    one = (_of.log == log) & (_of.seq == seq) & (_of.kind == kind)
    with writing(runtime.engine) as db:
        moved = db.execute(update(outbox).where(one, _of.state.in_(TO_LOOK_AT)).values(again)).rowcount
    message = _message(runtime, log, seq, kind)
    if not moved:
        raise refused("not-to-be-sent-again", seq=seq, kind=kind, state=term(STATES, message.state))
    return message


def read(runtime: Runtime, log: str, seq: int, kind: str) -> Message:
    """Mark a message as read, as the receiver reports."""
    _mark_read(runtime, (_of.log == log) & (_of.seq == seq) & (_of.kind == kind))
    return _message(runtime, log, seq, kind)


def looked_at(runtime: Runtime, log: str, stream: str) -> None:
    """Mark the messages of a case as read: the resident looked at the case."""
    if runtime.settings.outbox.channel:
        with reading(runtime.engine) as db:
            unread = select(_of.seq).where(_of.log == log, _of.stream == stream, _of.state == "sent", _of.read_at == "")
            if db.execute(unread.limit(1)).first() is None:
                return
        _mark_read(runtime, (_of.log == log) & (_of.stream == stream))


def _mark_read(runtime: Runtime, which: Any) -> None:
    with writing(runtime.engine) as db:
        unread = update(outbox).where(which, _of.state == "sent", _of.read_at == "")
        db.execute(unread.values(read_at=CLOCK.now()))


def _message(runtime: Runtime, log: str, seq: int, kind: str) -> Message:
    columns = [_of[name] for name in Message.__struct_fields__]
    with reading(runtime.engine) as db:
        row = db.execute(select(*columns).where(_of.log == log, _of.seq == seq, _of.kind == kind)).first()
    if row is None:
        raise refused("no-such-message", seq=seq, kind=kind)
    return Message(**row._asdict())
