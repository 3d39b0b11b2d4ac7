"""Sends waiting messages; what is interrupted is unknown and not sent again."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from casework.application.outbox.channels import Channel, Outcome, Outgoing
from casework.application.outbox.outbox import CLOCK, reason_for_none
from casework.application.outbox.table import outbox
from casework.application.outbox.texts import text_of
from casework.application.runtime.runtime import Runtime
from casework.clock import shifted
from casework.database.engine import reading, writing
from casework.law.kinds import fold
from casework.log import codec
from casework.seal import tokens
from casework.seal.sealing import SealBroken, Tombstone, WrongWrappingKey

#: the first wait after a failure, and the longest
FIRST_WAIT, LONGEST_WAIT = 30, 6 * 3600
#: seconds beyond the timeout of a call after which the sending process counts as dead
GONE = 60
_of = outbox.c


def send_due(runtime: Runtime, log: str, channel: Channel, most: int = 100) -> Counter[str]:
    """Send up to MOST messages that are due, the oldest first; returns state → how many, `ready` to be tried again."""
    recover(runtime, log)
    told = Counter[str]()
    due = (_of.log == log) & (_of.state == "ready") & (_of.next_at <= CLOCK.now())
    columns = (_of.log, _of.seq, _of.kind, _of.stream, _of.attempts, _of.made_at)
    with reading(runtime.engine) as db:
        rows = db.execute(select(*columns).where(due).order_by(_of.seq, _of.kind).limit(most)).all()
    for row in rows:
        if _claimed(runtime, row):
            told[_send(runtime, row, channel)] += 1
    return told


def recover(runtime: Runtime, log: str) -> int:
    """Release messages of a dead process: resend if the receiver is idempotent, else unknown; returns how many."""
    of = runtime.settings.outbox
    before = shifted(CLOCK.now(), -timedelta(seconds=GONE + 3 * of.timeout_seconds))
    left = (_of.log == log) & (_of.state == "sending") & (_of.changed_at < before)
    state = {"state": "ready"} if of.idempotent else {"state": "unknown"}
    with writing(runtime.engine) as db:
        return db.execute(update(outbox).where(left).values(reason="cut_off", changed_at=CLOCK.now(), **state)).rowcount


def _claimed(runtime: Runtime, row: Any) -> bool:
    """Claim a message: of several processes, one moves it from ready to sending."""
    mine = _one(row) & (_of.state == "ready") & (_of.attempts == row.attempts)
    with writing(runtime.engine) as db:
        claim = update(outbox).where(mine).values(state="sending", attempts=row.attempts + 1, changed_at=CLOCK.now())
        return db.execute(claim).rowcount == 1


def _send(runtime: Runtime, row: Any, channel: Channel) -> str:
    entries = runtime.store.read_stream(row.log, row.stream)
    state = fold([codec.recorded(entry) for entry in entries])
    none, phone = reason_for_none(state), ""
    if not none:
        try:
            none, phone = _whom(runtime, row.log, entries[:1], wants_phone=channel.wants_phone)
        except (SealBroken, WrongWrappingKey):  # doctor reports the details
            return _say(runtime, row, "failed", "not_opened")
    if none:
        return _say(runtime, row, "cancelled", none)
    of = runtime.settings.outbox
    message = Outgoing(
        id=f"{row.log}-{row.seq}-{row.kind}",
        log=row.log,
        kind=row.kind,
        number=state.number,
        text=text_of(row.kind, state.number, of.link, runtime.settings.language),
        at=row.made_at,
    )
    return _told(runtime, row, channel.send(message, phone))


def _whom(runtime: Runtime, log: str, first: Any, *, wants_phone: bool) -> tuple[str, str]:
    """Why nobody can be written to, or '' and the phone; it is read here and goes no further than the call."""
    with reading(runtime.engine) as db:
        person = runtime.sealer.open(db, log, first, only="person").get(first[0].seq, {}).get("person")
    if isinstance(person, Tombstone):
        return person.reason, ""
    if not isinstance(person, dict):
        return "anonymous", ""
    phone = tokens.phone(person.get("phone", ""))
    return ("no_phone", "") if wants_phone and not phone else ("", phone if wants_phone else "")


def _told(runtime: Runtime, row: Any, outcome: Outcome) -> str:
    of = runtime.settings.outbox
    again = outcome.word == "again" or (outcome.word == "unknown" and of.idempotent)
    if outcome.word == "sent":
        return _say(runtime, row, "sent", sent_at=CLOCK.now())
    if again and row.attempts + 1 < of.attempts:
        wait = min(FIRST_WAIT * 2**row.attempts, LONGEST_WAIT)
        return _say(runtime, row, "ready", outcome.reason, next_at=shifted(CLOCK.now(), timedelta(seconds=wait)))
    return _say(runtime, row, "unknown" if outcome.word == "unknown" else "failed", outcome.reason)


def _say(runtime: Runtime, row: Any, state: str, reason: str = "", **more: str) -> str:
    ours = _one(row) & (_of.state == "sending") & (_of.attempts == row.attempts + 1)
    with writing(runtime.engine) as db:
        db.execute(update(outbox).where(ours).values(state=state, reason=reason, changed_at=CLOCK.now(), **more))
    return state


def _one(row: Any) -> Any:
    return (_of.log == row.log) & (_of.seq == row.seq) & (_of.kind == row.kind)
