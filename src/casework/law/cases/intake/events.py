"""What can happen to a case as it comes in: registered, accepted or not, merged with another and taken apart again.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class CaseRegistered(Event, frozen=True, kw_only=True):
    """A request or a planned matter entered the books (登记).

    number — 编号 — `<log>-<year>-<6 digits>`, gap-free per county and local year of recording
    kind — 种类 — matter or difficulty
    category — 类别 — category code; '' until acceptance when not known
    topic — 主题 — chosen from the category's list
    channel — 渠道 — how it came in
    reporter — 反映人身份 — resident, courier, grid_worker, opinion_collector, volunteer, contact_point, report_point
    resident — 群众代号 — `resident/<random>`, random per case; '' when anonymous
    area — 地点 — area code, as precise as known
    township — 乡镇 — township of the place, stamped from the roster
    urgency — 紧急程度 — normal, urgent or emergency
    confidentiality — 密级 — public, internal, confidential or secret
    external_ref — 外部编号 — a ledger's own id
    planned_beneficiaries — 计划受益人数 — people
    due — 办理期限 — instant, when stated at registration
    due_on — 期限日期 — local date of `due`
    due_basis — 期限依据 — ledger, stated or calendar_days
    on_the_spot — 即办件 — done on the spot and logged after
    follows — 前案 — stream of an archived case that this one continues
    survey — 需求调查 — stream of the survey from whose answers it was raised
    summary — 摘要 — one line (sealed)
    details — 详情 — what was asked, in words (sealed)
    person — 反映人 — name, phone, identity number (sealed)
    address — 详细地址 — exact address (sealed)
    coordinates — 坐标 — WGS 84, integer microdegrees (sealed)
    """

    name: ClassVar[str] = "case-registered.v1"
    correctable: ClassVar[frozenset[str]] = frozenset(
        {"kind", "category", "topic", "channel", "reporter", "area", "township", "urgency", "planned_beneficiaries"}
    )
    sealed: ClassVar[frozenset[str]] = frozenset({"summary", "details", "person", "address", "coordinates"})

    number: str
    kind: str
    category: str = ""
    topic: str = ""
    channel: str = ""
    reporter: str = "resident"
    resident: str = ""
    area: str = ""
    township: str = ""
    urgency: str = "normal"
    confidentiality: str = "internal"
    external_ref: str = ""
    planned_beneficiaries: int = 0
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    on_the_spot: bool = False
    follows: str = ""
    survey: str = ""


class CaseAccepted(Event, frozen=True, kw_only=True):
    """The township took the case up (受理).

    category — 类别 — category code
    topic — 主题 — from the category's list
    due — 办理期限 — instant; '' when none is set yet
    due_on — 期限日期 — local date of `due`
    due_basis — 期限依据 — stated or calendar_days
    due_days — 办理天数 — calendar days the category grants; 0 when none (the clock starts at dispatch)
    category_rev — 类别版本 — revision of the category's stream whose rules were used; -1 when stated
    """

    name: ClassVar[str] = "case-accepted.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"category", "topic"})

    category: str
    topic: str = ""
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    due_days: int = 0
    category_rev: int = -1


class CaseRejected(Event, frozen=True, kw_only=True):
    """Not taken up (不予受理).

    reason — 理由代码 — out_of_scope, in_court, duplicate_settled, unreasonable, insufficient, other
    told — 告知方式 — how the resident was told: phone, visit, sms, letter, page, or not_possible
    explanation — 说明 — what the resident was told (sealed)
    """

    name: ClassVar[str] = "case-rejected.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason", "told"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})

    reason: str
    told: str


class CaseMerged(Event, frozen=True, kw_only=True):
    """This case goes on in another (并单).

    into — 并入 — stream of the case that goes on
    """

    name: ClassVar[str] = "case-merged.v1"
    into: str


class CaseAbsorbed(Event, frozen=True, kw_only=True):
    """Another case was merged into this one (并入).

    merged — 被并案件 — stream of the case that was merged
    """

    name: ClassVar[str] = "case-absorbed.v1"
    merged: str


class CaseUnmerged(Event, frozen=True, kw_only=True):
    """Taken out of the case it was merged into, back to where it stood (拆单).

    out_of — 拆出自 — stream of the case it was merged into
    reason — 理由 — code
    """

    name: ClassVar[str] = "case-unmerged.v1"
    out_of: str
    reason: str = ""


class CaseReleased(Event, frozen=True, kw_only=True):
    """A case merged into this one was taken out again (拆出).

    released — 拆出案件 — its stream
    """

    name: ClassVar[str] = "case-released.v1"
    released: str
