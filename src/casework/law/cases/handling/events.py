"""What can happen to a case in the hands of those who handle it: sent, signed for, passed on, worked on.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class CoHandler(Event, frozen=True, kw_only=True):
    """A unit, and where named its cadre, that handles a case together with the lead (协办).

    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>`; '' when only the unit is named
    """

    unit: str
    cadre: str = ""


class CaseDispatched(Event, frozen=True, kw_only=True):
    """Sent to the unit that must handle it; the handling clock starts (派单).

    unit — 主办单位 — unit code
    lead — 主办干部 — `cadre/<id>`; '' when the unit decides
    co_handlers — 协办 — units and cadres that handle it together
    lead_basis — 指派依据 — stated, responsibility (who answers for the place), other_unit (who answers for it is of
    another unit), uncovered (nobody answers for it) or '' (recorded before the last two were told apart, or no place)
    lead_area — 包保区域 — the area that the lead answers for: the place, or the nearest above it that is covered
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — local date of `due`
    due_basis — 期限依据 — ledger, stated or calendar_days
    note — 派单意见 — (sealed)
    """

    name: ClassVar[str] = "case-dispatched.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})

    unit: str
    lead: str = ""
    co_handlers: tuple[CoHandler, ...] = ()
    lead_basis: str = ""
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    lead_area: str = ""


class CaseAcknowledged(Event, frozen=True, kw_only=True):
    """The unit signed for it (签收).

    lead — 主办干部 — who takes it; '' leaves the lead as dispatched
    """

    name: ClassVar[str] = "case-acknowledged.v1"
    lead: str = ""


class ReturnRequested(Event, frozen=True, kw_only=True):
    """The unit asks to hand the case back (退单申请).

    unit — 申请单位 — unit code
    reason — 理由代码 — not_our_duty, wrong_place, needs_other_unit, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "return-requested.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})

    unit: str
    reason: str


class ReturnApproved(Event, frozen=True, kw_only=True):
    """Handed back to be dispatched anew (同意退单)."""

    name: ClassVar[str] = "return-approved.v1"


class ReturnRefused(Event, frozen=True, kw_only=True):
    """Stays where it is (不同意退单).

    final — 终审 — no further return may be asked for in this round
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "return-refused.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    final: bool = False


class OfficerAssigned(Event, frozen=True, kw_only=True):
    """The unit names, or changes, the cadre who leads (指派、改派).

    lead — 主办干部 — `cadre/<id>`
    before — 原主办干部 — who led until now; '' when nobody
    reason — 理由代码 — for a change
    unit — 接办单位 — the unit that has taken the place of the one that led, and leads from here; '' for no change
    """

    name: ClassVar[str] = "officer-assigned.v1"
    lead: str
    before: str = ""
    reason: str = ""
    unit: str = ""


class TransferRequested(Event, frozen=True, kw_only=True):
    """The unit asks another unit to take the lead (转办申请).

    to_unit — 拟转单位 — unit code
    reason — 理由代码 — code
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "transfer-requested.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    to_unit: str
    reason: str = ""


class TransferAccepted(Event, frozen=True, kw_only=True):
    """The other unit takes the lead and must sign for it (同意转办).

    from_unit — 原主办单位 — unit code
    to_unit — 新主办单位 — unit code
    lead — 主办干部 — `cadre/<id>`; '' when the unit decides
    """

    name: ClassVar[str] = "transfer-accepted.v1"
    from_unit: str
    to_unit: str
    lead: str = ""


class TransferRefused(Event, frozen=True, kw_only=True):
    """The lead stays (不同意转办).

    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "transfer-refused.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})


class CoHandlerAdded(Event, frozen=True, kw_only=True):
    """Another unit, or cadre, handles it together with the lead (协办、吹哨).

    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>`; '' when only the unit is named
    """

    name: ClassVar[str] = "co-handler-added.v1"
    unit: str
    cadre: str = ""


class CoHandlerRemoved(Event, frozen=True, kw_only=True):
    """A co-handler's part is over (解除协办).

    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>`; '' when only the unit was named
    """

    name: ClassVar[str] = "co-handler-removed.v1"
    unit: str
    cadre: str = ""


class FieldFact(Event, frozen=True, kw_only=True):
    """What any act from the field carries: accepted in every state, it never changes the status (现场记录).

    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    """

    restamped: ClassVar[frozenset[str]] = frozenset({"round", "held_by", "held_unit", "before_registration"})

    round: int = 1
    held_by: str = ""
    held_unit: str = ""
    late: bool = False
    before_registration: bool = False


class ActionLogged(FieldFact, frozen=True, kw_only=True):
    """Somebody did something for the case (办理记录).

    action — 办理方式 — visit, phone_call, mediation, repair, coordination, material, hearing, photo, other
    evidence — 佐证 — SHA-256 (hex) of attachments
    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    note — 办理情况 — (sealed)
    """

    name: ClassVar[str] = "action-logged.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"action", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    action: str
    evidence: tuple[str, ...] = ()


class ResidentContacted(FieldFact, frozen=True, kw_only=True):
    """The resident was contacted, or it was tried (首次联系、联系群众).

    channel — 联系方式 — phone, visit, sms, page, other
    reached — 是否联系上 — the response clock stops only if reached
    round — 轮次 — round in which it occurred
    held_by — 当时主办干部 — who led when it occurred
    held_unit — 当时主办单位 — unit that led when it occurred
    late — 事后 — recorded after the case had ended
    before_registration — 登记前 — it occurred before the case was registered
    note — 联系情况 — (sealed)
    """

    name: ClassVar[str] = "resident-contacted.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"channel", "reached", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    channel: str
    reached: bool


class MilestonePlanned(Event, frozen=True, kw_only=True):
    """A step of a planned matter, with its date (节点计划).

    milestone — 节点 — slug, unique within the case
    planned_on — 计划日期 — date
    title — 节点名称 — (sealed)
    """

    name: ClassVar[str] = "milestone-planned.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"planned_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"title"})
    milestone: str
    planned_on: str


class MilestoneReached(Event, frozen=True, kw_only=True):
    """A planned step was reached (节点完成).

    milestone — 节点 — slug
    planned_on — 计划日期 — as planned when it was reached
    evidence — 佐证 — SHA-256 (hex) of attachments
    note — 说明 — (sealed)
    """

    name: ClassVar[str] = "milestone-reached.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    milestone: str
    planned_on: str = ""
    evidence: tuple[str, ...] = ()
