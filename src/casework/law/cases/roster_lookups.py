"""Looks up places, people and categories in the roster; refuses unknown ones."""

from __future__ import annotations

from typing import NoReturn

from casework.law.cases import names as called
from casework.law.cases.guards import close_to, refuse
from casework.law.context import Area, Cadre, Category, Context, Unit
from casework.text import Text


def _unknown(thing: str, code: str, context: Context) -> NoReturn:
    if thing in ("area", "unit") and (now := context.roster.successor(thing, code, context.today)):
        name = called.thing(thing, now, context)
        refuse(
            f"{thing}-merged",
            f"{called.THINGS[thing]}{called.value(code).zh}已撤并，现为{name.zh}：请改用{name.zh}。",
            f"{thing} {called.value(code).en} is no more: {name.en} has taken its place; use that one.",
            (now,),
        )
    nearest = context.roster.nearest(thing, code)
    close = called.several(called.thing(thing, one, context) for one in nearest)
    refuse(
        f"unknown-{thing}",
        f"{context.today}"
        f" 没有登记{called.THINGS[thing]}{called.value(code).zh}{f'，相近的有{close.zh}' if nearest else ''}："
        "请改用已登记的，或先行登记。",
        f"No {thing} {called.value(code).en} is declared for {context.today}."
        f"{f' Nearest: {close.en}.' if nearest else ''} Use a declared one, or declare it first.",
        nearest,
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
        refuse(
            "not-of-that-unit",
            f"{code} 在 {context.today} 属于{own.zh}，不属于{other.zh}：请指定{other.zh}的干部，或者先不指定。",
            f"{code} is of unit {own.en}, not of {other.en}, on {context.today}: name somebody of {other.en}, or leave"
            " it open.",
        )
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
        refuse(
            "unknown-topic",
            f"主题{called.value(topic).zh}不在类别{of.zh}的清单上："
            f"{f'请从{among.zh}中选择' if nearest else '请先留空'}。",
            f"Topic {called.value(topic).en} is not on the list of {of.en}:"
            f" {f'choose one of {among.en}' if nearest else 'leave it out'}.",
            nearest,
        )
