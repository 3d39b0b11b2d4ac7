"""What the holder of a receipt is shown of their case.

No cadre is named, nothing internal is told, and nothing of what was asked: a slip of paper may be found by anybody. Of
a case that is confidential there is only how it stands.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from casework.application.access.actor import WITHIN, Actor, Visit
from casework.application.access.reading_note import note, unsealed
from casework.application.access.receipts import ShownReceipt
from casework.application.access.visibility_table import CLOSED
from casework.application.runtime.runtime import County, Runtime
from casework.law.cases.accepting import CaseAccepted, CaseRejected
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.archiving import CaseArchived
from casework.law.cases.calling_back import CallbackRecorded
from casework.law.cases.closing import CaseClosed
from casework.law.cases.deadlines import days_after
from casework.law.cases.dispatching import CaseAcknowledged, CaseDispatched
from casework.law.cases.extending import ExtensionGranted
from casework.law.cases.facts import OUTCOMES
from casework.law.cases.ledger import LedgerCaseRecorded, LedgerClosingRecorded
from casework.law.cases.merging import CaseMerged, CaseUnmerged
from casework.law.cases.parking import CaseParked, CaseUnparked
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.reopening import CaseReopened
from casework.law.cases.residents import (
    DataRequestAnswered,
    DataRequestMade,
    InformationAdded,
    MessagesChosen,
    ReceiptIssued,
)
from casework.law.cases.resolving import ResolutionApproved, ResolutionSubmitted
from casework.law.cases.transferring import TransferAccepted
from casework.law.cases.voiding import CaseVoided
from casework.law.cases.withdrawing import CaseWithdrawn
from casework.law.lifecycle import LIFECYCLE
from casework.log import codec
from casework.log.entry import Entry
from casework.seal.sealing import Tombstone
from casework.text import Text

STATUSES: dict[str, Text] = {
    "registered": Text("已登记，等待受理", "registered; it is being looked at"),
    "accepted": Text("已受理，正在派单", "accepted; it is on its way to a unit"),
    "dispatched": Text("已交承办单位", "with the unit that must handle it"),
    "in_progress": Text("正在办理", "being handled"),
    "parked": Text(
        "暂时难以解决，已列入计划，将定期复核", "cannot be solved for now; it is planned, and looked at again"
    ),
    "resolved": Text("承办单位报告已办理，正在审核", "reported as done; it is being reviewed"),
    "callback": Text("已办理，请您确认结果", "done: please say whether it is solved"),
    "closed": Text("已办结", "closed"),
    "rejected": Text("不予受理", "not taken up"),
    "merged": Text("与同类诉求合并办理", "handled together with another request of the same kind"),
    "withdrawn": Text("已撤回", "taken back"),
    "archived": Text("已归档", "in the archive"),
}
_OUTCOMES: dict[str, str] = {"solved": "solved", "explained": "explained", "not_solved": "not solved"}
_DATA: dict[str, Text] = {
    "correction": Text("更正个人信息", "correction of personal data"),
    "erasure": Text("删除个人信息", "erasure of personal data"),
    "copy": Text("复制个人信息", "a copy of personal data"),
}
_RESULTS = {
    "done": Text("已办", "done"),
    "partly": Text("部分办理", "done in part"),
    "refused": Text("未予办理", "refused"),
}
#: act → the command that it is, in the order in which they are offered
ACTS: dict[str, str] = {
    "result": "record-callback",
    "reopening": "reopen-case",
    "information": "add-information",
    "withdrawal": "withdraw-case",
    "data-requests": "ask-about-data",
    "messages": "choose-messages",
}


class Happened(Struct, frozen=True):
    """One thing that happened, on a county-local day; `answer` is what the resident was told."""

    on: str
    zh: str
    en: str
    answer: str = ""


class PublicCase(Struct, frozen=True, kw_only=True):
    """A case as its receipt shows it.

    status, zh, en  how it stands: the code, and in words
    outcome         how it ended; '' while it has not, or where that is not told
    unit            name of the unit that handles it; '' for none yet
    due_on          day by which it is to be done; '' where none is set
    may             what can be done with the receipt now
    reopen_until    last day on which it can be taken up again; '' where it cannot
    data_requests   requests about personal data that are not answered yet
    messages        whether messages about it are sent
    """

    number: str
    status: str
    zh: str
    en: str
    outcome: str = ""
    registered_on: str
    closed_on: str = ""
    due_on: str = ""
    category: str = ""
    unit: str = ""
    happened: list[Happened]
    may: list[str]
    reopen_until: str = ""
    data_requests: list[str]
    messages: bool


def public_case(runtime: Runtime, held: ShownReceipt, visit: Visit = WITHIN) -> PublicCase:
    """What the receipt shows; where it shows what was answered, the access ledger has that it was read, and how."""
    state, log = held.state, held.log
    closed = state.confidentiality in CLOSED
    status = STATUSES[state.status]
    county = runtime.county(log)
    roster, policy = county.roster, county.state.policy
    until = days_after(state.closed_on, policy.reopen_window_days) if state.status in ("closed", "rejected") else ""
    may = [act for act, command in ACTS.items() if state.status in LIFECYCLE[command].states]
    if (until and until < county.today) or state.outcome == "registered_in_error":
        may = [act for act in may if act != "reopening"]
        until = ""
    return PublicCase(
        number=state.number,
        status=state.status,
        zh=status.zh,
        en=status.en,
        outcome="" if closed or state.outcome not in _OUTCOMES else state.outcome,
        registered_on=state.registered_on,
        closed_on=state.closed_on,
        due_on="" if closed or not state.is_open else state.due_on,
        category="" if closed else roster.labels("category").get(state.category, ""),
        unit="" if closed else roster.labels("unit").get(state.unit, ""),
        happened=[] if closed else _story(runtime, county, held, visit),
        may=may,
        reopen_until=until,
        data_requests=list(state.data_requests),
        messages=not state.no_messages,
    )


def _story(runtime: Runtime, county: County, held: ShownReceipt, visit: Visit) -> list[Happened]:
    """What happened, in the order of the log, as far as it is told; of an answer only what was reviewed."""
    units = county.roster.labels("unit")
    told: list[Happened] = []
    answers: dict[int, str] = {}
    submitted: Entry | None = None
    shown: list[Entry] = []
    listed: list[tuple[str, Text, Entry | None]] = []
    for entry in held.entries:
        recorded = codec.recorded(entry)
        event = recorded.event
        if isinstance(event, ResolutionSubmitted):
            submitted = entry
            continue
        words = _WORDS.get(type(event))
        said = words(event, units) if words else None
        if said is None:
            continue
        of = submitted if isinstance(event, ResolutionApproved) else entry if isinstance(event, _ANSWERING) else None
        listed.append((recorded.occurred_on, said, of))
        shown += [of] if of is not None else []
    for seq, parts in unsealed(runtime, held.log, shown).items():
        text = next((parts[name] for name in ("answer", "explanation") if name in parts), None)
        answers[seq] = "" if text is None or isinstance(text, Tombstone) else str(text)
    if any(answers.values()):
        note(runtime, county, Actor(held.actor, "resident", visit=visit), "receipt", held.stream)
    for on, said, of in listed:
        told.append(Happened(on, said.zh, said.en, answers.get(of.seq, "") if of is not None else ""))
    return told


#: events whose sealed text is what the resident was told
_ANSWERING = (CaseRejected, DataRequestAnswered, LedgerClosingRecorded)
Units = dict[str, str]
Words = Callable[[Any, Units], Text | None]


def _phrase(zh: str, en: str) -> Words:
    """The words, with members of the event where they stand as `{.member}`."""
    return lambda event, units: Text(zh.format(event), en.format(event))


def _with_unit(zh: str, en: str, member: str) -> Words:
    def said(event: Any, units: Units) -> Text:
        unit = units.get(getattr(event, member), "")
        return Text(zh.format(unit or "承办单位"), en.format(unit or "a unit"))

    return said


def _closed(event: Any, units: Units) -> Text:
    if event.outcome not in _OUTCOMES:
        return Text("已办结", "closed")
    return Text(f"已办结：{OUTCOMES[event.outcome]}", f"closed: {_OUTCOMES[event.outcome]}")


def _called(event: Any, units: Units) -> Text:
    if not event.reached:
        return Text("回访未接通", "somebody called to ask how it went, and reached nobody")
    said = {
        "yes": Text("您确认已解决", "you said that it is solved"),
        "no": Text("您反映未解决", "you said that it is not solved"),
    }
    return said.get(event.solved, Text("已回访", "you were asked how it went"))


def _reached(event: Any, units: Units) -> Text | None:
    return Text("工作人员与您联系", "somebody spoke with you") if event.reached else None


def _data_asked(event: Any, units: Units) -> Text:
    return Text(f"您请求{_DATA[event.what].zh}", f"you asked for {_DATA[event.what].en}")


def _data_answered(event: Any, units: Units) -> Text:
    what, result = _DATA[event.what], _RESULTS[event.result]
    return Text(f"{what.zh}：{result.zh}", f"{what.en}: {result.en}")


def _chosen(event: Any, units: Units) -> Text:
    return (
        Text("您选择接收消息", "you asked for messages")
        if event.wanted
        else Text("您选择不接收消息", "you want no messages")
    )


#: event → what the resident is told of it; events without a row are not shown
_WORDS: dict[type, Words] = {
    CaseRegistered: _phrase("已登记", "registered"),
    LedgerCaseRecorded: _phrase("已登记", "registered"),
    CaseAccepted: _phrase("已受理", "accepted"),
    CaseRejected: _phrase("不予受理", "not taken up"),
    CaseDispatched: _with_unit("已交{}办理", "given to {}", "unit"),
    CaseAcknowledged: _phrase("承办单位已签收", "the unit took it up"),
    TransferAccepted: _with_unit("转由{}办理", "{} goes on with it", "to_unit"),
    ActionLogged: _phrase("有新的办理进展", "something was done for it"),
    ResidentContacted: _reached,
    ExtensionGranted: _phrase("办理期限延至 {.due_on}", "more time was granted, until {.due_on}"),
    CaseParked: _phrase("暂时难以解决，{.review_on} 前复核", "planned for later; looked at again by {.review_on}"),
    CaseUnparked: _phrase("继续办理", "it goes on"),
    ResolutionApproved: _phrase("办理结果已审核", "the result was reviewed"),
    CallbackRecorded: _called,
    CaseClosed: _closed,
    LedgerClosingRecorded: _closed,
    CaseReopened: _phrase("重新办理", "taken up again"),
    CaseMerged: _phrase("与同类诉求合并办理", "put together with another request"),
    CaseUnmerged: _phrase("单独办理", "handled by itself again"),
    CaseWithdrawn: _phrase("已撤回", "taken back"),
    CaseArchived: _phrase("已归档", "put into the archive"),
    CaseVoided: _phrase("登记有误，已注销", "registered in error"),
    InformationAdded: _phrase("补充了情况", "information was added"),
    DataRequestMade: _data_asked,
    DataRequestAnswered: _data_answered,
    ReceiptIssued: _phrase("补发了回执", "a new receipt was issued"),
    MessagesChosen: _chosen,
}
