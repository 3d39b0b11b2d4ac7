"""Takes one command from request to the writer's answer without blocking the event loop."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any

import msgspec

from casework.application.access.action_check import ActionCheck
from casework.application.access.actor import Actor, Visit
from casework.application.access.visibility import visibility_of
from casework.application.accounts.callers import Caller
from casework.application.cases.duplicates import NOT_LOOKED, Hints, warned
from casework.application.cases.find_case import NAMING, find_case
from casework.application.commands.handle import Request, prepare
from casework.application.runtime.runtime import Runtime
from casework.http.api.envelope import Envelope
from casework.http.process import ServerState
from casework.http.refusals import refused
from casework.law.kinds import BEGINS
from casework.log.submission import Answer, Submission

_CASE_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")
#: case numbers whose streams are cached: they never change
_NUMBERS = 50_000
_OTHERS = NAMING - {"case"}
#: looks for duplicates at once: enough for a county's clerks, too few to slow a flood of registrations
_LOOKS = 2


class CommandIntake:
    """Prepares commands and hands them to the writer; one per application."""

    def __init__(self, server: ServerState) -> None:
        self._server = server
        self._runtime: Runtime = server.runtime
        self.body_bytes = server.runtime.settings.server.body_bytes
        self._numbers: dict[tuple[str, str], str] = {}
        self._looking = 0

    async def case(self, caller: Caller, name: str) -> str:
        """The stream of the case that CALLER calls NAME in an address."""
        log = caller.log
        if _CASE_ID.match(name):
            return f"case/{name}"
        known = self._numbers.get((log, name))
        if known is None:
            known = await self._server.in_thread(find_case, self._runtime, log, name, caller.person)
            if len(self._numbers) >= _NUMBERS:
                self._numbers.clear()
            self._numbers[log, name] = known
        return known

    async def take(
        self, caller: Caller, command: str, members: dict[str, Any], envelope: Envelope, expected: int | None
    ) -> Answer:
        """The writer's answer; raises the error that the client gets."""
        submission = await self.prepared(caller, command, members, envelope, expected)
        return await self.receipted(submission, await self.handed_over(submission))

    async def receipted(self, submission: Submission, answer: Answer) -> Answer:
        """The answer with what a command of this kind adds, such as the secret of the receipt it handed out."""
        finish = self._runtime.finishers.get(submission.command.name)
        if finish is None:
            return answer
        if answer.repeated:  # the database says whether what was issued then is still valid
            return await self._server.in_thread(finish, self._runtime, submission, answer)
        return finish(self._runtime, submission, answer)

    async def prepared(
        self, caller: Caller, command: str, members: dict[str, Any], envelope: Envelope, expected: int | None
    ) -> Submission:
        """The command as the writer takes it."""
        device = envelope.device
        request = Request(
            log=caller.log,
            command=command,
            members=members,
            command_id=envelope.command or "",
            actor=caller.actor,
            role=caller.role,
            as_unit=envelope.as_unit or caller.as_unit,
            for_=envelope.for_,
            source=f"offline/{device.id}" if device is not None and device.id else "api",
            occurred=envelope.occurred or "",
            occurred_on=envelope.occurred_on or "",
            device=device,
            expected=expected,
            known=None if _claims(envelope) else caller.person,
        )
        stream = members.get("case", "") if command not in BEGINS else ""
        # without the database, preparing costs less than a thread
        if (
            request.known
            and isinstance(stream, str)
            and self._runtime.at_hand(caller.log, stream)
            and not _names_cases(members)
        ):
            submission = _prepare(self._runtime, request)
        else:
            submission = await self._server.in_thread(_prepare, self._runtime, request)
        reach = caller.reach
        if submission.unit != caller.unit and envelope.as_unit:
            other = Actor(caller.actor, caller.role, submission.unit, caller.area)
            reach = await self._server.in_thread(self._check_of, caller.log, other)
        return msgspec.structs.replace(submission, check=reach.check)

    def _check_of(self, log: str, who: Actor) -> ActionCheck:
        return ActionCheck(visibility_of(self._runtime.county(log), who), who.area)

    def handed_over(self, submission: Submission) -> Awaitable[Answer]:
        """The writer's answer, to be awaited. A client that goes away leaves a command that is carried out anyway."""
        reply = self._server.replies.reply()
        self._runtime.writer.submit_to(submission, reply)
        return reply.answered

    async def warned(
        self, caller: Caller, request: str, registered: Sequence[tuple[Mapping[str, Any], Answer]]
    ) -> list[Hints]:
        """What each case just registered, of (members, answer), may be the same as; NOT_LOOKED under load.

        Raises what the look fails for; the cases are stored all the same.

        request  id of the request, for the access ledger
        """
        who = msgspec.structs.replace(caller.person, visit=Visit(source="api", request=request))

        def look() -> list[Hints]:
            return [warned(self._runtime, caller.log, who, *one) for one in registered]

        if self._looking >= _LOOKS or self._server.closing.is_set():
            return [NOT_LOOKED] * len(registered)
        self._looking += 1
        try:
            return await self._server.in_thread(look)
        finally:
            self._looking -= 1


def _prepare(runtime: Runtime, request: Request) -> Submission:
    try:
        return prepare(runtime, request)
    except RecursionError:
        raise refused("too-deep") from None
    except OverflowError:
        raise refused("malformed/number") from None


def _claims(envelope: Envelope) -> bool:
    """Whether another person or unit acted, or at another time: only the roster of then can tell."""
    return bool(envelope.as_unit or envelope.for_ or envelope.occurred or envelope.occurred_on or envelope.device)


def _names_cases(members: dict[str, Any]) -> bool:
    """Whether another case is named, which has to be looked up."""
    return not _OTHERS.isdisjoint(members)
