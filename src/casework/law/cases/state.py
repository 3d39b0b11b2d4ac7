"""The state of a case: its facts, and what else decisions need."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import astuple

from casework.law import members as m
from casework.law.cases.facts import FACTS, OPEN_STATUSES, Facts
from casework.text import meaning

OPEN: frozenset[str] = frozenset(OPEN_STATUSES)
_FACTS = len(FACTS)


class Moment(Struct, frozen=True, gc=False):
    """When something happened."""

    at: Annotated[str, meaning("时刻", "instant; '' when only a local date is known")] = ""
    on: Annotated[str, meaning("日期", "county-local date")] = ""

    def is_after(self, at: str, on: str) -> bool:
        """Whether this lies after (`at`, `on`): by instant where both are known, else by local date."""
        return self.at > at if self.at and at else self.on > on


class Holder(Struct, frozen=True, kw_only=True, gc=False):
    """Who has the case on the desk."""

    role: Annotated[str, meaning("身份", "lead or co")]
    unit: m.Unit[str]
    cadre: Annotated[str, meaning("干部", "`cadre/<id>`; '' when only the unit is named")]
    since_at: Annotated[str, meaning("自何时", "instant; '' when only a date is known")]
    since_on: Annotated[str, meaning("自何日", "county-local date")]


class Tenure(Struct, frozen=True, gc=False):
    """From when a unit, and where named a cadre, led the case; '' and '' when nobody did."""

    since: Annotated[Moment, meaning("自何时", "moment from which it holds")]
    unit: Annotated[str, meaning("主办单位", "unit code")] = ""
    lead: Annotated[str, meaning("主办干部", "`cadre/<id>`")] = ""


class Pending(Struct, frozen=True, gc=False):
    """A request that waits for somebody else's answer; a case has one at a time."""

    what: Annotated[str, meaning("事项", "return, transfer or extension")]
    actor: Annotated[str, meaning("录入人", "who entered it")]
    counts_for: Annotated[str, meaning("申请人", "whose request it is")]
    to_unit: Annotated[str, meaning("拟转单位", "of a transfer")] = ""
    due: Annotated[str, meaning("申请期限", "instant asked for, of an extension")] = ""
    due_on: Annotated[str, meaning("申请期限日期", "its local date")] = ""


class Submission(Struct, frozen=True, gc=False):
    """The last resolution submitted in this round."""

    at: Annotated[Moment, meaning("时刻", "when it was submitted")]
    actor: Annotated[str, meaning("录入人", "who entered it")]
    counts_for: Annotated[str, meaning("提交人", "whose submission it is")]
    outcome: Annotated[str, meaning("对应结果", "solved, explained or not_solved")]
    timeliness: Annotated[str, meaning("是否按时", "against the due instant in force then")]


class CaseState(Facts, frozen=True, kw_only=True, gc=False):
    """The facts first (inherited), then what the law remembers beside them."""

    number: Annotated[str, meaning("编号", "case number")] = ""
    rev: m.Rev[int] = -1
    effective_on: m.EffectiveOn[str] = ""
    resident: Annotated[str, meaning("群众代号", "who asked; '' when anonymous")] = ""
    brought_by: Annotated[
        str, meaning("上报人", "who brought it in the role of a reporter; '' when registered in another role")
    ] = ""
    registered: Annotated[Moment, meaning("登记时刻", "when it was brought")] = Moment()
    dispatched: Annotated[Moment, meaning("首次派单时刻", "the first dispatch: response is measured from here")] = (
        Moment()
    )
    received: Annotated[
        Moment, meaning("本单位接单时刻", "when its dispatch to the unit was entered: the return window runs from here")
    ] = Moment()
    reached: Annotated[str, meaning("首次联系时刻", "the earliest contact that reached the resident, by instant")] = ""
    due: Annotated[str, meaning("办理期限", "instant in force; '' without")] = ""
    due_basis: Annotated[str, meaning("期限依据", "of that instant")] = ""
    due_days: Annotated[int, meaning("办理天数", "calendar days the category granted at acceptance")] = 0
    due_passed: Annotated[str, meaning("已记超期的期限", "the due instant whose passing the clock has recorded")] = ""
    co_handlers: Annotated[tuple[Holder, ...], meaning("协办", "who handles it together with the lead")] = ()
    tenures: Annotated[tuple[Tenure, ...], meaning("主办沿革", "who led since when, in the order of the log")] = ()
    rounds: Annotated[tuple[Moment, ...], meaning("各轮起点", "when each round began")] = ()
    pending: Annotated[Pending | None, meaning("待审申请", "the request that waits for an answer")] = None
    return_final: Annotated[bool, meaning("退单终审", "no further return may be asked for in this round")] = False
    returns_in_round: Annotated[int, meaning("本轮退单次数", "approved returns")] = 0
    extensions_in_round: Annotated[int, meaning("本轮延期次数", "granted extensions")] = 0
    paused_in_round: Annotated[int, meaning("本轮暂停秒数", "seconds for which officers let the clock stand still")] = 0
    acted: Annotated[bool, meaning("本轮有办理记录", "an action occurred in this round")] = False
    evidenced: Annotated[bool, meaning("本轮有佐证", "an action of this round has attachments")] = False
    touched: Annotated[frozenset[str], meaning("经手人", "everyone for whom an act from the field counts")] = (
        frozenset()
    )
    stopped: Annotated[Moment | None, meaning("停表时刻", "since when the clock stands still (paused or parked)")] = (
        None
    )
    stopped_by: Annotated[str, meaning("停表角色", "role of who paused it")] = ""
    level: Annotated[int, meaning("升级级别", "0 and up")] = 0
    milestones: Annotated[tuple[tuple[str, str], ...], meaning("节点计划", "milestone → date planned")] = ()
    milestones_reached: Annotated[frozenset[str], meaning("已完成节点", "milestones reached")] = frozenset()
    submission: Annotated[Submission | None, meaning("办结提交", "last resolution submitted in this round")] = None
    called: Annotated[bool, meaning("本轮已回访", "a callback of this round reached the resident")] = False
    attempts: Annotated[int, meaning("本轮回访次数", "callbacks of this round")] = 0
    unreached: Annotated[int, meaning("本轮未接通次数", "callbacks of this round that reached nobody")] = 0
    said_no: Annotated[bool, meaning("本轮群众称未解决", "a callback of this round said that it is not solved")] = False
    closed: Annotated[Moment, meaning("办结时刻", "when it ended")] = Moment()
    merged_into: Annotated[str, meaning("并入", "stream of the case it goes on in")] = ""
    absorbed: Annotated[tuple[str, ...], meaning("被并办件", "streams of the cases merged into it")] = ()
    before_merge: Annotated[str, meaning("并单前状态", "status to which unmerging restores it")] = ""
    row_hash: Annotated[str, meaning("行摘要", "digest of the ledger's row")] = ""
    published: Annotated[str, meaning("台账所载是否按时", "what the ledger itself says")] = ""
    receipt_unit: Annotated[
        str, meaning("回执经手单位", "unit that registered it or last issued its receipt; '' for none")
    ] = ""
    data_requests: Annotated[
        tuple[str, ...], meaning("待答复的个人信息请求", "correction, erasure, copy, in the order asked")
    ] = ()
    no_messages: Annotated[bool, meaning("不接收消息", "the resident who asked wants none")] = False

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
    """As whom the holder of the receipt acts: the resident who asked; of an anonymous case an id of the case."""
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
