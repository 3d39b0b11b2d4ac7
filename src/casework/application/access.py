"""Who may read what a case holds under seal: the role first, then the place, then the level of secrecy."""

from __future__ import annotations

from typing import Any

from casework.application.house import House
from casework.application.people import Person, today
from casework.case.state import holders

#: roles that read sealed parts within their own area
READERS = frozenset({"cadre", "unit_lead", "dispatcher", "caller", "reviewer", "supervisor"})
#: roles that read everything
EVERYWHERE = frozenset({"auditor", "privacy_officer"})
#: levels that only those who hold the case, their supervisors and EVERYWHERE may read
CLOSED = frozenset({"confidential", "secret"})


def may_unseal(house: House, log: str, who: Person, state: Any) -> bool:
    """Whether WHO may read the sealed parts of the case in STATE."""
    if who.role in EVERYWHERE:
        return True
    if who.role in {"resident", "reporter"}:
        return bool(state.resident) and who.actor == state.resident
    if who.role not in READERS:
        return False
    holds = any(
        (holder.cadre == who.actor) or (holder.unit == who.unit and who.unit and not holder.cadre)
        for holder in holders(state)
    )
    leads = who.role in {"unit_lead", "supervisor"} and any(holder.unit == who.unit for holder in holders(state))
    if holds or leads:
        return True
    if state.confidentiality in CLOSED and who.role != "supervisor":
        return False
    return in_area(house, log, who, state.area or state.township)


def in_area(house: House, log: str, who: Person, area: str) -> bool:
    """Whether a place lies in the home area of the actor's unit; a unit without one works for the whole county."""
    roster, day = house.roster(log), today(house, log)
    unit = roster.unit(who.unit, day) if who.unit else None
    if unit is None:
        return False
    home = unit.area
    seen: set[str] = set()
    while home and area and area not in seen:
        if area == home:
            return True
        seen.add(area)
        above = roster.area(area, day)
        area = above.parent if above else ""
    return not home
