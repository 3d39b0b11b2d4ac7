"""Registers a resident's request from the public form and answers a receipt."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from casework.application.access.actor import Actor
from casework.application.access.throttle import Attempts
from casework.application.commands.handle import Via, handle, request_of
from casework.application.residents.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.log.submission import Answer

#: requests within an hour from one address (a service centre shares one), and in all
MOST_FROM_ADDRESS, MOST_IN_ALL = 10, 500
_HOUR = 3600.0
Line = Annotated[str, Meta(max_length=100)]


class Filing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The fields of the form; a request without name and phone is anonymous, followed by its receipt."""

    area: Annotated[str, Meta(min_length=1, max_length=120)]
    category: Annotated[str, Meta(max_length=120)] = ""
    summary: Annotated[str, Meta(min_length=2, max_length=100)]
    details: Annotated[str, Meta(max_length=4_000)] = ""
    full_name: Line = ""
    phone: Annotated[str, Meta(max_length=40)] = ""
    address: Annotated[str, Meta(max_length=200)] = ""


class Choices(Struct, frozen=True):
    """What can be chosen: categories, and places by township; each code with its name."""

    categories: list[tuple[str, str]]
    places: list[tuple[str, list[tuple[str, str]]]]


def check_open(runtime: Runtime) -> None:
    """Refuse where the operator has not opened this door."""
    if not runtime.settings.residents.filing:
        raise refused("filing-closed")


def choices(runtime: Runtime, log: str) -> Choices:
    """The lists of the form, as the roster has them today."""
    check_open(runtime)
    county = runtime.county(log)
    roster, day = county.roster, county.today
    towns: dict[str, list[tuple[str, str]]] = {}
    for code, label in sorted(roster.labels("area", day).items()):
        if (place := roster.area(code, day)) is None or place.level == "county":
            continue
        if town := roster.township_of(code, day):
            whole = code == town
            towns.setdefault(town, []).insert(0 if whole else len(towns[town]), (code, label))
    names = roster.labels("area", day)
    categories = [(code, label) for code, label in sorted(roster.labels("category", day).items())]
    return Choices(categories, [(names[town], places) for town, places in towns.items()])


def file_request(
    runtime: Runtime, log: str, filing: Filing, command_id: str, attempts: Attempts, address: str
) -> Answer:
    """Register it; the answer has number and secret. The same form sent twice is one request."""
    check_open(runtime)
    if address:
        attempts.take(f"filed from {address}", MOST_FROM_ADDRESS, _HOUR)
    attempts.take(f"filed {log}", MOST_IN_ALL, _HOUR)
    # derived from the command id: the same form sent again has the same resident
    who = f"resident/{runtime.sealer.digest(log, 'resident', command_id.encode()).hex()[:32]}"
    person = {name: value for name in ("full_name", "phone") if (value := getattr(filing, name).strip())}
    given = {"area": filing.area, "category": filing.category, "summary": filing.summary, "details": filing.details}
    members = {name: value for name, value in {**given, "address": filing.address}.items() if value.strip()}
    members |= {"channel": "page", **({"person": person} if person else {})}
    request = request_of(Actor(who, "resident"), Via("page"), log, "register-case", members, command_id)
    return handle(runtime, request)
