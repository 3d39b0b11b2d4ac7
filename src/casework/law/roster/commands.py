"""Commands of the roster: declare places, units, cadres, categories; assign responsibilities.

Each member is documented as `member — 中文 — meaning`. `from` may lie in the past or the future; '' means the day of
recording.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, field

from casework.law import members as m
from casework.law.command import Command, Person, Reporter
from casework.law.roster.events import PostHeld
from casework.text import Text, meaning

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
    """One more post that a cadre holds at the same time (兼职)."""

    unit: m.Unit[Code]
    post: m.Post[CodeOrNone] = ""
    roles: m.PostRoles[Annotated[tuple[PostRole, ...], Meta(min_length=1, max_length=11)]] = ("cadre",)


class DeclareArea(Command, frozen=True, kw_only=True):
    name = "declare-area"
    term = Text("登记区域", "Say what a place is called and where it lies from a day on.")
    area: Annotated[Code, meaning("区域代码", "its code, as a rule that of the statistics bureau")]
    label: m.OfficialName[Label]
    level: m.AreaLevel[AreaLevel]
    parent: m.ParentArea[CodeOrNone] = ""
    from_: m.From[Day] = field(name="from", default="")
    until: m.Until[Day] = ""
    successor: m.SuccessorArea[CodeOrNone] = ""


class DeclareUnit(Command, frozen=True, kw_only=True):
    name = "declare-unit"
    term = Text("登记单位", "Say what an office, station, service centre or department is from a day on.")
    unit: Annotated[Code, meaning("单位代码", "its code")]
    label: m.OfficialName[Label]
    parent: m.ParentUnit[CodeOrNone] = ""
    area: m.HomeArea[CodeOrNone] = ""
    level: m.UnitLevel[UnitLevel] = "township"
    from_: m.From[Day] = field(name="from", default="")
    until: m.Until[Day] = ""
    kind: m.UnitKind[UnitKind] = ""
    successor: m.SuccessorUnit[CodeOrNone] = ""


class DeclareCadre(Command, frozen=True, kw_only=True):
    name = "declare-cadre"
    term = Text("登记干部任职", "Say which post a cadre holds from a day on; the name is sealed.")
    seals = {"person": (0, "person")}
    cadre: Annotated[CadreId, meaning("干部代号", "`cadre/<id>`, an id that does not tell who it is")]
    unit: m.Unit[CodeOrNone] = ""
    post: m.Post[CodeOrNone] = ""
    roles: m.PostRoles[Annotated[tuple[PostRole, ...], Meta(min_length=1, max_length=11)]] = ("cadre",)
    from_: m.From[Day] = field(name="from", default="")
    until: m.Until[Day] = ""
    also: m.Also[Annotated[tuple[AlsoHeld, ...], Meta(max_length=10)]] = ()
    reporter: m.ReportsAs[Literal[Reporter, ""]] = ""
    person: m.CadrePerson[Person | None] = None


class DeclareCategory(Command, frozen=True, kw_only=True):
    name = "declare-category"
    term = Text("登记事项类别", "Say what a category of cases is, its topics and its rules, from a day on.")
    category: Annotated[Code, meaning("类别代码", "its code")]
    label: m.CategoryLabel[Label]
    parent: m.ParentCategory[CodeOrNone] = ""
    topics: m.Topics[Annotated[tuple[Slug, ...], Meta(max_length=500)]] = ()
    due_days: m.DueDays[Annotated[int, Meta(ge=0, le=3660)]] = 0
    evidence_required: m.EvidenceRequired[bool] = False
    results: m.Results[dict[Slug, ResultOutcome]] = {}
    from_: m.From[Day] = field(name="from", default="")
    until: m.Until[Day] = ""


class AssignResponsibility(Command, frozen=True, kw_only=True):
    name = "assign-responsibility"
    term = Text("分村组包保", "Make a cadre answer for a place from a day on.")
    responsibility: m.Responsibility[Uuid]
    cadre: m.ResponsibleCadre[CadreId]
    area: m.ResponsibleArea[Code]
    duty: m.Duty[Duty] = "contract"
    from_: m.From[Day] = field(name="from", default="")
    until: m.Until[Day] = ""


class EndResponsibility(Command, frozen=True, kw_only=True):
    name = "end-responsibility"
    term = Text("解除包保", "Release a cadre from a place.")
    responsibility: m.Responsibility[Uuid]
    from_: m.EndsFrom[Day] = field(name="from", default="")
    reason: m.EndReason[EndReason] = "other"


RosterCommand = DeclareArea | DeclareUnit | DeclareCadre | DeclareCategory | AssignResponsibility | EndResponsibility
