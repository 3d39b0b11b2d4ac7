"""What can happen to a case: the stored vocabulary.

Each class docstring documents every member as `member — 中文 — meaning (unit)`; a test holds them complete.
`name` is stored forever: rename the class freely, never the name. Instants are UTC `YYYY-MM-DDTHH:MM:SS.mmmZ`,
dates county-local `YYYY-MM-DD`, codes English slugs. Who, when and in which role stand in the envelope.
"""

from __future__ import annotations

from typing import ClassVar

from casework.case.history import Event


class CoHandler(Event, frozen=True, kw_only=True):
    """A unit, and where named its cadre, that handles a case together with the lead (协办).

    unit — 协办单位 — unit code
    cadre — 协办干部 — `cadre/<id>`; '' when only the unit is named
    """

    unit: str
    cadre: str = ""


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


class ExtensionRequested(Event, frozen=True, kw_only=True):
    """The lead asks for more time, before the due instant (延期申请).

    due — 申请期限 — instant asked for
    due_on — 申请期限日期 — its local date
    reason — 理由代码 — weather, material, coordination, resident, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-requested.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    due: str
    due_on: str
    reason: str


class ExtensionGranted(Event, frozen=True, kw_only=True):
    """More time was granted (同意延期).

    due — 新期限 — instant in force from here
    due_on — 新期限日期 — its local date
    due_before — 原期限 — instant in force until here
    """

    name: ClassVar[str] = "extension-granted.v1"
    due: str
    due_on: str
    due_before: str = ""


class ExtensionRefused(Event, frozen=True, kw_only=True):
    """The due instant stays (不同意延期).

    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "extension-refused.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})


class ClockPaused(Event, frozen=True, kw_only=True):
    """The handling clock stands still (暂停计时).

    reason — 理由代码 — awaiting_resident, force_majeure, court, other
    """

    name: ClassVar[str] = "clock-paused.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


class ClockResumed(Event, frozen=True, kw_only=True):
    """The handling clock runs on; the due instant moves by the pause (恢复计时).

    paused_seconds — 暂停时长 — seconds
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    """

    name: ClassVar[str] = "clock-resumed.v1"
    paused_seconds: int
    due: str = ""
    due_on: str = ""


class CaseParked(Event, frozen=True, kw_only=True):
    """A hard case put on the shelf of hard cases, with a plan (挂账).

    reason — 理由类别 — funding, policy, ownership, court, season, other
    review_on — 复核日期 — when it must be looked at again
    plan — 计划 — (sealed)
    """

    name: ClassVar[str] = "case-parked.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"plan"})
    reason: str
    review_on: str


class ParkReviewed(Event, frozen=True, kw_only=True):
    """A parked case was looked at again and stays parked (挂账复核).

    review_on — 下次复核日期 — next date
    note — 复核意见 — (sealed)
    """

    name: ClassVar[str] = "park-reviewed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    review_on: str


class CaseUnparked(Event, frozen=True, kw_only=True):
    """Taken from the shelf; handling goes on (销账续办).

    paused_seconds — 挂账时长 — seconds
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    """

    name: ClassVar[str] = "case-unparked.v1"
    paused_seconds: int = 0
    due: str = ""
    due_on: str = ""


class ReminderSent(Event, frozen=True, kw_only=True):
    """A supervisor urged the unit on (催办).

    unit — 被催单位 — unit code
    note — 催办内容 — (sealed)
    """

    name: ClassVar[str] = "reminder-sent.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    unit: str = ""


class SupervisionOpened(Event, frozen=True, kw_only=True):
    """A supervisor watches the case until it is answered for (督办).

    reply_due_on — 反馈期限 — date by which the unit must reply
    note — 督办要求 — (sealed)
    """

    name: ClassVar[str] = "supervision-opened.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reply_due_on: str


