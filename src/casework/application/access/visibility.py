"""Decides which cases, surveys and findings a caller sees, in memory and in SQL.

Somebody sees the cases of an area and everything below it, those that the own unit leads, and the own cases: led or
handled together with the lead, brought, asked for, offered, and those that wait for them. A token for an area narrows
the first of these. What is confidential is seen by its handlers, by the heads of their unit, by
supervisors of the area, and by the role that acts next while it is its turn. `visibility_table` has it as data.

The part that facts decide (`among`) holds for lists and for counts alike, so that a count is as many rows as its list.
Own cases beyond it are seen one by one: on the desk, by number, by search.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Table, and_, false, or_, true

from casework.application.access.actor import Actor
from casework.application.access.permissions import PERMISSIONS, check_may, may
from casework.application.access.refusals import refused
from casework.application.access.visibility_table import AFTERWARDS, CLOSED, NAMED, OPEN, SIGHT, TURNS
from casework.application.runtime.problem import Problem, hint
from casework.application.runtime.runtime import County
from casework.change.tables import CHANGES, case_now
from casework.law.cases.facts import Facts
from casework.law.cases.state import CaseState
from casework.law.context import ROLES
from casework.law.kinds import KINDS
from casework.law.roster.directory import Directory
from casework.text import Text, term

#: fact → values, all of which must hold; `{}` holds for every case
Condition = Mapping[str, tuple[str, ...]]


class Visibility(Struct, frozen=True):
    """What somebody sees of one log.

    among    conditions on facts, one of which must hold
    unseals  whether sealed parts of what is seen are opened
    place    the own area, at any level; None for none
    """

    who: Actor
    among: tuple[Condition, ...] = ()
    unseals: bool = False
    place: Condition | None = None

    @property
    def _handles(self) -> bool:
        """Whether cases can be in their hands."""
        return SIGHT[self.who.role].of == "area"

    @property
    def _heads(self) -> bool:
        """Whether what is confidential in their unit is theirs to see."""
        return SIGHT[self.who.role].closed != "hand"

    @property
    def is_everything(self) -> bool:
        """Whether everything is visible."""
        return {} in self.among

    def covers(self, facts: Facts) -> bool:
        """Whether lists and counts hold the case."""
        return any(_holds(condition, facts) for condition in self.among)

    def owns(self, state: CaseState) -> bool:
        """Whether it is a case of theirs, at any place and level."""
        who = self.who
        if who.role == "resident":
            return state.resident == who.actor
        if who.role == "reporter":
            return who.actor in {state.resident, state.brought_by}
        if not self._handles:
            return False
        stakes = [(state.unit, state.lead), *((holder.unit, holder.cadre) for holder in state.co_handlers)]
        mine = any(
            cadre == who.actor or (unit == who.unit and self._shares(state, cadre)) for unit, cadre in stakes if unit
        )
        asked = state.pending is not None and bool(who.unit) and state.pending.to_unit == who.unit
        offered = asked and (self._heads or state.confidentiality not in CLOSED)
        return mine or offered or self._waits(state)

    def _shares(self, state: CaseState, cadre: str) -> bool:
        """Whether a stake of their unit is theirs: the head's always; a cadre's where it names no other CADRE."""
        return self._heads or (not cadre and state.confidentiality not in NAMED)

    def _waits(self, state: CaseState) -> bool:
        """Whether the case waits for their role."""
        turn = TURNS.get(self.who.role)
        if turn is None or self.place is None or not _holds(self.place, state):
            return False
        return state.status in turn.status or (state.pending is not None and state.pending.what in turn.pending)

    def sees(self, state: CaseState) -> bool:
        """Whether they may open the case."""
        return self.covers(state) or self.owns(state)

    def may_unseal(self, state: CaseState) -> bool:
        """Whether its sealed parts are opened for them."""
        return self.unseals and self.sees(state)

    def may_act_on(self, state: CaseState, command: str = "") -> bool:
        """Whether they may add to it: handlers of an earlier time may still enter what was done then."""
        worked = self.who.actor in state.touched or any(tenure.lead == self.who.actor for tenure in state.tenures)
        late = state.status in AFTERWARDS.get(self.who.role, {}).get(command, ())
        had_to = late and self.place is not None and _holds(self.place, state)
        return self.sees(state) or (self._handles and (worked or had_to))

    def sees_thing(self, kind: str, state: Any) -> bool:
        """Whether they may open one of a KIND seen by place: it lies in their area, or is run by their unit."""
        reads, unit = KINDS[kind].reads, self.who.unit
        if reads and not may(self.who.role, reads):
            return False
        runs = self._handles and bool(unit) and unit in getattr(state, "units", ())
        return runs or any(_holds(condition, state) for condition in self.among)

    def listed_things(self, kind: str) -> ColumnElement[bool]:
        """`sees_thing`, over the change table of the kind."""
        reads, unit, table = KINDS[kind].reads, self.who.unit, CHANGES[kind][0][0]
        if reads and not may(self.who.role, reads):
            return false()
        runs = self._handles and bool(unit) and "units" in table.c
        mine = [table.c.units.contains(f" {unit} ", autoescape=True)] if runs else []
        return or_(false(), *mine, *(_where(condition, table) for condition in self.among))

    def listed(self) -> ColumnElement[bool]:
        """`covers`, over `case_now`."""
        return or_(false(), *(_where(condition) for condition in self.among))

    def owned(self) -> ColumnElement[bool]:
        """`owns`, over `case_now`; a resident has one case, and names it by its number."""
        who, case = self.who, case_now.c
        if who.role == "reporter":
            mine = [case.brought_by == who.actor]
        elif self._handles:
            mine = [case.lead == who.actor, _among(who.actor)]
            if who.unit and self._heads:
                mine += [case.unit == who.unit, _among(who.unit), _offered(who.unit)]
            elif who.unit:  # what names one of the unit's cadres is that cadre's
                ours = case.confidentiality.not_in(sorted(NAMED))
                mine.append(and_(case.unit == who.unit, case.lead == "", ours))
                cadres = case.co_handlers.contains(f" {who.unit} cadre/", autoescape=True)
                mine.append(and_(_among(who.unit), ~cadres, ours))
                mine.append(and_(_offered(who.unit), case.confidentiality.not_in(sorted(CLOSED))))
            mine.append(self.waiting())
        else:
            mine = []
        return or_(false(), *mine)

    def waiting(self) -> ColumnElement[bool]:
        """`_waits`, over `case_now`."""
        turn, case = TURNS.get(self.who.role), case_now.c
        if turn is None or self.place is None:
            return false()
        waits = [case.status.in_(turn.status), *([case.pending.in_(turn.pending)] if turn.pending else [])]
        return and_(or_(*waits), _where(self.place))

    def told_of(self) -> ColumnElement[bool]:
        """Cases, over `case_now`, that one may tell them there are: what is confidential only where they see it."""
        return or_(case_now.c.confidentiality.not_in(sorted(CLOSED)), self.listed(), self.owned())


def _among(word: str) -> ColumnElement[bool]:
    """Whether a unit or cadre stands among the co-handlers; said so that the index of such cases serves."""
    return and_(case_now.c.co_handlers != "", case_now.c.co_handlers.contains(f" {word} ", autoescape=True))


def _offered(unit: str) -> ColumnElement[bool]:
    """Whether a unit is asked to take the lead; said so for the same reason."""
    return and_(case_now.c.offered_to != "", case_now.c.offered_to == unit)


def _where(condition: Condition, over: Table = case_now) -> ColumnElement[bool]:
    return and_(true(), *(over.c[fact].in_(values) for fact, values in condition.items()))


def _holds(condition: Condition, facts: Any) -> bool:
    return all(getattr(facts, fact) in values for fact, values in condition.items())


def visibility_of(county: County, who: Actor) -> Visibility:
    """What WHO sees of a county's log, by the roster of today."""
    roster, day = county.roster, county.today
    sight, unseals = SIGHT[who.role], may(who.role, "sealed.read")
    if sight.of == "county":
        return Visibility(who, (_place(county, who.area),), unseals)
    if sight.of == "own":
        return Visibility(who, unseals=unseals)
    unit = roster.unit(who.unit, day) if who.unit else None
    if unit is None:
        return Visibility(who, unseals=unseals)
    home = _nearer(roster, day, unit.area, who.area)
    place = None if home is None else _place(county, home)
    levels = {} if sight.closed == "all" else {"confidentiality": OPEN}
    of_unit = {} if sight.closed != "hand" else {"confidentiality": OPEN}
    units = (who.unit, *sorted(roster.predecessors("unit", who.unit, day)))
    among: list[Condition] = [] if place is None else [{**place, **levels}]
    return Visibility(who, (*among, {"unit": units, **of_unit}), unseals, place)


