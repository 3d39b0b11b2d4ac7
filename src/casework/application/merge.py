"""One township goes into another from a day on: first a look at what that takes, then the declarations, in order.

Nothing that happened is touched. Villages and units are declared anew from that day, and the township's own declaration
gets its last day and says what takes its place. It ends last of all, so that a merger that was stopped half-way is
gone through with by asking for it again.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from casework.application.handle import WAIT_SECONDS, Request, prepare
from casework.application.house import House
from casework.application.people import Person
from casework.application.problem import Problem
from casework.application.reach import Reach
from casework.application.scope import scope_of
from casework.case.facts import OPEN_STATUSES
from casework.change.tables import case_now
from casework.log.database import reading
from casework.log.submission import Answer
from casework.roster.directory import Directory
from casework.roster.events import AreaDeclared, CadreDeclared, UnitDeclared

_IDS = uuid.UUID("c6f0b9d4-6a0e-5f7b-9e55-0a8f4a1d3e21")
_STAMPED = ("township",)


class Step(Struct, frozen=True, kw_only=True):
    """One declaration that the merger takes: a command of the law with its members."""

    command: str
    members: dict[str, Any]


class Merger(Struct, frozen=True, kw_only=True):
    """What merging one township into another takes, and what it finds.

    steps       declarations in their order, the township's own last
    open_cases  open cases of the township, which stay under its name of then and are seen by the other from that day
    handed_on   unit that ends → its open cases, which the unit that takes its place assigns anew
    """

    township: str
    into: str
    from_: str = msgspec.field(name="from")
    steps: list[Step]
    open_cases: int
    handed_on: dict[str, int]


def plan(
    house: House, log: str, township: str, into: str, from_: str, units: Mapping[str, str] | None = None
) -> Merger:
    """What it takes to merge TOWNSHIP into INTO from the day FROM_ on; UNITS of it that go into others: old → new."""
    roster, units = house.roster(log), dict(units or {})
    _check(roster, township, into, from_, units)
    steps = [_area(code, said, from_, parent=into) for code, said in _areas(roster, from_) if said.parent == township]
    ending: list[Step] = []
    for code, said in _units(roster, from_):
        parent = units.get(said.parent, said.parent)
        area = into if said.area == township else said.area
        if code in units:
            ending.append(_unit(code, said, said.from_, until=from_, successor=units[code]))
        elif (parent, area) != (said.parent, said.area):
            steps.append(_unit(code, said, from_, parent=parent, area=area))
    if units:
        steps += [_cadre(cadre, said, from_, units) for cadre, said in _cadres(roster, from_, units)]
    for stream in roster.responsibilities(from_, area=township):
        ended = {"responsibility": stream, "from": from_, "reason": "redrawn"}
        steps.append(Step(command="end-responsibility", members=ended))
    (own,) = (said for code, said in _areas(roster, from_) if code == township)
    last = _area(township, own, own.from_, until=from_, successor=into)
    case = case_now.c
    with reading(house.engine) as db:
        where = (case.log == log, case.township == township, case.status.in_(OPEN_STATUSES))
        left = db.scalar(select(func.count()).where(*where)) or 0
        held = select(case.unit, func.count()).where(case.log == log, case.status.in_(OPEN_STATUSES))
        found = db.execute(held.where(case.unit.in_(list(units))).group_by(case.unit)).all()
    return Merger(
        township=township,
        into=into,
        from_=from_,
        steps=[*steps, *ending, last],
        open_cases=left,
        handed_on={unit: int(number) for unit, number in found},
    )


def merge(
    house: House,
    log: str,
    who: Person,
    township: str,
    into: str,
    from_: str,
    units: Mapping[str, str] | None = None,
    *,
    source: str = "api",
    operator: str = "",
) -> list[Answer]:
    """Go through with the plan, the township's own end last; the first refusal stops it, and says why."""
    steps = plan(house, log, township, into, from_, units).steps
    check = Reach(scope_of(house, log, who), who.area).check

    def submitted(step: Step) -> Any:
        said = f"{log}\n{house.store.head(log).size}\n{msgspec.json.encode(step, order='sorted').decode()}"
        request = Request(
            log=log,
            command=step.command,
            members=step.members,
            command_id=str(uuid.uuid5(_IDS, said)),
            actor=who.actor,
            role=who.role,
            source=source,
            operator=operator,
        )
        return house.writer.submit(msgspec.structs.replace(prepare(house, request), check=check))

    waiting = [submitted(step) for step in steps[:-1]]
    answers = [future.result(WAIT_SECONDS) for future in waiting]
    return [*answers, submitted(steps[-1]).result(WAIT_SECONDS)]