class SupervisionReplied(Event, frozen=True, kw_only=True):
    """The unit answered the supervisor (督办反馈).

    note — 反馈内容 — (sealed)
    """

    name: ClassVar[str] = "supervision-replied.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class SupervisionClosed(Event, frozen=True, kw_only=True):
    """The supervisor is satisfied (督办办结).

    note — 意见 — (sealed)
    """

    name: ClassVar[str] = "supervision-closed.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class CaseEscalated(Event, frozen=True, kw_only=True):
    """Brought before a higher level (升级).

    level — 级别 — 1 and up
    to — 升级对象 — unit code or role
    trigger — 触发 — overdue, reopened, person
    """

    name: ClassVar[str] = "case-escalated.v1"
    level: int
    to: str = ""
    trigger: str = "person"


class DuePassed(Event, frozen=True, kw_only=True):
    """The due instant passed while the case was open; written by the clock (超期).

    due — 办理期限 — the instant that passed
    due_on — 期限日期 — its local date
    round — 轮次 — round in which it passed
    held_by — 当时主办干部 — who led at that instant
    held_unit — 当时主办单位 — unit that led at that instant
    """

    name: ClassVar[str] = "due-passed.v1"
    due: str
    due_on: str
    round: int = 1
    held_by: str = ""
    held_unit: str = ""


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


class ResolutionSubmitted(Event, frozen=True, kw_only=True):
    """The officer says that it is done (提交办结).

    result — 办理结果代码 — solved, explained, partly_solved, not_solved, or a code of the category
    outcome — 对应结果 — outcome the result maps to: solved, explained or not_solved
    beneficiaries — 实际受益人数 — people helped
    timeliness — 是否按时 — on_time, late or no_due: submit time against the due instant in force
    due — 办理期限 — the due instant it was measured against; '' without
    due_basis — 期限依据 — of that instant
    evidence — 佐证 — SHA-256 (hex) of attachments
    answer — 办理答复 — what was done, in words (sealed)
    """

    name: ClassVar[str] = "resolution-submitted.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"beneficiaries"})
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})
    result: str
    outcome: str
    beneficiaries: int = 0
    timeliness: str = "no_due"
    due: str = ""
    due_basis: str = ""
    evidence: tuple[str, ...] = ()


class ResolutionApproved(Event, frozen=True, kw_only=True):
    """A reviewer other than the submitter agrees (审核通过).

    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "resolution-approved.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})


class ResolutionSentBack(Event, frozen=True, kw_only=True):
    """A reviewer sends it back to be done properly (审核退回).

    reason — 理由代码 — no_evidence, incomplete, wrong_result, other
    note — 审核意见 — (sealed)
    """

    name: ClassVar[str] = "resolution-sent-back.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reason: str


class CallbackRecorded(Event, frozen=True, kw_only=True):
    """A caller outside the handling unit asked the resident, or the resident came and said so (回访).

    reached — 是否接通 — an attempt that reached nobody is recorded too
    solved — 是否解决 — yes, no, or '' when not said
    satisfaction — 满意度 — 1 … 5; 0 when not said
    attempt — 第几次 — 1 and up, within the round
    note — 回访情况 — (sealed)
    """

    name: ClassVar[str] = "callback-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"satisfaction", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    reached: bool
    solved: str = ""
    satisfaction: int = 0
    attempt: int = 1


class CaseClosed(Event, frozen=True, kw_only=True):
    """The case is closed (办结).

    outcome — 结果 — solved, explained or not_solved
    basis — 办结依据 — callback, waived or attempts_exhausted
    waiver — 免回访理由 — code, when waived
    override — 否决理由 — code, when `solved` stands against the resident's word by a named person
    timeliness — 是否按时 — on_time, late or no_due, of the approved submission
    """

    name: ClassVar[str] = "case-closed.v1"
    outcome: str
    basis: str
    waiver: str = ""
    override: str = ""
    timeliness: str = "no_due"


class CaseReopened(Event, frozen=True, kw_only=True):
    """The case is taken up again (重办).

    to — 去向 — same_unit (back to the unit) or dispatch (back to be dispatched)
    reason — 理由类别 — not_solved, came_back, false_closing, appeal, other
    round — 轮次 — the new round
    override — 越期理由 — code, when after the window by a supervisor
    due — 办理期限 — instant in force from here; '' without
    due_on — 期限日期 — its local date
    due_basis — 期限依据 — stated or calendar_days
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "case-reopened.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    to: str
    reason: str
    round: int
    override: str = ""
    due: str = ""
    due_on: str = ""
    due_basis: str = ""


