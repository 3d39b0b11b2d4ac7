"""Resolves an actor, role and unit against the county's roster."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from casework.application.access.refusals import refused
from casework.application.runtime.problem import Problem, hint
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, local_date
from casework.law.context import ROLES
from casework.law.roster.directory import Directory
from casework.text import Text, listed, term

#: actors that are no person, and the roles each may act in
SYSTEM: dict[str, frozenset[str]] = {
    "system/clock": frozenset({"clock"}),
    "system/import": frozenset({"importer"}),
    # the operator of the machine, who loads the first roster: before that nobody has a role
    "system/operator": frozenset({"administrator"}),
}
OPERATOR = "system/operator"
_CLOCK = SystemClock()


class Visit(Struct, frozen=True):
    """How somebody comes to read, as the access ledger tells it.

    source    api, page or cli; '' within the program
    request   id of the request
    operator  the login on the machine, where it was asked there
    reason    code, where one was given
    """

    source: str = ""
    request: str = ""
    operator: str = ""
    reason: str = ""


WITHIN = Visit()


class Actor(Struct, frozen=True):
    """An actor in a role.

    unit   '' for residents and machines
    area   the area to which a token limits its bearer; '' for all that the role reaches
    visit  how they come to read
    """

    actor: str
    role: str
    unit: str = ""
    area: str = ""
    visit: Visit = WITHIN


def person(runtime: Runtime, request: Any, on: str = "") -> Actor:
    """Who REQUEST says is asking: in a role they have today, of the unit they were in on the day it happened."""
    role = request.role
    if role not in ROLES:
        raise refused("unknown-role", role=role, roles=_in_words(ROLES))
    try:
        return _person(runtime, request, on, runtime.roster_lately(request.log))
    except Problem:  # nobody is refused for what another process declared a moment ago
        return _person(runtime, request, on, runtime.roster(request.log))


def _person(runtime: Runtime, request: Any, on: str, roster: Directory) -> Actor:
    actor, role = request.actor, request.role
    found = resolve(runtime, request.log, actor, role, roster, request.as_unit)
    if request.for_ and request.for_ != actor:
        known(runtime, request.log, request.for_, on, roster)
    then = roster.cadre(actor, on) if on and found.unit else None
    return found if then is None or found.unit in then.units else Actor(actor, role, then.unit)


def resolve(
    runtime: Runtime, log: str, actor: str, role: str, roster: Directory | None = None, as_unit: str = ""
) -> Actor:
    """The actor in that role today, or a Problem that says which roles they have.

    Of several posts it is the one in AS_UNIT; where none is named, the main post if it carries the role, else the only
    one that does.
    """
    if actor in SYSTEM:
        if role not in SYSTEM[actor]:
            raise _wrong_role(actor, role, tuple(SYSTEM[actor]))
        return Actor(actor, role)
    if actor.startswith("resident/"):
        if role not in {"resident", "reporter"}:
            raise _wrong_role(actor, role, ("resident", "reporter"))
        return Actor(actor, role)
    cadre = known(runtime, log, actor, roster=roster)
    if role not in cadre.roles:
        raise _wrong_role(actor, role, cadre.roles)
    if not cadre.also and as_unit in ("", cadre.unit):
        return Actor(actor, role, cadre.unit)
    posts = (roster or runtime.roster(log)).posts(actor, today(runtime, log))
    return Actor(actor, role, _acting(actor, role, [post.unit for post in posts if role in post.roles], as_unit, cadre))


def _acting(actor: str, role: str, units: Sequence[str], as_unit: str, cadre: Any) -> str:
    """The unit that they act for, of those in which they have the role."""
    if as_unit:
        if as_unit in units:
            return as_unit
    elif cadre.unit in units or len(units) == 1:
        return cadre.unit if cadre.unit in units else units[0]
    raise refused("which-post", actor=actor, role=term(ROLES, role), units=listed(units), nearest=tuple(units))


def known(runtime: Runtime, log: str, cadre: str, on: str = "", roster: Directory | None = None) -> Any:
    """The cadre as declared for that day, or a Problem with the nearest."""
    roster = roster or runtime.roster(log)
    day = on or today(runtime, log)
    found = roster.cadre(cadre, day)
    if found is None:
        close = roster.nearest("cadre", cadre)
        raise refused("unknown-cadre", day=day, cadre=cadre, hint=hint(close), nearest=close)
    return found


def today(runtime: Runtime, log: str) -> str:
    """The county's date now."""
    return local_date(_CLOCK.now(), runtime.time_zone(log))


def _in_words(roles: Collection[str]) -> Text:
    """Roles, in Chinese by name, each with the code that is typed for it."""
    return Text("、".join(f"{ROLES.get(role, role)}（{role}）" for role in roles), ", ".join(roles))


def _wrong_role(actor: str, role: str, roles: tuple[str, ...]) -> Problem:
    return refused(
        "not-your-role/own-roles", actor=actor, role=_in_words([role]), roles=_in_words(roles), nearest=roles
    )
