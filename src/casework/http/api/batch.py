"""API route that takes up to 100 commands, each answered on its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Literal, cast

import msgspec
from litestar import Request, post
from litestar.types import ASGIApp
from msgspec import Struct

from casework.application.accounts.callers import Caller
from casework.application.cases.duplicates import WARNS, Hints
from casework.application.runtime.problem import unknown
from casework.http.api.body import Sent, body_of, headers_of
from casework.http.api.commands import hints_of, intake_of, is_brief
from casework.http.api.envelope import Envelope, members_of, parted
from casework.http.api.route_table import ROUTES
from casework.http.caller import sign_in
from casework.http.language import language_of
from casework.http.problems import ProblemDetails, problem_of
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.http.request_log import fault, request_id
from casework.log.submission import Answer, Submission

MOST = 100


class Outcome(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one command of a batch.

    outcome     accepted; repeated (it came before: the first answer); refused (and why);
                retry (nothing is known to be stored: send it again with the same id)
    command     its id, as the client made it
    answer      where it was accepted or repeated
    duplicates  of a case registered: what it may be the same as
    problem     where it was not
    """

    outcome: Literal["accepted", "repeated", "refused", "retry"]
    command: str = ""
    answer: Answer | None = None
    duplicates: Hints | None = None
    problem: ProblemDetails | None = None


class Outcomes(Struct, frozen=True):
    """One outcome for each command, in the order sent."""

    outcomes: list[Outcome]


_encode = msgspec.json.Encoder().encode


@post(
    "/{log:str}/commands",
    name="commands",
    summary="批量办理  Carry out up to 100 commands, in order.",
    status_code=200,
    needs="command.batch",
)
async def commands(request: Request[Any, Any, Any]) -> ASGIApp:
    """Each is answered on its own; a later one may act on a case that an earlier one registers, by its `case/<uuid>`.

    Send the whole batch again when the answer was lost: what is stored is answered as repeated.
    """
    headers = headers_of(request.scope)
    caller = await sign_in(request, headers.get(b"authorization", b""))
    body = await body_of(headers, request.receive, intake_of(request).body_bytes)
    listed = _listed(members_of(body))
    server_state_of(request).tokens.spend(caller.id, len(listed) - 1)  # each command counts; none is refused midway
    waiting = _Batch(request, caller)
    for one in listed:
        await waiting.add(one)
    await waiting.settle()
    if not is_brief(headers):
        await waiting.warn()
    return Sent(200, _encode(Outcomes(waiting.outcomes)), {"cache-control": "no-store"})


class _Batch:
    """A batch in progress: a command waits only for earlier ones whose case it needs."""

    def __init__(self, request: Request[Any, Any, Any], caller: Caller) -> None:
        self.outcomes: list[Outcome] = []
        self._request = request
        self._intake = intake_of(request)
        self._caller = caller
        self._pending: list[tuple[int, Submission, Awaitable[Answer]]] = []
        self._begun: set[str] = set()
        #: place → members of what registers a case
        self._registering: dict[int, dict[str, Any]] = {}

    async def add(self, one: Any) -> None:
        """Hand one command to the writer; an immediate refusal becomes its outcome."""
        id = one.get("command", "") if isinstance(one, dict) else ""
        self.outcomes.append(Outcome(outcome="retry", command=id if isinstance(id, str) else ""))
        place = len(self.outcomes) - 1
        try:
            command, members, envelope, expected = _read(one)
            self._caller.check_may(command)
            await self._wait_for(members.get("case"))
            submission = await self._intake.prepared(self._caller, command, members, envelope, expected)
            if ROUTES[command].begins:
                self._begun.add(submission.streams[0])
            if command == WARNS:
                self._registering[place] = members
            self._pending.append((place, submission, self._intake.handed_over(submission)))
        except Exception as why:
            self._refuse(place, why)

    async def settle(self) -> None:
        """Wait for every pending answer."""
        answers = await asyncio.gather(*(answer for *_, answer in self._pending), return_exceptions=True)
        for (place, submission, _), answer in zip(self._pending, answers, strict=True):
            if isinstance(answer, Answer):
                word: Literal["accepted", "repeated"] = "repeated" if answer.repeated else "accepted"
                told = await self._intake.receipted(submission, answer)
                self.outcomes[place] = Outcome(outcome=word, command=answer.command, answer=told)
            else:
                self._refuse(place, answer)
        self._pending.clear()
        self._begun.clear()

    async def warn(self) -> None:
        """Add likely duplicates to the outcome of each case registered."""
        stored = [(place, members, self.outcomes[place].answer) for place, members in self._registering.items()]
        registered = [(place, members, answer) for place, members, answer in stored if answer is not None]
        if not registered:
            return
        found = await hints_of(self._request, self._caller, [(members, answer) for _, members, answer in registered])
        for (place, *_), hints in zip(registered, found, strict=True):
            self.outcomes[place] = msgspec.structs.replace(self.outcomes[place], duplicates=hints)

    async def _wait_for(self, case: Any) -> None:
        """Wait for earlier commands where CASE may be theirs: sealing a command reads the stored case."""
        named = isinstance(case, str) and case and not case.startswith("case/")
        if self._pending and (named or case in self._begun):
            await self.settle()

    def _refuse(self, place: int, why: BaseException) -> None:
        problem = problem_of(why, language_of(self._request), request_id(self._request.scope))
        if problem.code == "fault":
            fault(self._request.scope, why)
        word: Literal["retry", "refused"] = "retry" if problem.status >= 500 else "refused"
        self.outcomes[place] = Outcome(outcome=word, command=self.outcomes[place].command, problem=problem)


def _listed(body: dict[str, Any]) -> list[Any]:
    listed = body.get("commands")
    if set(body) != {"commands"} or not isinstance(listed, list) or not 1 <= len(listed) <= MOST:
        raise refused("malformed/batch", most=MOST)
    return cast("list[Any]", listed)


def _read(one: Any) -> tuple[str, dict[str, Any], Envelope, int | None]:
    """Name, members, envelope and expected revision of one command of the list."""
    if not isinstance(one, dict):
        raise refused("malformed/command")
    members: dict[str, Any] = dict(one)
    name = members.pop("do", "")
    if not isinstance(name, str) or name not in ROUTES:
        raise unknown(refused, "unknown-command", str(name)[:80], ROUTES)
    expected = members.pop("if_match", None)
    any_revision = expected == "*"
    if not any_revision and expected is not None and (isinstance(expected, bool) or not isinstance(expected, int)):
        raise refused("malformed/if-match")
    if ROUTES[name].judges and expected is None:
        raise refused("version-wanted/batch")
    envelope = parted(members)
    if not envelope.command:
        raise refused("command-id/batch")
    return name, members, envelope, None if any_revision else expected
