"""What can be asked of the roster: declare places, units, cadres and categories, assign and end responsibilities.

Each member is documented as `member — 中文 — meaning`. `from` may lie in the past or the future; '' means the day of
recording.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from msgspec import Meta, field

from casework.law.command import Command, Person, Reporter
from casework.law.roster.events import PostHeld

# `$` alone would let a trailing line feed through.
Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=64)]
CodeOrNone = Annotated[str, Meta(pattern=r"^([a-z0-9][a-z0-9_-]*)?$(?!\n)", max_length=64)]
Slug = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$(?!\n)", max_length=64)]
CadreId = Annotated[str, Meta(pattern=r"^cadre/[a-z0-9][a-z0-9_-]*$(?!\n)", max_length=70)]
Uuid = Annotated[str, Meta(pattern=r"^responsibility/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$(?!\n)")]
Label = Annotated[str, Meta(min_length=1, max_length=100)]
Day = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$(?!\n)")]

AreaLevel = Literal["county", "township", "village", "group", "other"]
UnitLevel = Literal["county", "township", "village", "other"]
#: code → Chinese term of what a unit is
UNIT_KINDS: dict[str, str] = {
    "office": "办公室",
    "station": "站所",
    "service_centre": "便民服务中心",
    "department": "部门",
    "committee": "村（居）民委员会",
    "service_point": "驿站",
    "contact_point": "直接联系点",
    "report_point": "工作直报点",
    "other": "其他",
}
UnitKind = Literal[
    "", "office", "station", "service_centre", "department", "committee", "service_point", "contact_point",
    "report_point", "other",
]  # fmt: skip
Duty = Literal["contract", "grid", "co", "link"]
EndReason = Literal["moved", "retired", "suspended", "redrawn", "other"]
ResultOutcome = Literal["solved", "explained", "not_solved"]
#: roles that a post can carry: those of residents and of the machine are not given by a roster
PostRole = Literal[
    "reporter", "cadre", "unit_lead", "dispatcher", "caller", "reviewer", "supervisor", "auditor",
    "privacy_officer", "administrator", "importer",
]  # fmt: skip


class AlsoHeld(PostHeld, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One more post that a cadre holds at the same time (兼职).

    unit — 单位 — unit code
    post — 职务 — code of the post
    roles — 角色 — roles they may act in for that unit
    """

    unit: Code
    post: CodeOrNone = ""
    roles: Annotated[tuple[PostRole, ...], Meta(min_length=1, max_length=11)] = ("cadre",)


class DeclareArea(Command, frozen=True, kw_only=True):
    """Say what a place is called and where it lies from a day on (登记区域).

    area — 区域代码 — its code, as a rule that of the statistics bureau
    label — 名称 — official name
    level — 级别 — county, township, village, group or other
    parent — 上级区域 — area code; '' at the top
    from — 生效日期 — first day on which this holds; '' for today
    until — 失效日期 — first day on which it no longer holds; '' when open
    successor — 并入区域 — area that takes its place from `until` on
    """

    name: ClassVar[str] = "declare-area"
    area: Code
    label: Label
    level: AreaLevel
    parent: CodeOrNone = ""
    from_: Day = field(name="from", default="")
    until: Day = ""
    successor: CodeOrNone = ""


class DeclareUnit(Command, frozen=True, kw_only=True):
    """Say what an office, station, service centre or department is from a day on (登记单位).

    unit — 单位代码 — its code
    label — 名称 — official name
    parent — 上级单位 — unit code; '' at the top
    area — 所在区域 — home area code
    level — 级别 — county, township, village or other
    from — 生效日期 — first day on which this holds; '' for today
    until — 失效日期 — first day on which it no longer holds; '' when open
    kind — 单位类型 — office (办公室), station (站所), service_centre (便民服务中心), department (部门), committee
    (村委会), service_point (驿站), contact_point (直接联系点), report_point (工作直报点) or other
    successor — 并入单位 — unit that takes its place from `until` on
    """

    name: ClassVar[str] = "declare-unit"
    unit: Code
    label: Label
    parent: CodeOrNone = ""
    area: CodeOrNone = ""
    level: UnitLevel = "township"
    from_: Day = field(name="from", default="")
    until: Day = ""
    kind: UnitKind = ""
    successor: CodeOrNone = ""


