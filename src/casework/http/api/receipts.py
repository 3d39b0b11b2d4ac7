"""API routes for residents with a receipt: how their case stands, and their acts.

Number and secret come in the body and stand in no address, so that no log of any server on the way keeps them.
"""

from __future__ import annotations

from typing import Annotated, Literal

from litestar import Controller, Response
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, to_builtins

from casework.application.access.actor import Visit
from casework.application.residents.public_case import PublicCase
from casework.application.residents.receipt_actions import act, look
from casework.http.api.queries import Query, post, private
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.http.request_log import request_id
from casework.http.session_actions import address_of

Answered = Response[PublicCase]
Typed = Annotated[str, Meta(min_length=1, max_length=100)]
Said = Annotated[str, Meta(max_length=4_000)]


class Receipt(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Number and secret, as they stand on the receipt: capitals, spaces and dashes do not matter."""

    number: Typed
    secret: Typed


class Act(Receipt, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every act may say: `command`, its id, by which a repeat is known."""

    command: Annotated[str, Meta(pattern=r"^[!-~]{1,200}$(?!\n)")] = ""


class Information(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What there is to add, in words."""

    details: Annotated[str, Meta(min_length=1, max_length=4_000)]


class Result(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether it is solved; satisfaction 1 to 5, 0 where it is not said."""

    solved: Literal["yes", "no"]
    satisfaction: Annotated[int, Meta(ge=0, le=5)] = 0
    note: Said = ""


class Reopening(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it should be taken up again."""

    explanation: Said = ""


class Withdrawal(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why it is taken back."""

    reason: Literal["settled", "no_longer", "other"] = "settled"


class DataRequestAsked(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is asked about one's own data."""

    what: Literal["correction", "erasure", "copy"]
    details: Said = ""


class Messages(Act, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether messages about the case are wanted."""

    wanted: bool


def answered(request: Query, log: str, data: Receipt, what: str = "", *, source: str) -> PublicCase:
    """How the case of a receipt stands, once the act WHAT is done where there is one."""
    server, visit = server_state_of(request), Visit(source=source, request=request_id(request.scope))
    shown = (server.runtime, log, data.number, data.secret, server.attempts, address_of(request))
    if not isinstance(data, Act):
        return look(*shown, visit)
    said = to_builtins(data).items()
    members = {name: value for name, value in said if name not in Act.__struct_fields__ and value != ""}
    return act(*shown, what, members, command_id=data.command, visit=visit)


async def _answered(request: Query, log: str, data: Receipt, what: str = "") -> Answered:
    server = server_state_of(request)
    if log not in await server.in_thread(server.runtime.logs):
        raise refused("unknown-log")
    return private(await server.in_thread(answered, request, log, data, what, source="api"))


class ReceiptsController(Controller):
    """The case of a receipt."""

    path = "/{log:str}/receipt"
    tags = ["receipt"]
    opt = {"needs": "receipt.follow"}

    @post(summary="凭回执查询  How the case of a receipt stands")
    async def receipt(self, request: Query, log: FromPath[str], data: JSONBody[Receipt]) -> Answered:
        """Plain words and public answers. A wrong number and a wrong secret are answered alike; after some, 429."""
        return await _answered(request, log, data)

    @post("/information", summary="凭回执补充情况  Add to what was asked")
    async def receipt_information(self, request: Query, log: FromPath[str], data: JSONBody[Information]) -> Answered:
        """In every state; sealed like everything that residents say."""
        return await _answered(request, log, data, "information")

    @post("/result", summary="凭回执确认结果  Say whether it is solved")
    async def receipt_result(self, request: Query, log: FromPath[str], data: JSONBody[Result]) -> Answered:
        """A callback by whoever asked: it confirms, or says no. One cannot confirm by a receipt of the handling
        unit."""
        return await _answered(request, log, data, "result")

    @post("/reopening", summary="凭回执要求重办  Have it taken up again")
    async def receipt_reopening(self, request: Query, log: FromPath[str], data: JSONBody[Reopening]) -> Answered:
        """Within the window of the policy; it goes back to be dispatched."""
        return await _answered(request, log, data, "reopening")

    @post("/withdrawal", summary="凭回执撤回  Take it back")
    async def receipt_withdrawal(self, request: Query, log: FromPath[str], data: JSONBody[Withdrawal]) -> Answered:
        """While it is open."""
        return await _answered(request, log, data, "withdrawal")

    @post(
        "/data-requests",
        summary="凭回执请求更正或删除个人信息  Ask for correction, erasure or a copy",
    )
    async def receipt_data_requests(
        self, request: Query, log: FromPath[str], data: JSONBody[DataRequestAsked]
    ) -> Answered:
        """Waits on the desk of the privacy officer until it is answered."""
        return await _answered(request, log, data, "data-requests")

    @post("/messages", summary="消息意愿  Whether messages are wanted")
    async def receipt_messages(self, request: Query, log: FromPath[str], data: JSONBody[Messages]) -> Answered:
        """Said once, it holds for the case."""
        return await _answered(request, log, data, "messages")


#: act → what its body may say
KINDS: dict[str, type[Act]] = {
    "result": Result,
    "reopening": Reopening,
    "information": Information,
    "withdrawal": Withdrawal,
    "data-requests": DataRequestAsked,
    "messages": Messages,
}
