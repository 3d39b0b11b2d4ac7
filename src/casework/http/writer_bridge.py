"""Delivers the writer's answers to the event loop, one wake-up per batch."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from casework.log.submission import Answer


class PendingReply:
    """One answer awaited; it looks to the writer like a future."""

    __slots__ = ("_replies", "answered", "outcome")

    def __init__(self, replies: ReplyQueue, answered: asyncio.Future[Answer]) -> None:
        self._replies = replies
        self.answered = answered
        self.outcome: Answer | BaseException | None = None

    def set_running_or_notify_cancel(self) -> bool:
        """A command that was handed over is carried out, whether or not its client still waits."""
        return True

    def set_result(self, answer: Answer) -> None:
        """The command is stored."""
        self.outcome = answer
        self._replies.post(self)

    def set_exception(self, error: BaseException) -> None:
        """The command was refused, or its outcome is unknown."""
        self.outcome = error
        self._replies.post(self)


class ReplyQueue:
    """A queue of answers from the writer thread to one event loop."""

    def __init__(self) -> None:
        self._waiting: deque[PendingReply] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_woken = False

    def reply(self) -> PendingReply:
        """A reply to hand over with a command; await its `answered`. Called on the loop."""
        loop = self._loop
        if loop is None or loop.is_closed():
            loop = self._loop = asyncio.get_running_loop()
        return PendingReply(self, loop.create_future())

    def post(self, reply: PendingReply) -> None:
        """Called by the writer: queue an answer, and wake the loop unless it is being woken."""
        self._waiting.append(reply)
        if not self._is_woken and self._loop is not None:
            self._is_woken = True
            self._loop.call_soon_threadsafe(self._open)

    def _open(self) -> None:
        # set first: a reply posted from here on wakes the loop again, at worst in vain
        self._is_woken = False
        waiting = self._waiting
        while waiting:
            _deliver(waiting.popleft())


def _deliver(reply: PendingReply) -> None:
    answered: asyncio.Future[Any] = reply.answered
    if answered.done():  # the client went away
        return
    if isinstance(reply.outcome, BaseException):
        answered.set_exception(reply.outcome)
    else:
        answered.set_result(reply.outcome)
