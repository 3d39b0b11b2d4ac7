"""Legal holds on cases: placed, released and listed."""

from __future__ import annotations

import uuid

from msgspec import Struct
from msgspec.structs import replace

from casework.application.access.actor import Actor
from casework.application.access.visibility import check_whole
from casework.application.cases.find_case import find_case, number_of
from casework.application.commands.handle import API, Via, handle, request_of
from casework.application.privacy.personal_data_of import Whom, look
from casework.application.runtime.runtime import Runtime
from casework.log.submission import Answer

_OFFICER = "privacy_officer"
_IDS = uuid.UUID("b7b0c6a4-5d0e-5f7e-9a0b-6c1d2f3e4a55")


class Held(Struct, frozen=True, kw_only=True):
    """A hold as it stands; `over` says that its day has come."""

    hold: str
    numbers: list[str]
    basis: str
    until: str
    over: bool


class Placed(Struct, frozen=True, kw_only=True):
    """The hold that was placed, and the entry that says so."""

    hold: str
    answer: Answer


def place(
    runtime: Runtime,
    log: str,
    who: Actor,
    whom: Whom,
    *,
    basis: str,
    until: str,
    command_id: str = "",
    via: Via = API,
) -> Placed:
    """Have nothing of these cases erased until a day; cases that come later are not held."""
    check_whole(runtime.county(log), who, "privacy.hold")
    if whom.person:
        named = look(runtime, log, replace(whom, everywhere=False)).streams
    else:
        named = [find_case(runtime, log, name) for name in whom.cases]
    # the same command id names the same hold: a repeat finds it again
    id = uuid.uuid5(_IDS, f"{log}\n{command_id}") if command_id else uuid.uuid4()
    hold = f"hold/{id}"
    members = {"hold": hold, "streams": named, "basis": basis, "until": until}
    request = request_of(who, via, log, "place-hold", members, command_id, role=_OFFICER)
    return Placed(hold=hold, answer=handle(runtime, request))


def release(runtime: Runtime, log: str, who: Actor, hold: str, *, reason: str, via: Via = API) -> Answer:
    """End a hold before its day."""
    check_whole(runtime.county(log), who, "privacy.hold")
    members = {"hold": hold if hold.startswith("hold/") else f"hold/{hold}", "reason": reason}
    return handle(runtime, request_of(who, via, log, "release-hold", members, role=_OFFICER))


def holds(runtime: Runtime, log: str, who: Actor | None = None) -> list[Held]:
    """Every hold that was not released."""
    county = runtime.county(log, fresh=True)
    if who is not None:
        check_whole(county, who, "privacy.hold")
    day = county.today
    return [
        Held(
            hold=one.hold,
            numbers=[number_of(runtime, log, stream) for stream in one.streams],
            basis=one.basis,
            until=one.until,
            over=one.until <= day,
        )
        for one in county.state.holds
    ]
