"""What residents add, ask and choose, and issuing their receipts."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases.guards import check_asked, own_units_that_handle
from casework.law.cases.refusals import refused
from casework.law.cases.rules import ANY, INTAKE, ON_THEIR_WORD, Effects, no_effect
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Digest, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


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


DataRequest = Literal["correction", "erasure", "copy"]


class AddInformation(Command, frozen=True, kw_only=True):
    """Add to what was asked (补充情况).

    case — 办件 — its stream
    evidence — 佐证 — SHA-256 (hex) of attachments
    details — 补充内容 — in words (sealed)
    """

    name: ClassVar[str] = "add-information"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"details": (0, "details")}
    case: CaseStream
    evidence: tuple[Digest, ...] = ()
    details: Words = ""


class AskAboutData(Command, frozen=True, kw_only=True):
    """Ask that personal data be corrected or erased, or for a copy of it (个人信息请求).

    case — 办件 — its stream
    what — 事项 — correction, erasure or copy
    details — 说明 — in words (sealed)
    """

    name: ClassVar[str] = "ask-about-data"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"details": (0, "details")}
    case: CaseStream
    what: DataRequest
    details: Words = ""


class AnswerDataRequest(Command, frozen=True, kw_only=True):
    """Say what became of such a request (答复个人信息请求).

    case — 办件 — its stream
    what — 事项 — correction, erasure or copy
    result — 结果 — done, partly or refused
    explanation — 答复 — what the resident is told (sealed)
    """

    name: ClassVar[str] = "answer-data-request"
    seals: ClassVar[dict[str, tuple[int, str]]] = {"explanation": (0, "explanation")}
    case: CaseStream
    what: DataRequest
    result: Literal["done", "partly", "refused"]
    explanation: Words = ""


class IssueReceipt(Command, frozen=True, kw_only=True):
    """Hand out a new secret, which takes the place of the one before (补发回执).

    case — 办件 — its stream
    reason — 理由代码 — lost, exposed, or first where there was none
    """

    name: ClassVar[str] = "issue-receipt"
    case: CaseStream
    reason: Literal["lost", "exposed", "first"]


class ChooseMessages(Command, frozen=True, kw_only=True):
    """Say whether messages about the case are wanted (消息意愿).

    case — 办件 — its stream
    wanted — 是否接收 — no: none is sent from here on
    """

    name: ClassVar[str] = "choose-messages"
    case: CaseStream
    wanted: bool


#: what may be asked about one's own data
DATA_REQUESTS: dict[str, str] = {"correction": "更正个人信息", "erasure": "删除个人信息", "copy": "复制个人信息"}


def add_information(command: AddInformation, state: CaseState, context: Context) -> Decided:
    """补充情况: in every state, and it changes none."""
    check_asked(command.case, state, context)
    if "details" not in context.sealed and not command.evidence:
        raise refused("nothing-added")
    return [(command.case, InformationAdded(evidence=command.evidence))]


def ask_about_data(command: AskAboutData, state: CaseState, context: Context) -> Decided:
    """个人信息请求: seen by the privacy officer until it is answered."""
    check_asked(command.case, state, context)
    if command.what == "correction" and "details" not in context.sealed:
        raise refused("nothing-to-correct")
    return [(command.case, DataRequestMade(what=command.what))]


def answer_data_request(command: AnswerDataRequest, state: CaseState, context: Context) -> Decided:
    """答复个人信息请求: once for each that is open."""
    if command.what not in state.data_requests:
        asked, open_ = DATA_REQUESTS[command.what], [f"“{DATA_REQUESTS[what]}”" for what in state.data_requests]
        raise refused(
            "no-such-data-request",
            case=state.number,
            asked=Text(asked, command.what),
            waiting=Text("、".join(open_) or "“无”", ", ".join(state.data_requests) or "none"),
            nearest=state.data_requests,
        )
    return [(command.case, DataRequestAnswered(what=command.what, result=command.result))]


def issue_receipt(command: IssueReceipt, state: CaseState, context: Context) -> Decided:
    """补发回执: by somebody outside the units that handle it, for with a receipt one speaks as the resident."""
    if units := own_units_that_handle(state, context):
        raise refused("receipt-by-the-unit", case=state.number, units=units)
    return [(command.case, ReceiptIssued(reason=command.reason))]


def choose_messages(command: ChooseMessages, state: CaseState, context: Context) -> Decided:
    """消息意愿."""
    check_asked(command.case, state, context)
    if command.wanted is not state.no_messages:
        return []
    return [(command.case, MessagesChosen(wanted=command.wanted))]


def data_request_made(s: CaseState, r: Recorded, event: DataRequestMade) -> None:
    if event.what not in s.data_requests:
        put(s, "data_requests", (*s.data_requests, event.what))


def data_request_answered(s: CaseState, r: Recorded, event: DataRequestAnswered) -> None:
    put(s, "data_requests", tuple(what for what in s.data_requests if what != event.what))


def receipt_issued(s: CaseState, r: Recorded, event: ReceiptIssued) -> None:
    put(s, "receipt_unit", r.unit)


def messages_chosen(s: CaseState, r: Recorded, event: MessagesChosen) -> None:
    put(s, "no_messages", not event.wanted)


RULES: tuple[Rule, ...] = (
    rule(AddInformation, add_information, ANY, INTAKE, "information-added", resource="information"),
    rule(AskAboutData, ask_about_data, ANY, ON_THEIR_WORD, "data-request-made", resource="data-requests"),
    rule(
        AnswerDataRequest, answer_data_request, ANY, "privacy_officer", "data-request-answered",
        resource="data-requests/answer",
    ),
    rule(IssueReceipt, issue_receipt, ANY, "dispatcher caller", "receipt-issued", resource="receipt"),
    rule(ChooseMessages, choose_messages, ANY, ON_THEIR_WORD, "messages-chosen", resource="messages"),
)  # fmt: skip
EFFECTS: Effects = {
    InformationAdded: no_effect,
    DataRequestMade: data_request_made,
    DataRequestAnswered: data_request_answered,
    ReceiptIssued: receipt_issued,
    MessagesChosen: messages_chosen,
}
