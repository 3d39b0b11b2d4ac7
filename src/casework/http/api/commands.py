"""API routes of commands, one each, made from the route table.

Hot path: no guards, no injected arguments, one decode.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from litestar import Request, post
from litestar.types import ASGIApp

from casework.application.access.receipts import Receipted
from casework.application.accounts.callers import Caller
from casework.application.cases.duplicates import NOT_LOOKED, WARNS, Hints, Registered
from casework.http.api.body import Headers, Sent, body_of, headers_of
from casework.http.api.command_intake import CommandIntake
from casework.http.api.envelope import Envelope, members_of, parted
from casework.http.api.route_table import ROUTES, Route
from casework.http.caller import sign_in
from casework.http.refusals import refused
from casework.http.request_log import fault, request_id
from casework.law.kinds import KINDS
from casework.log.submission import Answer

_encode = msgspec.json.Encoder().encode
_REVISION = re.compile(rb'"(0|[1-9][0-9]{0,8})"\Z')
_KEY = re.compile(r"[!-~]{1,200}\Z")
_PARAMETER = re.compile(r"\{(\w+)\}")


def handlers() -> list[Any]:
    """A handler for every line of the table."""
    return [_handler(route) for route in ROUTES.values()]


def _handler(route: Route) -> Any:
    begins = route.begins

    @post(
        _PARAMETER.sub(r"{\1:str}", f"/{{log}}{route.path}"),
        name=route.command,
        operation_id=route.command,
        summary="  ".join(route.kind.term),
        description=_described(route),
        tags=[route.path.split("/")[1]],
        status_code=201 if begins else 200,
        opt={"route": route, "needs": route.command},
    )
    async def act(request: Request[Any, Any, Any]) -> ASGIApp:
        scope = request.scope
        headers = headers_of(scope)
        caller = await sign_in(request, headers.get(b"authorization", b""))
        caller.check_may(route.command)
        intake = intake_of(request)
        members = members_of(await body_of(headers, request.receive, intake.body_bytes))
        envelope = keyed(parted(members), headers)
        expected = expected_of(headers, required=route.judges)
        for name in route.fills:
            given: str = scope["path_params"][name]
            value = await intake.case(caller, given) if name == "case" else _named(name, given)
            if members.setdefault(name, value) != value:
                raise refused("malformed/address", name=name)
        answer = await intake.take(caller, route.command, members, envelope, expected)
        if route.command == WARNS and not is_brief(headers):
            (hints,) = await hints_of(request, caller, [(members, answer)])
            answer = Registered(**msgspec.structs.asdict(answer), duplicates=hints)
        return answered(answer, begins=begins)

    return act


async def hints_of(
    request: Request[Any, Any, Any], caller: Caller, registered: Sequence[tuple[Mapping[str, Any], Answer]]
) -> list[Hints]:
    """What each case just registered may be the same as; a failed look is logged, since the cases are stored."""
    try:
        return await intake_of(request).warned(caller, request_id(request.scope), registered)
    except Exception as why:
        fault(request.scope, why)
        return [NOT_LOOKED] * len(registered)


def is_brief(headers: Headers) -> bool:
    """Whether the client asks for the answer alone, without hints: `Prefer: return=minimal` (RFC 7240)."""
    wishes = headers.get(b"prefer", b"")
    return bool(wishes) and b"return=minimal" in (one.strip().lower() for one in wishes.split(b","))


def keyed(envelope: Envelope, headers: Headers) -> Envelope:
    """The envelope with the command id from the header, where it stands there."""
    sent = headers.get(b"idempotency-key")
    if sent is None:
        return envelope
    key = sent.decode("latin-1").strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.match(key) or envelope.command not in (None, key):
        raise refused("command-id")
    return msgspec.structs.replace(envelope, command=key)


def expected_of(headers: Headers, *, required: bool) -> int | None:
    """The revision that the client saw (If-Match); None is any (`*`)."""
    given = headers.get(b"if-match")
    if given is None:
        if required:
            raise refused("version-wanted")
        return None
    given = given.strip()
    if given == b"*":
        return None
    match = _REVISION.match(given)
    if match is None:
        raise refused("bad-header/revision")
    return int(match[1])


def answered(answer: Answer, *, begins: bool) -> Sent:
    """The writer's answer; 201 and an address where something began."""
    headers = {"etag": f'"{answer.rev}"'}
    if begins:
        headers["location"] = address_of(answer)
    if isinstance(answer, Receipted):
        headers["cache-control"] = "no-store"
    return Sent(201 if begins else 200, _encode(answer), headers)


def address_of(answer: Answer) -> str:
    """Where what began is found: a case by its number."""
    kind, _, id = answer.stream.partition("/")
    return f"/api/{answer.log}/{KINDS[kind].collection}/{answer.number or id}"


def intake_of(request: Request[Any, Any, Any]) -> CommandIntake:
    """The command intake of this application."""
    return request.app.state.intake


def _named(name: str, value: str) -> str:
    """A member as the law writes it: `activity/<uuid>` of the id alone."""
    by_id = name in KINDS and KINDS[name].address == f"{name}/<uuid>"
    return f"{name}/{value}" if by_id and "/" not in value else value


def _described(route: Route) -> str:
    """What the operation is, for the reference."""
    more = [f"Command `{route.command}` of the law."]
    if route.judges:
        more.append('It judges what somebody submitted: `If-Match: "rev"` says which revision was seen.')
    return " ".join(more)
