"""Decides roster commands: who may declare, and what a declaration must name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import structs

from casework.law.cases import names as called
from casework.law.command import Command
from casework.law.context import Area, Context, Unit
from casework.law.event import Event, stated
from casework.law.roster.commands import (
    AssignResponsibility,
    DeclareArea,
    DeclareCadre,
    DeclareCategory,
    DeclareUnit,
    EndResponsibility,
)
from casework.law.roster.events import (
    AreaDeclared,
    CadreDeclared,
    CategoryDeclared,
    PostHeld,
    ResponsibilityAssigned,
    ResponsibilityEnded,
    UnitDeclared,
)
from casework.law.roster.refusals import refused
from casework.law.roster.state import Declared, Timeline
from casework.law.rule import Rule, rule
from casework.text import Text

_WHO = "administrator importer"
_RANK = {"county": 0, "township": 1, "village": 2, "group": 3}
_DAYS = {"from": "生效日期", "until": "失效日期"}


def stream_of(command: Command) -> str:
    """The stream that a command is about: one stream per thing."""
    match command:
        case DeclareArea():
            return f"area/{command.area}"
        case DeclareUnit():
            return f"unit/{command.unit}"
        case DeclareCadre():
            return command.cadre
        case DeclareCategory():
            return f"category/{command.category}"
        case AssignResponsibility() | EndResponsibility():
            return command.responsibility
        case other:
            raise TypeError(f"{other.name} is no command of the roster")


def decide(command: Command, state: Timeline, context: Context) -> list[tuple[str, Event]]:
    """The events that a command causes; none when it says what holds already."""
    if context.role not in _WHO.split():
        raise refused("wrong-role", command=called.command(type(command)), own_role=called.role(context.role))
    if isinstance(command, EndResponsibility):
        return _ended(command, state, context)
    event = _DECLARED[type(command)](command, state, context)
    if _holds_already(event, state) and "person" not in context.sealed:
        return []
    return [(stream_of(command), event)]


def _area(command: DeclareArea, _: Timeline, context: Context) -> AreaDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent:
        parent = _known("area", context.roster.area, command.parent, from_, context)
        if _RANK.get(parent.level, -1) >= _RANK.get(command.level, len(_RANK)):
            raise refused(
                "parent-not-above",
                area=command.area,
                level=called.level(command.level),
                parent=Text(f"“{parent.label}”（{parent.code}）", parent.code),
                parent_level=called.level(parent.level),
            )
        _no_circle("area", context.roster.area, command.area, parent, from_)
    _takes_over("area", context.roster.area, command.area, command.successor, until, context)
    of = command.area if command.level == "township" else context.roster.township_of(command.parent, from_)
    return stated(AreaDeclared, command, from_=from_, until=until, township=of)


def _unit(command: DeclareUnit, _: Timeline, context: Context) -> UnitDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent:
        parent = _known("unit", context.roster.unit, command.parent, from_, context)
        _no_circle("unit", context.roster.unit, command.unit, parent, from_)
    if command.area:
        _known("area", context.roster.area, command.area, from_, context)
    _takes_over("unit", context.roster.unit, command.unit, command.successor, until, context)
    return stated(
        UnitDeclared, command, from_=from_, until=until, township=context.roster.township_of(command.area, from_)
    )


def _cadre(command: DeclareCadre, _: Timeline, context: Context) -> CadreDeclared:
    from_, until = _days(command.from_, command.until, context)
    home = _known("unit", context.roster.unit, command.unit, from_, context) if command.unit else None
    also: dict[str, PostHeld] = {}
    for held in command.also:
        _known("unit", context.roster.unit, held.unit, from_, context)
        if held.unit in also or held.unit == command.unit:
            raise refused("post-twice", cadre=command.cadre, unit=held.unit)
        also[held.unit] = PostHeld(unit=held.unit, post=held.post, roles=tuple(sorted(set(held.roles))))
    roles = tuple(sorted(set(command.roles)))
    every = {*roles, *(role for held in also.values() for role in held.roles)}
    if command.reporter and "reporter" not in every:
        raise refused("not-a-reporter", cadre=command.cadre, reporter=command.reporter)
    return stated(
        CadreDeclared,
        command,
        roles=roles,
        from_=from_,
        until=until,
        also=tuple(also.values()),
        township=context.roster.township_of(home.area, from_) if home else "",
    )


def _category(command: DeclareCategory, _: Timeline, context: Context) -> CategoryDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent == command.category:
        raise refused("circle/category", category=command.category)
    if command.parent:
        _known("category", context.roster.category, command.parent, from_, context)
    return stated(CategoryDeclared, command, topics=tuple(dict.fromkeys(command.topics)), from_=from_, until=until)


def _assigned(command: AssignResponsibility, state: Timeline, context: Context) -> ResponsibilityAssigned:
    from_, until = _days(command.from_, command.until, context)
    cadre = _known("cadre", context.roster.cadre, command.cadre, from_, context)
    _known("area", context.roster.area, command.area, from_, context)
    for said in state.said:
        if isinstance(said.event, ResponsibilityAssigned) and (
            (said.event.cadre, said.event.area) != (command.cadre, command.area)
        ):
            raise refused(
                "another-responsibility",
                responsibility=command.responsibility,
                cadre=said.event.cadre,
                area=said.event.area,
                other_cadre=command.cadre,
                other_area=command.area,
            )
    return stated(
        ResponsibilityAssigned,
        command,
        from_=from_,
        until=until,
        township=context.roster.township_of(command.area, from_),
        unit=cadre.unit,
    )


def _ended(command: EndResponsibility, state: Timeline, context: Context) -> list[tuple[str, Event]]:
    from_, _ = _days(command.from_, "", context)
    said = state.told(from_)
    if said is None:
        began = state.said[0].from_ if state.said else ""
        first = (
            Text(f"它自 {began} 起才生效", f"holds from {began} only")
            if began
            else Text("它从未登记", "was never assigned")
        )
        raise refused("not-assigned", responsibility=command.responsibility, start=from_, why=first)
    if state.holding(from_) is None:
        return []
    return [(command.responsibility, ResponsibilityEnded(from_=from_, reason=command.reason))]


def _holds_already(event: Declared, state: Timeline) -> bool:
    said = state.told(event.from_)
    if said is None or type(said.event) is not type(event):
        return False
    # what was stamped follows from the rest, by the tree of that day
    like = {member: getattr(said.event, member) for member in event.restamped}
    return structs.replace(event, from_=said.from_, **like) == said.event


def _days(from_: str, until: str, context: Context) -> tuple[str, str]:
    from_ = from_ or context.today
    for member, day in (("from", from_), ("until", until)):
        if day and not _is_day(day):
            raise refused("not-a-date", member=Text(_DAYS[member], member), day=day)
    if until and until <= from_:
        raise refused("until-not-after-from", until=until, start=from_)
    return from_, until


def _term(thing: str) -> Text:
    return Text(called.THINGS[thing], thing)


def _is_day(day: str) -> bool:
    try:
        return date.fromisoformat(day).isoformat() == day
    except ValueError:
        return False


def _known(thing: str, look: Callable[[str, str], Any | None], code: str, on: str, context: Context) -> Any:
    found = look(code, on)
    if found is not None:
        return found
    if look(code, context.today) is not None:
        raise refused(f"unknown-{thing}/then", code=code, on=on, today=context.today)
    raise refused(f"unknown-{thing}", on=on, code=code, nearest=context.roster.nearest(thing, code))


def _takes_over(
    thing: str, look: Callable[[str, str], Any | None], code: str, into: str, until: str, context: Context
) -> None:
    """What takes the place of something that ends must be there on that day."""
    if not into:
        return
    if not until:
        raise refused("successor-without-until", thing=_term(thing), code=code, successor=into)
    _known(thing, look, into, until, context)
    if context.roster.successor(thing, into, until) == code or into == code:
        raise refused("circle/successor", thing=_term(thing), code=code)


def _no_circle(
    thing: str, look: Callable[[str, str], Area | Unit | None], code: str, parent: Area | Unit, on: str
) -> None:
    seen: list[str] = []
    above: Area | Unit | None = parent
    while above is not None and above.code not in seen:
        seen.append(above.code)
        if above.code == code:
            raise refused(
                "circle/above",
                thing=_term(thing),
                code=code,
                on=on,
                path=Text(" → ".join([code, *seen]), " in ".join([code, *seen])),
            )
        above = look(above.parent, on) if above.parent else None


#: command → the declaration that it makes
_DECLARED: dict[type[Command], Callable[[Any, Timeline, Context], Declared]] = {
    DeclareArea: _area,
    DeclareUnit: _unit,
    DeclareCadre: _cadre,
    DeclareCategory: _category,
    AssignResponsibility: _assigned,
}
#: kind of stream → the rules of its commands
RULES: dict[str, tuple[Rule, ...]] = {
    "area": (rule(DeclareArea, decide, (), _WHO, whole=True),),
    "unit": (rule(DeclareUnit, decide, (), _WHO, whole=True),),
    "cadre": (rule(DeclareCadre, decide, (), _WHO, whole=True),),
    "category": (rule(DeclareCategory, decide, (), _WHO, whole=True),),
    "responsibility": (
        rule(AssignResponsibility, decide, (), _WHO, begins=True),
        rule(EndResponsibility, decide, (), _WHO, resource="end"),
    ),
}
