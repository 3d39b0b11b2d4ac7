"""Resolves an actor, role and unit against the county's roster."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec import Struct

from casework.application.access.refusals import refused
from casework.application.runtime.problem import Problem, hint
from casework.application.runtime.runtime import County, Runtime
from casework.law.context import ROLES
from casework.text import Text, listed, term

#: actors that are no person, and the roles each may act in
SYSTEM: dict[str, frozenset[str]] = {
    "system/clock": frozenset({"clock"}),
    "system/import": frozenset({"importer"}),
    # the operator of the machine, who loads the first roster: before that nobody has a role
    "system/operator": frozenset({"administrator"}),
}
OPERATOR = "system/operator"
CLOCK = "system/clock"


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
        return _person(runtime.county(request.log), request, on)
    except Problem:  # another process may have declared the role a moment ago
        return _person(runtime.county(request.log, fresh=True), request, on)


def _person(county: County, request: Any, on: str) -> Actor:
    actor, role = request.actor, request.role
    found = resolve(county, actor, role, request.as_unit)
    if request.for_ and request.for_ != actor:
        known(county, request.for_, on)
    then = county.roster.cadre(actor, on) if on and found.unit else None
    return found if then is None or found.unit in then.units else Actor(actor, role, then.unit)


def resolve(county: County, actor: str, role: str, as_unit: str = "") -> Actor:
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
    cadre = known(county, actor)
    if role not in cadre.roles:
        raise _wrong_role(actor, role, cadre.roles)
    if not cadre.also and as_unit in ("", cadre.unit):
        return Actor(actor, role, cadre.unit)
    posts = county.roster.posts(actor, county.today)
    return Actor(actor, role, _acting(actor, role, [post.unit for post in posts if role in post.roles], as_unit, cadre))


def _acting(actor: str, role: str, units: Sequence[str], as_unit: str, cadre: Any) -> str:
    """The unit that they act for, of those in which they have the role."""
    if as_unit:
        if as_unit in units:
            return as_unit
    elif cadre.unit in units or len(units) == 1:
        return cadre.unit if cadre.unit in units else units[0]
    raise refused("which-post", actor=actor, role=term(ROLES, role), units=listed(units), nearest=tuple(units))


def known(county: County, cadre: str, on: str = "") -> Any:
    """The cadre as declared for that day, or a Problem with the nearest."""
    day = on or county.today
    found = county.roster.cadre(cadre, day)
    if found is None:
        close = county.roster.nearest("cadre", cadre)
        raise refused("unknown-cadre", day=day, cadre=cadre, hint=hint(close), nearest=close)
    return found


def _in_words(roles: Collection[str]) -> Text:
    """Roles, in Chinese by name, each with the code that is typed for it."""
    return Text("、".join(f"{ROLES.get(role, role)}（{role}）" for role in roles), ", ".join(roles))


def _wrong_role(actor: str, role: str, roles: tuple[str, ...]) -> Problem:
    return refused(
        "not-your-role/own-roles", actor=actor, role=_in_words([role]), roles=_in_words(roles), nearest=roles
    )