class CaseWithdrawn(Event, frozen=True, kw_only=True):
    """The resident took it back (撤单).

    on_word_of — 依据 — resident (did it themselves) or told (on their word)
    reason — 理由代码 — settled, mistake, no_longer_wanted, other
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "case-withdrawn.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    on_word_of: str
    reason: str


class CaseArchived(Event, frozen=True, kw_only=True):
    """Put into the archive; only facts from the field, corrections and erasure still reach it (归档)."""

    name: ClassVar[str] = "case-archived.v1"


class CaseVoided(Event, frozen=True, kw_only=True):
    """Registered in error; counts nowhere but there (登记有误).

    reason — 理由代码 — test_entry, typed_twice, wrong_county, other
    """

    name: ClassVar[str] = "case-registered-in-error.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"reason"})
    reason: str


class ConfidentialityChanged(Event, frozen=True, kw_only=True):
    """Who may see it changed (变更密级).

    level — 密级 — public, internal, confidential or secret
    before — 原密级 — until now
    basis — 依据代码 — resident_asked, minor, petition_secrecy, security, declassified, other
    """

    name: ClassVar[str] = "confidentiality-changed.v1"
    level: str
    before: str
    basis: str


class RecordCorrected(Event, frozen=True, kw_only=True):
    """A recorded value was wrong; nothing is edited, this says what it should have been (更正).

    stream — 所更正的流 — stream of the entry it cites (this one)
    rev — 所更正的记录 — revision of that entry in its stream
    member — 所更正的项 — a correctable member of that event, or `occurred`, `occurred_on`
    value — 更正后的值 — text, whole number or yes/no, of the member's own type
    value_before — 更正前的值 — the value in force until now
    reason — 理由代码 — typing_error, wrong_place, wrong_date, checked_on_site, ledger_changed, other
    along — 随同更正 — follows from the correction it was entered with, and is not counted by itself
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "record-corrected.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"value"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    stream: str
    rev: int
    member: str
    value: str | int | bool
    value_before: str | int | bool
    reason: str
    along: bool = False


class InformationAdded(Event, frozen=True, kw_only=True):
    """Whoever asked, or an office on their word, added to what was asked (补充情况).

    evidence — 佐证 — SHA-256 (hex) of attachments
    details — 补充内容 — in words (sealed)
    """

    name: ClassVar[str] = "information-added.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"details"})
    evidence: tuple[str, ...] = ()


class DataRequestMade(Event, frozen=True, kw_only=True):
    """Whoever asked wants their personal data corrected, erased, or a copy of it (个人信息请求).

    what — 事项 — correction, erasure or copy
    details — 说明 — in words (sealed)
    """

    name: ClassVar[str] = "data-request-made.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"details"})
    what: str


class DataRequestAnswered(Event, frozen=True, kw_only=True):
    """The privacy officer answered such a request (答复个人信息请求).

    what — 事项 — correction, erasure or copy
    result — 结果 — done, partly or refused
    explanation — 答复 — what the resident is told (sealed)
    """

    name: ClassVar[str] = "data-request-answered.v1"
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    what: str
    result: str


class ReceiptIssued(Event, frozen=True, kw_only=True):
    """A new secret was handed out for the case; the one before it opens nothing more (补发回执).

    reason — 理由代码 — lost, exposed or first
    """

    name: ClassVar[str] = "receipt-issued.v1"
    reason: str


class MessagesChosen(Event, frozen=True, kw_only=True):
    """Whoever asked said whether they want to be sent messages about the case (消息意愿).

    wanted — 是否接收 — false: none is sent from here on
    """

    name: ClassVar[str] = "messages-chosen.v1"
    wanted: bool