def _check(roster: Directory, township: str, into: str, from_: str, units: Mapping[str, str]) -> None:
    for code in (township, into):
        found = roster.area(code, from_)
        if found is None or found.level != "township":
            close = roster.nearest("area", code)
            raise Problem(
                "not-a-township",
                f"{from_} 没有乡镇“{code}”：请核对代码和日期",
                f"{code} is no township on {from_}: check the code and the day",
                close,
            )
    if township == into:
        raise Problem("same-township", "不能并入自己：请另选乡镇", "a township cannot go into itself: name another")
    for old, new in units.items():
        if roster.unit(old, from_) is None or roster.unit(new, from_) is None or new in units:
            raise Problem(
                "unknown-unit",
                f"单位“{old}”或“{new}”在 {from_} 未登记，或本身也要撤并：请核对",
                f"unit {old} or {new} is not declared on {from_}, or goes into another itself: check both",
                roster.nearest("unit", old),
            )
    for thing, code in [("area", township), *(("unit", old) for old in units)]:
        said = roster.timeline(f"{thing}/{code}").said
        if later := [one.from_ for one in said if one.from_ >= from_]:
            raise Problem(
                "declared-later",
                f"“{code}”已另有自 {later[0]} 起的登记：合并日期须在最后一次登记之后，且不得为同一天",
                f"{code} is declared anew from {later[0]}: merge it from a later day than its last declaration",
            )


def _areas(roster: Directory, on: str) -> list[tuple[str, AreaDeclared]]:
    return [(code, said) for code, said in roster.declared("area", on).items() if isinstance(said, AreaDeclared)]


def _units(roster: Directory, on: str) -> list[tuple[str, UnitDeclared]]:
    return [(code, said) for code, said in roster.declared("unit", on).items() if isinstance(said, UnitDeclared)]


def _cadres(roster: Directory, on: str, units: Mapping[str, str]) -> list[tuple[str, CadreDeclared]]:
    return [
        (code, said)
        for code, said in roster.declared("cadre", on).items()
        if isinstance(said, CadreDeclared) and not {said.unit, *(held.unit for held in said.also)}.isdisjoint(units)
    ]


def _area(code: str, said: AreaDeclared, from_: str, **other: str) -> Step:
    return Step(command="declare-area", members={"area": code, **_as_said(said), "from": from_, **other})


def _unit(code: str, said: UnitDeclared, from_: str, **other: str) -> Step:
    return Step(command="declare-unit", members={"unit": code, **_as_said(said), "from": from_, **other})


def _cadre(code: str, said: CadreDeclared, from_: str, units: Mapping[str, str]) -> Step:
    """The cadre with every post in the unit that took the place of its own; two that come together are one post."""
    posts: dict[str, dict[str, Any]] = {}
    for held in ({"unit": said.unit, "post": said.post, "roles": said.roles}, *map(msgspec.to_builtins, said.also)):
        unit = units.get(held["unit"], held["unit"])
        roles = held.get("roles", ("cadre",))
        if unit in posts:
            posts[unit]["roles"] = sorted({*posts[unit]["roles"], *roles})
        else:
            posts[unit] = {"unit": unit, "post": held.get("post", ""), "roles": list(roles)}
    main, *also = posts.values()
    members = {"cadre": code, **_as_said(said), "from": from_, **main, "also": also}
    return Step(command="declare-cadre", members=members)


def _as_said(said: AreaDeclared | UnitDeclared | CadreDeclared) -> dict[str, Any]:
    """The members of a declaration as its command has them."""
    return {name: value for name, value in msgspec.to_builtins(said).items() if name not in _STAMPED}
