"""The state of a case: its facts, and what else decisions need."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import astuple

from casework.law.cases.facts import FACTS, OPEN_STATUSES, Facts

OPEN: frozenset[str] = frozenset(OPEN_STATUSES)
_FACTS = len(FACTS)


class Moment(Struct, frozen=True, gc=False):
    """When something happened.

    at — 时刻 — instant; '' when only a local date is known
    on — 日期 — county-local date
    """

    at: str = ""
    on: str = ""

    def is_after(self, at: str, on: str) -> bool:
        """Whether this lies after (`at`, `on`): by instant where both are known, else by local date."""
        return self.at > at if self.at and at else self.on > on


class Holder(Struct, frozen=True, kw_only=True, gc=False):
    """Who has the case on the desk.

    role — 身份 — lead or co
    unit — 单位 — unit code
    cadre — 干部 — `cadre/<id>`; '' when only the unit is named
    since_at — 自何时 — instant; '' when only a date is known
    since_on — 自何日 — county-local date
    """

    role: str
    unit: str
    cadre: str
    since_at: str
    since_on: str


class Tenure(Struct, frozen=True, gc=False):
    """From when a unit, and where named a cadre, led the case; '' and '' when nobody did.

    since — 自何时 — moment from which it holds
    unit — 主办单位 — unit code
    lead — 主办干部 — `cadre/<id>`
    """

    since: Moment
    unit: str = ""
    lead: str = ""


class Pending(Struct, frozen=True, gc=False):
    """A request that waits for somebody else's answer; a case has one at a time.

    what — 事项 — return, transfer or extension
    actor — 录入人 — who entered it
    counts_for — 申请人 — whose request it is
    to_unit — 拟转单位 — of a transfer
    due — 申请期限 — instant asked for, of an extension
    due_on — 申请期限日期 — its local date
    """

    what: str
    actor: str
    counts_for: str
    to_unit: str = ""
    due: str = ""
    due_on: str = ""


class Submission(Struct, frozen=True, gc=False):
    """The last resolution submitted in this round.

    at — 时刻 — when it was submitted
    actor — 录入人 — who entered it
    counts_for — 提交人 — whose submission it is
    outcome — 对应结果 — solved, explained or not_solved
    timeliness — 是否按时 — against the due instant in force then
    """

    at: Moment
    actor: str
    counts_for: str
    outcome: str
    timeliness: str


class CaseState(Facts, frozen=True, kw_only=True, gc=False):
    """The facts first (inherited), then what the law remembers beside them.

    number — 编号 — case number
    rev — 修订号 — revision of the last entry; -1 before the first
    effective_on — 生效日期 — the latest `occurred_on` of the stream so far
    resident — 群众代号 — who asked; '' when anonymous
    brought_by — 上报人 — who brought it in the role of a reporter; '' when registered in another role
    registered — 登记时刻 — when it was brought
    dispatched — 首次派单时刻 — the first dispatch: response is measured from here
    received — 本单位接单时刻 — when its dispatch to the unit was entered: the return window runs from here
    reached — 首次联系时刻 — the earliest contact that reached the resident, by instant
    due — 办理期限 — instant in force; '' without
    due_basis — 期限依据 — of that instant
    due_days — 办理天数 — calendar days the category granted at acceptance
    due_passed — 已记超期的期限 — the due instant whose passing the clock has recorded
    co_handlers — 协办 — who handles it together with the lead
    tenures — 主办沿革 — who led since when, in the order of the log
    rounds — 各轮起点 — when each round began
    pending — 待审申请 — the request that waits for an answer
    return_final — 退单终审 — no further return may be asked for in this round
    returns_in_round — 本轮退单次数 — approved returns
    extensions_in_round — 本轮延期次数 — granted extensions
    paused_in_round — 本轮暂停秒数 — seconds for which officers let the clock stand still
    acted — 本轮有办理记录 — an action occurred in this round
    evidenced — 本轮有佐证 — an action of this round has attachments
    touched — 经手人 — everyone for whom an act from the field counts
    stopped — 停表时刻 — since when the clock stands still (paused or parked)
    stopped_by — 停表角色 — role of who paused it
    level — 升级级别 — 0 and up
    milestones — 节点计划 — milestone → date planned
    milestones_reached — 已完成节点 — milestones reached
    submission — 办结提交 — last resolution submitted in this round
    called — 本轮已回访 — a callback of this round reached the resident
    attempts — 本轮回访次数 — callbacks of this round
    unreached — 本轮未接通次数 — callbacks of this round that reached nobody
    said_no — 本轮群众称未解决 — a callback of this round said that it is not solved
    closed — 办结时刻 — when it ended
    merged_into — 并入 — stream of the case it goes on in
    absorbed — 被并办件 — streams of the cases merged into it
    before_merge — 并单前状态 — status to which unmerging restores it
    row_hash — 行摘要 — digest of the ledger's row
    published — 台账所载是否按时 — what the ledger itself says
    receipt_unit — 回执经手单位 — unit of who registered it or last issued its receipt; '' for none
    data_requests — 待答复的个人信息请求 — correction, erasure, copy, in the order asked
    no_messages — 不接收消息 — whoever asked wants to be sent none
    """

    number: str = ""
    rev: int = -1
    effective_on: str = ""
    resident: str = ""
    brought_by: str = ""
    registered: Moment = Moment()
    dispatched: Moment = Moment()
    received: Moment = Moment()
    reached: str = ""
    due: str = ""
    due_basis: str = ""
    due_days: int = 0
    due_passed: str = ""
    co_handlers: tuple[Holder, ...] = ()
    tenures: tuple[Tenure, ...] = ()
    rounds: tuple[Moment, ...] = ()
    pending: Pending | None = None
    return_final: bool = False
    returns_in_round: int = 0
    extensions_in_round: int = 0
    paused_in_round: int = 0
    acted: bool = False
    evidenced: bool = False
    touched: frozenset[str] = frozenset()
    stopped: Moment | None = None
    stopped_by: str = ""
    level: int = 0
    milestones: tuple[tuple[str, str], ...] = ()
    milestones_reached: frozenset[str] = frozenset()
    submission: Submission | None = None
    called: bool = False
    attempts: int = 0
    unreached: int = 0
    said_no: bool = False
    closed: Moment = Moment()
    merged_into: str = ""
    absorbed: tuple[str, ...] = ()
    before_merge: str = ""
    row_hash: str = ""
    published: str = ""
    receipt_unit: str = ""
    data_requests: tuple[str, ...] = ()
    no_messages: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it still has to be worked on."""
        return self.status in OPEN


