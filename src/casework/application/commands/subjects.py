"""Finds whom a command's personal parts concern: cadre, resident or writer."""

from __future__ import annotations

from typing import Any

from casework.application.commands.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.law.command import Command
from casework.law.kinds import KINDS
from casework.log import codec

_RESIDENT = "resident/"


def check_speaks_for_self(actor: str, for_: str) -> None:
    """Refuse a resident who enters what somebody else did: offices do that, residents speak for themselves."""
    if actor.startswith(_RESIDENT) and for_ not in ("", actor):
        raise refused("not-for-others", actor=actor, for_=for_)


def who_asks(runtime: Runtime, log: str, actor: str, role: str, command_id: str, members: dict[str, Any]) -> str:
    """The resident of a new case where none is named: who registers for themselves, else one made for the person named.

    '' is nobody. A reporter who names a person may speak for a neighbour: that person gets an id of their own, which
    follows from the command's id, so that a repeat finds the same again.
    """
    if actor.startswith(_RESIDENT) and (role == "resident" or not members.get("person")):
        return actor
    if not members.get("person"):
        return ""
    return made_for(runtime, log, actor, command_id)


def made_for(runtime: Runtime, log: str, actor: str, command_id: str) -> str:
    """A resident's id derived from the command id by HMAC."""
    random = runtime.sealer.digest(log, actor, f"resident\n{command_id}".encode())
    return f"{_RESIDENT}{random.hex()[:32]}"


def _found_in(runtime: Runtime, log: str, stream: str) -> str:
    """The case that a finding is about; '' for none, or no such finding."""
    first = runtime.store.first(log, stream)
    return "" if first is None else getattr(codec.recorded(first).event, "case", "")


def subjects(runtime: Runtime, log: str, command: Command, stream: str, actor: str, *, begins: bool) -> tuple[str, ...]:
    """Whom the personal parts of a command concern; an erasure of any of them finds the parts.

    Officials write by office: what they write concerns the resident. A resident's words are the resident's own too.
    """
    kind = KINDS[stream.partition("/")[0]]
    if kind.concerns == "own":
        return (stream,)
    resident = getattr(command, "resident", "")
    if kind.concerns == "cites":
        # a finding about a case concerns its resident and the audit: whether to erase it, an officer decides
        case = getattr(command, "case", "") if begins else _found_in(runtime, log, stream)
        resident = runtime.asked_by(log, case) if case else ""
        return (resident, stream) if resident else ()
    # a ledger names no resident: looking one up for every row would only cost time
    of_ledger = command.name.startswith("record-ledger-")
    if not resident and kind.name == "case" and not begins and not of_ledger:
        resident = runtime.asked_by(log, stream)
    # who answered a survey: the words of the case that it led to are theirs as well
    respondent = getattr(command, "respondent", "")
    writer = actor if actor.startswith(_RESIDENT) else ""
    return tuple(dict.fromkeys(filter(None, (resident, respondent, writer))))
