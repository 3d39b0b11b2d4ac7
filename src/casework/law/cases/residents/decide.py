"""What whoever asked adds and chooses, and how their receipt and their data are looked after."""

from __future__ import annotations

from casework.law.cases import commands as c
from casework.law.cases import events as e
from casework.law.cases import names as called
from casework.law.cases.guards import Decided, check_asked, check_outside, refuse
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.text import Text

#: what may be asked about one's own data
DATA_REQUESTS: dict[str, str] = {"correction": "更正个人信息", "erasure": "删除个人信息", "copy": "复制个人信息"}


def add_information(command: c.AddInformation, state: CaseState, context: Context) -> Decided:
    """补充情况: in every state, and it changes none."""
    check_asked(command.case, state, context)
    if "details" not in context.sealed and not command.evidence:
        refuse(
            "nothing-added",
            "没有填写补充内容：请写明要补充的情况，或附上照片。",
            "Nothing is added: say in words what there is to add, or attach a photo.",
        )
    return [(command.case, e.InformationAdded(evidence=command.evidence))]


def ask_about_data(command: c.AskAboutData, state: CaseState, context: Context) -> Decided:
    """个人信息请求: seen by the privacy officer until it is answered."""
    check_asked(command.case, state, context)
    if command.what == "correction" and "details" not in context.sealed:
        refuse(
            "nothing-to-correct",
            "要更正个人信息，却没有说明哪里有误：请写明错在哪里、应是什么。",
            "A correction is asked for, and nothing says of what: say what is wrong, and what is right.",
        )
    return [(command.case, e.DataRequestMade(what=command.what))]


def answer_data_request(command: c.AnswerDataRequest, state: CaseState, context: Context) -> Decided:
    """答复个人信息请求: once for each that is open."""
    if command.what not in state.data_requests:
        asked, open_ = DATA_REQUESTS[command.what], [f"“{DATA_REQUESTS[what]}”" for what in state.data_requests]
        refuse(
            "no-such-data-request",
            f"案件 {state.number} 没有待答复的“{asked}”请求，待答复的有{'、'.join(open_) or '“无”'}：请核对事项。",
            f"Case {state.number} has no open request for {command.what}; open are"
            f" {', '.join(state.data_requests) or 'none'}: look at the case again.",
            state.data_requests,
        )
    return [(command.case, e.DataRequestAnswered(what=command.what, result=command.result))]


def issue_receipt(command: c.IssueReceipt, state: CaseState, context: Context) -> Decided:
    """补发回执: by somebody outside the units that handle it, for with a receipt one speaks as the resident."""
    check_outside(state, context, "receipt-by-the-unit", Text("补发回执", "issue the receipt"))
    return [(command.case, e.ReceiptIssued(reason=command.reason))]


def choose_messages(command: c.ChooseMessages, state: CaseState, context: Context) -> Decided:
    """消息意愿."""
    check_asked(command.case, state, context)
    if command.wanted is not state.no_messages:
        return []
    return [(command.case, e.MessagesChosen(wanted=command.wanted))]


def check_receipt_of_others(state: CaseState, context: Context) -> None:
    """Refuse praise by a receipt that went through the hands of those whom it praises."""
    if state.receipt_unit and state.receipt_unit in {state.unit, *(holder.unit for holder in state.co_handlers)}:
        unit = called.unit(state.receipt_unit, context)
        refuse(
            "receipt-of-the-unit",
            f"案件 {state.number} 的回执由承办单位{unit.zh}开出，不能凭它确认已解决或评价：将由其他单位的人员电话回访；"
            "如未解决，请如实选择“未解决”。",
            f"The receipt of case {state.number} was issued by {unit.en}, which handles it, and cannot confirm or rate:"
            " somebody of another unit will call; if it is not solved, say so here.",
        )
