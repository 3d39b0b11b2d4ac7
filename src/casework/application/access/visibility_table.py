"""Data of visibility: what each role sees, and while which cases wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from casework.law.cases.facts import CONFIDENTIALITIES

#: levels visible only to handlers, the role that acts next, and supervisors
CLOSED = frozenset({"confidential", "secret"})
#: those of them visible in a unit only to its head and the cadres named, and whose summary is in no list
NAMED = frozenset({"secret"})
#: levels visible to everyone who sees the area
OPEN = tuple(level for level in ("", *CONFIDENTIALITIES) if level not in CLOSED)


class Sight(Struct, frozen=True):
    """What a role sees.

    of      cases: those of the whole `county`, of the own `area` and unit, or the `own` ones only
    closed  confidential and secret ones among them: `all`, those of the own `unit`, or those in `hand`
    """

    of: Literal["county", "area", "own"]
    closed: Literal["all", "unit", "hand"]


class Turn(Struct, frozen=True):
    """When a case of the own area waits for a role.

    status   in these states
    pending  while one of these requests waits for an answer
    """

    status: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()


#: role → what it sees; whether it reads what is sealed is a permission (`sealed.read`)
SIGHT: dict[str, Sight] = {
    "resident": Sight("own", "hand"),
    "reporter": Sight("own", "hand"),
    "cadre": Sight("area", "hand"),
    "unit_lead": Sight("area", "unit"),
    "dispatcher": Sight("area", "hand"),
    "caller": Sight("area", "hand"),
    "reviewer": Sight("area", "hand"),
    "supervisor": Sight("area", "all"),
    "auditor": Sight("county", "all"),
    "privacy_officer": Sight("county", "all"),
    "administrator": Sight("county", "all"),
    "importer": Sight("county", "all"),
    "clock": Sight("county", "all"),
}
#: role → its turn. What was merged wrongly a dispatcher alone can take apart again
TURNS: dict[str, Turn] = {
    "dispatcher": Turn(("registered", "accepted", "callback", "merged"), ("return", "transfer")),
    "reviewer": Turn(("resolved",)),
    "caller": Turn(("callback",)),
}
#: role → command → states in which it may still enter, unseen, what was done while it was its turn
AFTERWARDS: dict[str, Mapping[str, tuple[str, ...]]] = {"caller": {"record-callback": ("closed",)}}
