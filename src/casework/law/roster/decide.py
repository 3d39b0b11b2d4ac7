"""The law of the roster: who may declare what, and what a declaration must name that exists already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from msgspec import structs

from casework.law.cases import names as called
from casework.law.command import Command
from casework.law.context import Area, Context, Refused, Unit
from casework.law.event import Event
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
from casework.law.roster.state import Declared, Timeline
from casework.text import Text

ROLES = ("administrator", "importer")
_RANK = {"county": 0, "township": 1, "village": 2, "group": 3}
_DAYS = {"from": "生效日期", "until": "失效日期"}


def streams(command: Command) -> tuple[str, ...]:
    """The stream whose timeline `decide` needs: one stream per thing."""
    match command:
        case DeclareArea():
            return (f"area/{command.area}",)
        case DeclareUnit():
            return (f"unit/{command.unit}",)
        case DeclareCadre():
            return (command.cadre,)
        case DeclareCategory():
            return (f"category/{command.category}",)
        case AssignResponsibility() | EndResponsibility():
            return (command.responsibility,)
    raise TypeError(f"{command.name} is no command of the roster")


def decide(command: Command, state: Timeline, context: Context) -> list[tuple[str, Event]]:
    """The events that a command causes; none when it says what holds already."""
    if context.role not in ROLES:
        raise Refused(
            "wrong-role",
            f"{called.command_of(type(command)).zh}须由“管理员”或“导入员”办理，您的身份是{called.role(context.role).zh}："
            "请联系管理员。",
            f"{command.name} is for the roles {' and '.join(ROLES)}, not for {context.role}: ask an administrator.",
        )
    (stream,) = streams(command)
    match command:
        case DeclareArea():
            event: Declared | ResponsibilityEnded = _area(command, context)
        case DeclareUnit():
            event = _unit(command, context)
        case DeclareCadre():
            event = _cadre(command, context)
        case DeclareCategory():
            event = _category(command, context)
        case AssignResponsibility():
            event = _assigned(command, state, context)
        case EndResponsibility():
            return _ended(command, state, context)
        case _:
            raise TypeError(f"{command.name} is no command of the roster")
    if _holds_already(event, state) and "person" not in context.sealed:
        return []
    return [(stream, event)]


def _area(command: DeclareArea, context: Context) -> AreaDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent:
        parent = _known("area", context.roster.area, command.parent, from_, context)
        if _RANK.get(parent.level, -1) >= _RANK.get(command.level, len(_RANK)):
            raise Refused(
                "parent-not-above",
                f"区域“{command.area}”是{called.level(command.level).zh}，"
                f"不能隶属于{called.level(parent.level).zh}的“{parent.label}”（{parent.code}）："
                "请选择级别更高的上级区域。",
                f"area {command.area} ({command.level}) cannot lie in {parent.code}, which is a {parent.level}: "
                "name a parent of a higher level.",
            )
        _no_circle("area", context.roster.area, command.area, parent, from_)
    _takes_over("area", context.roster.area, command.area, command.successor, until, context)
    of = command.area if command.level == "township" else context.roster.township_of(command.parent, from_)
    return AreaDeclared(
        label=command.label,
        level=command.level,
        parent=command.parent,
        from_=from_,
        until=until,
        successor=command.successor,
        township=of,
    )


def _unit(command: DeclareUnit, context: Context) -> UnitDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent:
        parent = _known("unit", context.roster.unit, command.parent, from_, context)
        _no_circle("unit", context.roster.unit, command.unit, parent, from_)
    if command.area:
        _known("area", context.roster.area, command.area, from_, context)
    _takes_over("unit", context.roster.unit, command.unit, command.successor, until, context)
    return UnitDeclared(
        label=command.label,
        parent=command.parent,
        area=command.area,
        level=command.level,
        from_=from_,
        until=until,
        kind=command.kind,
        successor=command.successor,
        township=context.roster.township_of(command.area, from_),
    )


def _cadre(command: DeclareCadre, context: Context) -> CadreDeclared:
    from_, until = _days(command.from_, command.until, context)
    home = _known("unit", context.roster.unit, command.unit, from_, context) if command.unit else None
    also: dict[str, PostHeld] = {}
    for held in command.also:
        _known("unit", context.roster.unit, held.unit, from_, context)
        if held.unit in also or held.unit == command.unit:
            raise Refused(
                "post-twice",
                f"{command.cadre} 在{called.value(held.unit).zh}的任职写了两次：一个单位只写一项，把角色写在一起。",
                f"{command.cadre} is given two posts in {held.unit}: write one for each unit, with all its roles.",
            )
        also[held.unit] = PostHeld(unit=held.unit, post=held.post, roles=tuple(sorted(set(held.roles))))
    roles = tuple(sorted(set(command.roles)))
    every = {*roles, *(role for held in also.values() for role in held.roles)}
    if command.reporter and "reporter" not in every:
        raise Refused(
            "not-a-reporter",
            f"{command.cadre} 填了上报人身份“{command.reporter}”，却没有“反映人”（reporter）角色：请补上角色，"
            "或去掉上报人身份。",
            f"{command.cadre} is said to report as {command.reporter}, but has not the role reporter: add the role,"
            " or leave `reporter` out.",
        )
    return CadreDeclared(
        unit=command.unit,
        post=command.post,
        roles=roles,
        from_=from_,
        until=until,
        also=tuple(also.values()),
        reporter=command.reporter,
        township=context.roster.township_of(home.area, from_) if home else "",
    )


def _category(command: DeclareCategory, context: Context) -> CategoryDeclared:
    from_, until = _days(command.from_, command.until, context)
    if command.parent == command.category:
        raise Refused(
            "circle",
            f"类别“{command.category}”不能以自己为上级：请选择其他类别。",
            f"category {command.category} cannot be its own parent: choose another.",
        )
    if command.parent:
        _known("category", context.roster.category, command.parent, from_, context)
    return CategoryDeclared(
        label=command.label,
        parent=command.parent,
        topics=tuple(dict.fromkeys(command.topics)),
        due_days=command.due_days,
        evidence_required=command.evidence_required,
        results=dict(command.results),
        from_=from_,
        until=until,
    )


def _assigned(command: AssignResponsibility, state: Timeline, context: Context) -> ResponsibilityAssigned:
    from_, until = _days(command.from_, command.until, context)
    cadre = _known("cadre", context.roster.cadre, command.cadre, from_, context)
    _known("area", context.roster.area, command.area, from_, context)
    for said in state.said:
        if isinstance(said.event, ResponsibilityAssigned) and (
            (said.event.cadre, said.event.area) != (command.cadre, command.area)
        ):
            raise Refused(
                "another-responsibility",
                f"{command.responsibility} 是 {said.event.cadre} 对区域“{said.event.area}”的责任，"
                f"不是 {command.cadre} 对区域“{command.area}”的：请用新的责任编号另行登记。",
                f"{command.responsibility} makes {said.event.cadre} answer for {said.event.area}, not "
                f"{command.cadre} for {command.area}: assign a new one, with an id of its own.",
            )
    return ResponsibilityAssigned(
        cadre=command.cadre,
        area=command.area,
        duty=command.duty,
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
        raise Refused(
            "not-assigned",
            f"{command.responsibility} 不能在 {from_} 解除，{first.zh}：请核对责任编号和日期。",
            f"{command.responsibility} cannot end on {from_}: it {first.en}; check its id and the day.",
        )
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
            raise Refused(
                "not-a-date",
                f"{_DAYS[member]}“{day}”不是有效日期：请按“2026-03-01”的格式填写。",
                f"{member} is {day}, which is no day: write it as 2026-03-01.",
            )
    if until and until <= from_:
        raise Refused(
            "until-not-after-from",
            f"失效日期 {until} 不晚于生效日期 {from_}，等于从未生效：请改正其中之一。",
            f"until is {until}, which is not after from, {from_}: it would never hold; correct one of them.",
        )
    return from_, until


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
        raise Refused(
            f"unknown-{thing}",
            f"{called.THINGS[thing]}“{code}”在 {on} 尚未登记，到 {context.today} 才有：请从更早的日期起登记，"
            "或把生效日期推后。",
            f"{thing} {code} is not declared on {on}, though it is on {context.today}: declare it from an earlier "
            "day, or use a later `from`.",
        )
    raise Refused(
        f"unknown-{thing}",
        f"{on} 没有{called.THINGS[thing]}“{code}”：请先登记，或改正代码。",
        f"{thing} {code} is not declared on {on}: declare it first, or correct the code.",
        context.roster.nearest(thing, code),
    )


def _takes_over(
    thing: str, look: Callable[[str, str], Any | None], code: str, into: str, until: str, context: Context
) -> None:
    """What takes the place of something that ends must be there on that day."""
    if not into:
        return
    if not until:
        raise Refused(
            "successor-without-until",
            f"{called.THINGS[thing]}“{code}”填了并入“{into}”，却没有失效日期：请写明自何日起并入。",
            f"{thing} {code} is to go into {into}, but no `until` is stated: say from which day on.",
        )
    _known(thing, look, into, until, context)
    if context.roster.successor(thing, into, until) == code or into == code:
        raise Refused(
            "circle",
            f"{called.THINGS[thing]}“{code}”不能并入自己：请另选并入的{called.THINGS[thing]}。",
            f"{thing} {code} cannot go into itself: name another.",
        )


def _no_circle(
    thing: str, look: Callable[[str, str], Area | Unit | None], code: str, parent: Area | Unit, on: str
) -> None:
    seen: list[str] = []
    above: Area | Unit | None = parent
    while above is not None and above.code not in seen:
        seen.append(above.code)
        if above.code == code:
            raise Refused(
                "circle",
                f"{called.THINGS[thing]}“{code}”在 {on} 会隶属于自己（{' → '.join([code, *seen])}）：请另选上级。",
                f"{thing} {code} would lie in itself on {on}: {' in '.join([code, *seen])}: choose another parent.",
            )
        above = look(above.parent, on) if above.parent else None
