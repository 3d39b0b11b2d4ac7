"""Texts of messages to residents: number, status and where to look."""

from __future__ import annotations

from casework.law.cases.accepting import CaseRejected
from casework.law.cases.closing import CaseClosed
from casework.law.cases.dispatching import CaseDispatched
from casework.law.cases.registering import CaseRegistered
from casework.law.cases.resolving import ResolutionApproved
from casework.text import Text

#: kind of message → its words; {number} and {look} are filled in
WORDS: dict[str, Text] = {
    "received": Text("您的诉求 {number} 已登记。{look}", "Your request {number} was registered. {look}"),
    "dispatched": Text("您的诉求 {number} 已交承办单位办理。{look}", "Your request {number} is being handled. {look}"),
    "asked": Text(
        "您的诉求 {number} 已办理，请确认是否解决。{look}",
        "Your request {number} was handled: please say whether it is solved. {look}",
    ),
    "done": Text("您的诉求 {number} 已有结果。{look}", "There is a result of your request {number}. {look}"),
}
#: event → the kind of message made of it
KINDS: dict[str, str] = {
    CaseRegistered.name: "received",
    CaseDispatched.name: "dispatched",
    ResolutionApproved.name: "asked",
    CaseClosed.name: "done",
    CaseRejected.name: "done",
}
_LOOK = Text("请凭回执查询：{link}", "Look by your receipt: {link}")
_LOOK_ANYWHERE = Text("请凭回执到服务站或网页查询。", "Look by your receipt, at a station or by page.")


def text_of(kind: str, number: str, link: str, language: str) -> str:
    """The message in one language; LINK is where residents look, '' where that is not set."""
    look = (_LOOK if link else _LOOK_ANYWHERE).on(language).replace("{link}", link)
    return WORDS[kind].on(language).replace("{number}", number).replace("{look}", look)
