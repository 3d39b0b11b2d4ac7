"""What is declared of places, units, people and categories: effective-dated, one stream per thing.

What a figure needs and the stream does not tell (the township of the place) is stamped into it when it is decided.

Each event says what holds `from` a date, `until` the day before another where stated; a later event of the stream with
a later `from` takes over on that day. The past is never rewritten.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct, field

from casework.law.event import Event


class AreaDeclared(Event, frozen=True, kw_only=True):
    """A place (区域): county, township, village or village group. Stream `area/<code>`.

    label — 名称 — official name
    level — 级别 — county, township, village, group, or other
    parent — 上级区域 — area code; '' at the top
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    successor — 并入区域 — area that takes its place from `until` on; '' when none does
    township — 所属乡镇 — township it lies in on its first day, itself included; '' when none
    """

    name: ClassVar[str] = "area-declared.v1"
    restamped: ClassVar[frozenset[str]] = frozenset({"township"})
    label: str
    level: str
    parent: str = ""
    from_: str = field(name="from")
    until: str = ""
    successor: str = ""
    township: str = ""


class UnitDeclared(Event, frozen=True, kw_only=True):
    """An office, station, service centre or department (单位). Stream `unit/<code>`.

    label — 名称 — official name
    parent — 上级单位 — unit code; '' at the top
    area — 所在区域 — home area code
    level — 级别 — county, township, village or other
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    kind — 单位类型 — office, station, service_centre, department, service_point, …; '' when not said
    successor — 并入单位 — unit that takes its place from `until` on; '' when none does
    township — 所属乡镇 — township of the home area on its first day; '' when none
    """

    name: ClassVar[str] = "unit-declared.v1"
    restamped: ClassVar[frozenset[str]] = frozenset({"township"})
    label: str
    parent: str = ""
    area: str = ""
    level: str = "township"
    from_: str = field(name="from")
    until: str = ""
    kind: str = ""
    successor: str = ""
    township: str = ""


class PostHeld(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One more post that a cadre holds at the same time (兼职).

    unit — 单位 — unit code
    post — 职务 — code
    roles — 角色 — roles they may act in for that unit
    """

    unit: str
    post: str = ""
    roles: tuple[str, ...] = ("cadre",)


class CadreDeclared(Event, frozen=True, kw_only=True):
    """A cadre's post (干部任职). Stream `cadre/<id>`; the name is sealed.

    unit — 单位 — unit code
    post — 职务 — code
    roles — 角色 — roles they may act in
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    also — 兼任职务 — other posts held at the same time, each with its unit and roles
    reporter — 上报人身份 — as whom they report: courier, grid_worker, opinion_collector, volunteer, …; '' for none
    township — 所属乡镇 — township of the unit on the first day; '' when none
    person — 姓名 — (sealed)
    """

    name: ClassVar[str] = "cadre-declared.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"person"})
    restamped: ClassVar[frozenset[str]] = frozenset({"township"})
    unit: str
    post: str = ""
    roles: tuple[str, ...] = ("cadre",)
    from_: str = field(name="from")
    until: str = ""
    also: tuple[PostHeld, ...] = ()
    reporter: str = ""
    township: str = ""


class CategoryDeclared(Event, frozen=True, kw_only=True):
    """A category of cases, with its topics and rules (事项类别). Stream `category/<code>`.

    label — 名称 — as shown
    parent — 上级类别 — category code; '' at the top
    topics — 主题 — codes to choose from
    due_days — 办理天数 — calendar days from dispatch; 0 for the policy's default
    evidence_required — 须有佐证 — a resolution needs an attachment
    results — 结果代码 — result code → outcome (solved, explained, not_solved)
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    """

    name: ClassVar[str] = "category-declared.v1"
    label: str
    parent: str = ""
    topics: tuple[str, ...] = ()
    due_days: int = 0
    evidence_required: bool = False
    results: dict[str, str] = {}
    from_: str = field(name="from")
    until: str = ""


class ResponsibilityAssigned(Event, frozen=True, kw_only=True):
    """A cadre answers for a place (分村组包保). Stream `responsibility/<uuid>`.

    cadre — 责任干部 — `cadre/<id>`
    area — 责任区域 — area code, a village group as a rule
    duty — 责任 — contract (包保), grid (网格员), co (协办) or link (挂联)
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    township — 所属乡镇 — township the area lies in on the first day; '' when none
    unit — 单位 — the cadre's unit on the first day
    """

    name: ClassVar[str] = "responsibility-assigned.v1"
    restamped: ClassVar[frozenset[str]] = frozenset({"township", "unit"})
    cadre: str
    area: str
    duty: str = "contract"
    from_: str = field(name="from")
    until: str = ""
    township: str = ""
    unit: str = ""


class ResponsibilityEnded(Event, frozen=True, kw_only=True):
    """A cadre no longer answers for a place (解除包保).

    from — 失效日期 — first day on which it no longer holds
    reason — 理由代码 — moved, retired, suspended, redrawn, other
    """

    name: ClassVar[str] = "responsibility-ended.v1"
    from_: str = field(name="from")
    reason: str = "other"


ROSTER_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        AreaDeclared, UnitDeclared, CadreDeclared, CategoryDeclared, ResponsibilityAssigned, ResponsibilityEnded,
    )
}  # fmt: skip
