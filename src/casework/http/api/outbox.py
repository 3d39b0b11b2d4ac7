"""API routes of messages to residents: their states, retries and receipts of reading."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from litestar import Controller, Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.access.visibility import check_whole
from casework.application.outbox import outbox
from casework.application.outbox.outbox import MOST, Message
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query, asked, post, private, who


class Messages(Struct, frozen=True, kw_only=True):
    """Messages, the newest first, and how many there are in each state."""

    counts: dict[str, int]
    messages: list[Message]


class OutboxController(Controller):
    """Messages to residents, for administrators."""

    path = "/outbox"
    tags = ["outbox"]

    @get(needs="outbox.read", summary="发件箱  Messages and how they fare")
    async def list_messages(
        self,
        request: Query,
        standing: FromQuery[str] = "",
        limit: Annotated[int, QueryParameter(ge=1, le=MOST)] = 50,
        before: Annotated[int | None, QueryParameter(ge=0)] = None,
    ) -> Response[Messages]:
        """For administrators of the whole county.

        `standing` is a state: ready, sent, failed, unknown, …; `before` is the `seq` of the last one of the page
        before."""
        return private(await asked(request, _listed, who(request), standing, limit, before))

    @post(
        "/{seq:int}/{kind:str}/retry",
        needs="outbox.send",
        acts="contact-resident",
        summary="重发消息  Send again what failed, or may not have arrived",
    )
    async def retry_message(self, request: Query, seq: FromPath[int], kind: FromPath[str]) -> Message:
        """Whoever asks for it has looked whether the receiver has it."""
        return await asked(request, _changed, who(request), outbox.retry, seq, kind)

    @post(
        "/{seq:int}/{kind:str}/read",
        needs="outbox.send",
        acts="contact-resident",
        summary="消息已读  The receiver says that it was read",
    )
    async def message_read(self, request: Query, seq: FromPath[int], kind: FromPath[str]) -> Message:
        """What was sent is marked as read; anything else is left as it is."""
        return await asked(request, _changed, who(request), outbox.read, seq, kind)


def _listed(runtime: Runtime, log: str, reader: Actor, state: str, limit: int, before: int | None) -> Messages:
    check_whole(runtime.county(log), reader, "outbox.read")
    return Messages(counts=outbox.counts(runtime, log), messages=outbox.listed(runtime, log, state, limit, before))


def _changed(runtime: Runtime, log: str, reader: Actor, change: Callable[..., Message], seq: int, kind: str) -> Message:
    check_whole(runtime.county(log), reader, "outbox.send")
    return change(runtime, log, seq, kind)