def facts_of(state: CaseState) -> tuple[str | int, ...]:
    """The facts alone, aligned with `FACTS`."""
    return astuple(state)[:_FACTS]


def holders(state: CaseState) -> tuple[Holder, ...]:
    """Who has it on the desk now, the lead first; nobody once it is not open."""
    if state.status not in OPEN or not state.unit:
        return ()
    since = state.tenures[-1].since if state.tenures else state.registered
    lead = Holder(role="lead", unit=state.unit, cadre=state.lead, since_at=since.at, since_on=since.on)
    return (lead, *state.co_handlers)


def asker(stream: str, state: CaseState) -> str:
    """As whom the holder of the receipt acts: who asked; of an anonymous case nobody but whoever holds it."""
    return state.resident or f"resident/{stream.partition('/')[2]}"


def held_at(state: CaseState, at: str, on: str) -> tuple[str, str]:
    """Unit and cadre who led at that moment; '' and '' when nobody did."""
    for tenure in reversed(state.tenures):
        if not tenure.since.is_after(at, on):
            return tenure.unit, tenure.lead
    return "", ""


def round_at(state: CaseState, at: str, on: str) -> int:
    """The round in which that moment lies; what comes before registration belongs to the first."""
    for index in range(len(state.rounds) - 1, 0, -1):
        if not state.rounds[index].is_after(at, on):
            return index + 1
    return 1


def before_registration(state: CaseState, at: str, on: str) -> bool:
    """Whether that moment lies before the case was brought."""
    return state.registered.is_after(at, on)