def in_area(county: County, area: str) -> Condition:
    """The cases of an area and of everything below it, by the roster of today, as a condition on facts."""
    if county.roster.area(area, county.today) is None:
        close = county.roster.nearest("area", area)
        raise refused("unknown-area", area=area, hint=hint(close), nearest=close)
    return _place(county, area)


def check_whole(county: County, who: Actor, needs: str) -> None:
    """Refuse actors without the permission, or who do not see the whole county."""
    check_may(who.role, needs)
    if not visibility_of(county, who).is_everything:
        told = PERMISSIONS[needs]
        raise refused("outside-your-area/whole", action=Text(told.zh, told.en), area=who.area)


def outside(who: Actor, kind: str, state: Any) -> Problem:
    """WHO may not see this thing of a KIND that not everybody sees."""
    thing = KINDS[kind].called(state)
    return refused(f"outside-your-area/{kind}-unseen", actor=who.actor, role=term(ROLES, who.role), thing=thing)


def _nearer(roster: Directory, day: str, home: str, limit: str) -> str | None:
    """The smaller of two areas one of which lies in the other; None where they have nothing in common."""
    if not limit or not home:
        return limit or home
    if limit in roster.below(home, day):
        return limit
    return home if home in roster.below(limit, day) else None


def unlimited(county: County, area: str) -> str:
    """AREA as a limit: '' where it is the county's own, which limits nothing."""
    declared = county.roster.area(area, county.today) if area else None
    return "" if declared and declared.level == "county" else area


def _place(county: County, area: str) -> Condition:
    """The cases of an area, as a condition on facts: none for a county, townships where it has any, else areas."""
    if not unlimited(county, area):
        return {}
    roster, day = county.roster, county.today
    below = roster.below(area, day)
    towns = {code for code in below if (place := roster.area(code, day)) and place.level == "township"}
    # entries of a township merged into this one keep the old code
    towns = towns.union(*(roster.predecessors("area", code, day) for code in towns))
    return {"township": tuple(sorted(towns))} if towns else {"area": tuple(sorted(below))}
