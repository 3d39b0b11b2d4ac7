"""What is declared of places, units, people and categories: effective-dated, one stream per thing.

What a figure needs and the stream does not tell (the township of the place) is stamped into it when it is decided.

Each event says what holds `from` a date, `until` the day before another where stated; a later event of the stream with
a later `from` takes over on that day. The past is never rewritten.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct, field

from casework.law import members as m
from casework.law.event import Event
from casework.text import Text, meaning


class AreaDeclared(Event, frozen=True, kw_only=True):
    name = "area-declared.v1"
    term = Text("区域", "A place: county, township, village or village group. Stream `area/<code>`.")
    restamped = frozenset({"township"})
    label: m.OfficialName[str]
    level: m.AreaLevel[str]
    parent: m.ParentArea[str] = ""
    from_: m.From[str] = field(name="from")
    until: m.Until[str] = ""
    successor: m.SuccessorArea[str] = ""
    township: m.OwnTownship[str] = ""


class UnitDeclared(Event, frozen=True, kw_only=True):
    name = "unit-declared.v1"
    term = Text("单位", "An office, station, service centre or department. Stream `unit/<code>`.")
    restamped = frozenset({"township"})
    label: m.OfficialName[str]
    parent: m.ParentUnit[str] = ""
    area: m.HomeArea[str] = ""
    level: m.UnitLevel[str] = "township"
    from_: m.From[str] = field(name="from")
    until: m.Until[str] = ""
    kind: m.UnitKind[str] = ""
    successor: m.SuccessorUnit[str] = ""
    township: m.OwnTownship[str] = ""


class PostHeld(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One more post that a cadre holds at the same time (兼职)."""

    unit: m.Unit[str]
    post: m.Post[str] = ""
    roles: m.PostRoles[tuple[str, ...]] = ("cadre",)


class CadreDeclared(Event, frozen=True, kw_only=True):
    name = "cadre-declared.v1"
    term = Text("干部任职", "A cadre's post. Stream `cadre/<id>`; the name is sealed.")
    sealed = {"person": m.CadrePerson}
    restamped = frozenset({"township"})
    unit: m.Unit[str]
    post: m.Post[str] = ""
    roles: m.PostRoles[tuple[str, ...]] = ("cadre",)
    from_: m.From[str] = field(name="from")
    until: m.Until[str] = ""
    also: m.Also[tuple[PostHeld, ...]] = ()
    reporter: m.ReportsAs[str] = ""
    township: m.OwnTownship[str] = ""


class CategoryDeclared(Event, frozen=True, kw_only=True):
    name = "category-declared.v1"
    term = Text("事项类别", "A category of cases, with its topics and rules. Stream `category/<code>`.")
    label: m.CategoryLabel[str]
    parent: m.ParentCategory[str] = ""
    topics: m.Topics[tuple[str, ...]] = ()
    due_days: m.DueDays[int] = 0
    evidence_required: m.EvidenceRequired[bool] = False
    results: m.Results[dict[str, str]] = {}
    from_: m.From[str] = field(name="from")
    until: m.Until[str] = ""


class ResponsibilityAssigned(Event, frozen=True, kw_only=True):
    name = "responsibility-assigned.v1"
    term = Text("分村组包保", "A cadre answers for a place. Stream `responsibility/<uuid>`.")
    restamped = frozenset({"township", "unit"})
    cadre: m.ResponsibleCadre[str]
    area: m.ResponsibleArea[str]
    duty: m.Duty[str] = "contract"
    from_: m.From[str] = field(name="from")
    until: m.Until[str] = ""
    township: m.OwnTownship[str] = ""
    unit: Annotated[str, meaning("单位", "the cadre's unit on the first day")] = ""


class ResponsibilityEnded(Event, frozen=True, kw_only=True):
    name = "responsibility-ended.v1"
    term = Text("解除包保", "A cadre no longer answers for a place.")
    from_: m.EndsFrom[str] = field(name="from")
    reason: m.EndReason[str] = "other"


ROSTER_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        AreaDeclared, UnitDeclared, CadreDeclared, CategoryDeclared, ResponsibilityAssigned, ResponsibilityEnded,
    )
}  # fmt: skip