class LedgerCaseRecorded(Event, frozen=True, kw_only=True):
    """A ledger states this case (台账登记).

    number — 编号 — our own number
    external_ref — 外部编号 — `<ledger>:<row id>`, claimed once
    row_hash — 行摘要 — keyed digest of the row as read; tells whether a later import brings something else
    kind — 种类 — matter or difficulty
    category — 类别 — slug of the ledger's code
    topic — 主题 — slug of the ledger's finer code
    channel — 渠道 — slug of the ledger's source
    area — 地点 — slug of the ledger's place; blank stays ''
    township — 乡镇 — township of the place; blank stays ''
    unit — 主办单位 — slug of the ledger's unit; '' when it has none
    urgency — 紧急程度 — as stated
    confidentiality — 密级 — as mapped
    due — 办理期限 — instant; '' when the ledger has none
    due_on — 期限日期 — its local date
    due_basis — 期限依据 — ledger
    labels — 台账原文 — the ledger's own words for its channel and topic codes: member → words
    summary — 摘要 — (sealed)
    details — 详情 — (sealed)
    address — 详细地址 — (sealed)
    coordinates — 坐标 — (sealed)
    """

    name: ClassVar[str] = "ledger-case-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset(
        {
            "kind",
            "category",
            "topic",
            "channel",
            "area",
            "township",
            "unit",
            "urgency",
            "due",
            "due_on",
            "occurred",
            "occurred_on",
        }
    )
    restamped: ClassVar[frozenset[str]] = frozenset({"due_basis"})
    sealed: ClassVar[frozenset[str]] = frozenset({"summary", "details", "address", "coordinates"})

    number: str
    external_ref: str
    row_hash: str = ""
    kind: str = "difficulty"
    category: str = ""
    topic: str = ""
    channel: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    urgency: str = "normal"
    confidentiality: str = "internal"
    due: str = ""
    due_on: str = ""
    due_basis: str = ""
    labels: dict[str, str] = {}


class LedgerClosingRecorded(Event, frozen=True, kw_only=True):
    """A ledger states that the case was closed (台账办结).

    outcome — 结果 — as the map says; unstated otherwise
    reason — 办结原因代码 — slug of the ledger's code
    timeliness — 是否按时 — computed from the closing's time against the due instant
    published — 台账所载是否按时 — what the ledger itself says: on_time, late or ''
    labels — 台账原文 — the ledger's own words for its reason code: member → words
    answer — 办理答复 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-closing-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"outcome", "reason", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"answer"})
    outcome: str = "unstated"
    reason: str = ""
    timeliness: str = "no_due"
    published: str = ""
    labels: dict[str, str] = {}


class LedgerActionRecorded(Event, frozen=True, kw_only=True):
    """A ledger states an action (台账办理记录).

    action — 办理方式 — slug of the ledger's code
    labels — 台账原文 — the ledger's own words for its action code: member → words
    note — 办理情况 — the ledger's words (sealed)
    """

    name: ClassVar[str] = "ledger-action-recorded.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"action", "occurred", "occurred_on"})
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})
    action: str
    labels: dict[str, str] = {}


CASE_EVENTS: dict[str, type[Event]] = {
    event.name: event
    for event in (
        CaseRegistered, CaseAccepted, CaseRejected, CaseMerged, CaseAbsorbed, CaseUnmerged, CaseReleased,
        CaseDispatched, CaseAcknowledged, ReturnRequested, ReturnApproved, ReturnRefused, OfficerAssigned,
        TransferRequested, TransferAccepted, TransferRefused, CoHandlerAdded, CoHandlerRemoved,
        ActionLogged, ResidentContacted, ExtensionRequested, ExtensionGranted, ExtensionRefused,
        ClockPaused, ClockResumed, CaseParked, ParkReviewed, CaseUnparked, ReminderSent,
        SupervisionOpened, SupervisionReplied, SupervisionClosed, CaseEscalated, DuePassed,
        MilestonePlanned, MilestoneReached, ResolutionSubmitted, ResolutionApproved, ResolutionSentBack,
        CallbackRecorded, CaseClosed, CaseReopened, CaseWithdrawn, CaseArchived, CaseVoided,
        InformationAdded, DataRequestMade, DataRequestAnswered, ReceiptIssued, MessagesChosen,
        ConfidentialityChanged, RecordCorrected, LedgerCaseRecorded, LedgerClosingRecorded, LedgerActionRecorded,
    )
}  # fmt: skip
