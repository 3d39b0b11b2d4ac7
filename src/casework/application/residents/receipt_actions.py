"""Commands that the holder of a receipt may send for their case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.application.access.actor import WITHIN, Actor, Visit
from casework.application.access.receipts import ShownReceipt, hold
from casework.application.access.throttle import Attempts
from casework.application.commands.handle import Via, handle, request_of
from casework.application.outbox import outbox
from casework.application.residents.public_case import ACTS, PublicCase, public_case
from casework.application.runtime.runtime import Runtime

#: acts on one case within an hour
MOST_AN_HOUR = 30
_HOUR = 3600.0


def look(
    runtime: Runtime, log: str, number: str, secret: str, attempts: Attempts, address: str, visit: Visit = WITHIN
) -> PublicCase:
    """How the case of this receipt stands."""
    held = hold(runtime, log, number, secret, attempts, address)
    outbox.looked_at(runtime, log, held.stream)
    return public_case(runtime, held, visit)


def act(
    runtime: Runtime, log: str, number: str, secret: str, attempts: Attempts, address: str,
    what: str, members: Mapping[str, Any], *, command_id: str = "", visit: Visit = WITHIN,
) -> PublicCase:  # fmt: skip
    """Do one of ACTS, and see how the case stands then. Sent again with the same id, nothing happens twice."""
    held = hold(runtime, log, number, secret, attempts, address)
    attempts.take(f"acts {log} {held.stream}", MOST_AN_HOUR, _HOUR)
    given = {"case": held.stream, **_filled(what, held, members)}
    holder = Actor(held.actor, "resident")
    handle(runtime, request_of(holder, Via(visit.source), log, ACTS[what], given, command_id))
    return look(runtime, log, number, secret, attempts, address, visit)


def _filled(what: str, held: ShownReceipt, members: Mapping[str, Any]) -> dict[str, Any]:
    """What the resident need not say."""
    match what:
        case "result":
            return {"reached": True, **members}
        case "reopening":
            return {
                "to": "dispatch",
                "reason": "appeal" if held.state.status == "rejected" else "not_solved",
                **members,
            }
    return dict(members)