class DeclareCadre(Command, frozen=True, kw_only=True):
    """Say which post a cadre holds from a day on (登记干部任职); the name is sealed.

    cadre — 干部代号 — `cadre/<id>`, an id that does not tell who it is
    unit — 单位 — unit code
    post — 职务 — code of the post
    roles — 角色 — roles they may act in
    from — 生效日期 — first day on which this holds; '' for today
    until — 失效日期 — first day on which it no longer holds; '' when open
    also — 兼任职务 — other posts at the same time: [{unit, post, roles}]
    reporter — 上报人身份 — as whom they report: courier, grid_worker, opinion_collector, volunteer, contact_point,
    report_point
    person — 姓名 — {full_name, phone, identity_number}; left out when it has not changed (sealed)
    """

    name: ClassVar[str] = "declare-cadre"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"person": (0, "person")}
    cadre: CadreId
    unit: CodeOrNone = ""
    post: CodeOrNone = ""
    roles: Annotated[tuple[PostRole, ...], Meta(min_length=1, max_length=11)] = ("cadre",)
    from_: Day = field(name="from", default="")
    until: Day = ""
    also: Annotated[tuple[AlsoHeld, ...], Meta(max_length=10)] = ()
    reporter: Literal[Reporter, ""] = ""
    person: Person | None = None


class DeclareCategory(Command, frozen=True, kw_only=True):
    """Say what a category of cases is, its topics and its rules, from a day on (登记事项类别).

    category — 类别代码 — its code
    label — 名称 — as shown
    parent — 上级类别 — category code; '' at the top
    topics — 主题 — codes to choose from
    due_days — 办理天数 — calendar days from dispatch; 0 for the policy's default
    evidence_required — 须有佐证 — a resolution needs an attachment
    results — 结果代码 — result code → outcome (solved, explained, not_solved)
    from — 生效日期 — first day on which this holds; '' for today
    until — 失效日期 — first day on which it no longer holds; '' when open
    """

    name: ClassVar[str] = "declare-category"
    category: Code
    label: Label
    parent: CodeOrNone = ""
    topics: Annotated[tuple[Slug, ...], Meta(max_length=500)] = ()
    due_days: Annotated[int, Meta(ge=0, le=3660)] = 0
    evidence_required: bool = False
    results: dict[Slug, ResultOutcome] = {}
    from_: Day = field(name="from", default="")
    until: Day = ""


class AssignResponsibility(Command, frozen=True, kw_only=True):
    """Make a cadre answer for a place from a day on (分村组包保).

    responsibility — 责任编号 — `responsibility/<uuid>`, made by whoever asks
    cadre — 责任干部 — `cadre/<id>`
    area — 责任区域 — area code, a village group as a rule
    duty — 责任 — contract (包保), grid (网格员), co (协办) or link (挂联)
    from — 生效日期 — first day on which this holds; '' for today
    until — 失效日期 — first day on which it no longer holds; '' when open
    """

    name: ClassVar[str] = "assign-responsibility"
    responsibility: Uuid
    cadre: CadreId
    area: Code
    duty: Duty = "contract"
    from_: Day = field(name="from", default="")
    until: Day = ""


class EndResponsibility(Command, frozen=True, kw_only=True):
    """Release a cadre from a place (解除包保).

    responsibility — 责任编号 — `responsibility/<uuid>`
    from — 失效日期 — first day on which it no longer holds; '' for today
    reason — 理由代码 — moved, retired, suspended, redrawn, other
    """

    name: ClassVar[str] = "end-responsibility"
    responsibility: Uuid
    from_: Day = field(name="from", default="")
    reason: EndReason = "other"


RosterCommand = DeclareArea | DeclareUnit | DeclareCadre | DeclareCategory | AssignResponsibility | EndResponsibility
