"""What residents add, ask and choose, and issuing their receipts."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases.guards import check_asked, own_units_that_handle
from casework.law.cases.refusals import refused
from casework.law.cases.rules import ANY, INTAKE, ON_THEIR_WORD, Effects, no_effect
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Digest, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import T, Text, meaning

_Details = Annotated[T, meaning("补充内容", "in words")]
_Right = Annotated[T, meaning("事项", "correction, erasure or copy")]
_Reply = Annotated[T, meaning("答复", "what the resident is told")]
_Result = Annotated[T, meaning("结果", "done, partly or refused")]


class InformationAdded(Event, frozen=True, kw_only=True):
    name = "information-added.v1"
    term = Text("补充情况", "The resident, or an office on their word, added to what was asked.")
    sealed = {"details": _Details}
    evidence: m.Evidence[tuple[str, ...]] = ()


class DataRequestMade(Event, frozen=True, kw_only=True):
    name = "data-request-made.v1"
    term = Text("个人信息请求", "The resident wants their personal data corrected, erased, or a copy of it.")
    sealed = {"details": m.Explanation}
    what: _Right[str]


class DataRequestAnswered(Event, frozen=True, kw_only=True):
    name = "data-request-answered.v1"
    term = Text("答复个人信息请求", "The privacy officer answered such a request.")
    sealed = {"explanation": _Reply}
    what: _Right[str]
    result: _Result[str]


class ReceiptIssued(Event, frozen=True, kw_only=True):
    name = "receipt-issued.v1"
    term = Text("补发回执", "A new secret was handed out for the case; the one before it opens nothing more.")
    reason: Annotated[str, meaning("理由代码", "lost, exposed or first")]


class MessagesChosen(Event, frozen=True, kw_only=True):
    name = "messages-chosen.v1"
    term = Text("消息意愿", "The resident said whether they want to be sent messages about the case.")
    wanted: Annotated[bool, meaning("是否接收", "false: none is sent from here on")]


DataRequest = Literal["correction", "erasure", "copy"]


class AddInformation(Command, frozen=True, kw_only=True):
    name = "add-information"
    term = Text("补充情况", "Add to what was asked.")
    seals = {"details": (0, "details")}
    case: CaseStream
    evidence: m.Evidence[tuple[Digest, ...]] = ()
    details: _Details[Words] = ""


class AskAboutData(Command, frozen=True, kw_only=True):
    name = "ask-about-data"
    term = Text("个人信息请求", "Ask that personal data be corrected or erased, or for a copy of it.")
    seals = {"details": (0, "details")}
    case: CaseStream
    what: _Right[DataRequest]
    details: m.Explanation[Words] = ""


class AnswerDataRequest(Command, frozen=True, kw_only=True):
    name = "answer-data-request"
    term = Text("答复个人信息请求", "Say what became of such a request.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    what: _Right[DataRequest]
    result: _Result[Literal["done", "partly", "refused"]]
    explanation: _Reply[Words] = ""


class IssueReceipt(Command, frozen=True, kw_only=True):
    name = "issue-receipt"
    term = Text("补发回执", "Hand out a new secret, which takes the place of the one before.")
    case: CaseStream
    reason: Annotated[
        Literal["lost", "exposed", "first"], meaning("理由代码", "lost, exposed, or first where there was none")
    ]


class ChooseMessages(Command, frozen=True, kw_only=True):
    name = "choose-messages"
    term = Text("消息意愿", "Say whether messages about the case are wanted.")
    case: CaseStream
    wanted: Annotated[bool, meaning("是否接收", "no: none is sent from here on")]


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
