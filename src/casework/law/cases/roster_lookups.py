"""Looks up places, people and categories in the roster; refuses unknown ones."""

from __future__ import annotations

from typing import NoReturn

from casework.law.cases import names as called
from casework.law.cases.guards import close_to
from casework.law.cases.refusals import refused
from casework.law.context import Area, Cadre, Category, Context, Unit
from casework.text import Text


def _unknown(thing: str, code: str, context: Context) -> NoReturn:
    if thing in ("area", "unit") and (now := context.roster.successor(thing, code, context.today)):
        name = called.thing(thing, now, context)
        raise refused(f"{thing}-merged", code=called.value(code), successor=name, nearest=(now,))
    nearest = context.roster.nearest(thing, code)
    close = called.several(called.thing(thing, one, context) for one in nearest)
    raise refused(
        f"unknown-{thing}/today",
        today=context.today,
        code=called.value(code),
        hint=Text(f"，相近的有{close.zh}", f" Nearest: {close.en}.") if nearest else Text("", ""),
        nearest=nearest,
    )


def area_of(code: str, context: Context) -> Area:
    """The area, or a refusal with the nearest ones."""
    return context.roster.area(code, context.today) or _unknown("area", code, context)


def unit_of(code: str, context: Context) -> Unit:
    """The unit, or a refusal with the nearest ones."""
    return context.roster.unit(code, context.today) or _unknown("unit", code, context)


def cadre_of(code: str, context: Context) -> Cadre:
    """The cadre, or a refusal with the nearest ones."""
    return context.roster.cadre(code, context.today) or _unknown("cadre", code, context)


def cadre_in(code: str, unit: str, context: Context) -> Cadre:
    """The cadre, who must be of that unit."""
    cadre = cadre_of(code, context)
    if unit not in cadre.units:
        own, other = called.unit(cadre.unit, context), called.unit(unit, context)
        raise refused("not-of-that-unit", code=code, today=context.today, own_unit=own, other=other)
    return cadre


def category_of(code: str, context: Context) -> Category:
    """The category, or a refusal with the nearest ones."""
    return context.roster.category(code, context.today) or _unknown("category", code, context)


def check_topic(topic: str, category: Category | None, context: Context) -> None:
    """Refuse a topic that is not on its category's list."""
    topics = category.topics if category else ()
    if topic and topic not in topics:
        of = called.category(category.code, context) if category else Text("未定的类别", "no category")
        nearest = close_to(topic, topics)
        among = called.choices(nearest)
        raise refused(
            "unknown-topic",
            topic=called.value(topic),
            of=of,
            advice=Text(f"请从{among.zh}中选择", f"choose one of {among.en}")
            if nearest
            else Text("请先留空", "leave it out"),
            nearest=nearest,
        )
