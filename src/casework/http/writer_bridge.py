"""Delivers the writer's answers to the event loop, one wake-up per batch."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

from casework.log.submission import Answer


class PendingReply:
    """One answer awaited; it looks to the writer like a future."""

    __slots__ = ("_mailbox", "answered", "outcome")

    def __init__(self, mailbox: Mailbox, answered: asyncio.Future[Answer]) -> None:
        self._mailbox = mailbox
        self.answered = answered
        self.outcome: Answer | BaseException | None = None

    def set_running_or_notify_cancel(self) -> bool:
        """A command that was handed over is carried out, whether or not its client still waits."""
        return True

    def set_result(self, answer: Answer) -> None:
        """The command is stored."""
        self.outcome = answer
        self._mailbox.post(self)

    def set_exception(self, error: BaseException) -> None:
        """The command was refused, or its outcome is unknown."""
        self.outcome = error
        self._mailbox.post(self)


class Mailbox:
    """Where the writer puts answers and one event loop takes them out."""

    def __init__(self) -> None:
        self._letters: deque[PendingReply] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._rung = False

    def letter(self) -> PendingReply:
        """A letter to hand over with a command; await its `answered`. Called on the loop."""
        loop = self._loop
        if loop is None or loop.is_closed():
            loop = self._loop = asyncio.get_running_loop()
        return PendingReply(self, loop.create_future())

    def post(self, letter: PendingReply) -> None:
        """Called by the writer: leave an answer, and ring unless somebody rang already."""
        self._letters.append(letter)
        if not self._rung and self._loop is not None:
            self._rung = True
            self._loop.call_soon_threadsafe(self._open)

    def _open(self) -> None:
        # said first: whoever posts from here on rings again, and at worst in vain
        self._rung = False
        letters = self._letters
        while letters:
            _deliver(letters.popleft())


def _deliver(letter: PendingReply) -> None:
    answered: asyncio.Future[Any] = letter.answered
    if answered.done():  # the client went away
        return
    if isinstance(letter.outcome, BaseException):
        answered.set_exception(letter.outcome)
    else:
        answered.set_result(letter.outcome)
