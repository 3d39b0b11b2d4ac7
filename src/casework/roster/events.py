"""What is declared of places, units, people and categories: effective-dated, one stream per thing.

Each event says what holds `from` a date, `until` the day before another where stated; a later event of the stream with
a later `from` takes over on that day. The past is never rewritten.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import field

from casework.case.history import Event


class AreaDeclared(Event, frozen=True, kw_only=True):
    """A place (区域): county, township, village or village group. Stream `area/<code>`.

    label — 名称 — official name
    level — 级别 — county, township, village, group, or other
    parent — 上级区域 — area code; '' at the top
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    """

    name: ClassVar[str] = "area-declared.v1"
    label: str
    level: str
    parent: str = ""
    from_: str = field(name="from")
    until: str = ""


class UnitDeclared(Event, frozen=True, kw_only=True):
    """An office, station, service centre or department (单位). Stream `unit/<code>`.

    label — 名称 — official name
    parent — 上级单位 — unit code; '' at the top
    area — 所在区域 — home area code
    level — 级别 — county, township, village or other
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    """

    name: ClassVar[str] = "unit-declared.v1"
    label: str
    parent: str = ""
    area: str = ""
    level: str = "township"
    from_: str = field(name="from")
    until: str = ""


class CadreDeclared(Event, frozen=True, kw_only=True):
    """A cadre's post (干部任职). Stream `cadre/<id>`; the name is sealed.

    unit — 单位 — unit code
    post — 职务 — code
    roles — 角色 — roles they may act in
    from — 生效日期 — first day on which this holds
    until — 失效日期 — first day on which it no longer holds; '' when open
    person — 姓名 — (sealed)
    """

    name: ClassVar[str] = "cadre-declared.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"person"})
    unit: str
    post: str = ""
    roles: tuple[str, ...] = ("cadre",)
    from_: str = field(name="from")
    until: str = ""


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
    """

    name: ClassVar[str] = "responsibility-assigned.v1"
    cadre: str
    area: str
    duty: str = "contract"
    from_: str = field(name="from")
    until: str = ""


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
