"""Commands over HTTP: one route each, made from the table; the body is the command, the answer is the writer's."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from litestar import Request, Response, post

from casework.application.problem import Problem
from casework.application.vocabulary import explain
from casework.http.api.envelope import Envelope, members_of, parted
from casework.http.api.route_table import ROUTES, Route
from casework.http.api.take import Desk
from casework.http.caller import caller_of
from casework.log.submission import Answer

_encode = msgspec.json.Encoder().encode
_REVISION = re.compile(r'"(0|[1-9][0-9]{0,8})"\Z')
_KEY = re.compile(r"[!-~]{1,200}\Z")
JSON = "application/json"

Command = Request[Any, Any, Any]


def handlers() -> list[Any]:
    """A handler for every line of the table."""
    return [_handler(route) for route in ROUTES.values()]


def _handler(route: Route) -> Any:
    told = explain(route.kind)

    @post(
        re.sub(r"\{(\w+)\}", r"{\1:str}", f"/{{log}}{route.path}"),
        name=route.command,
        operation_id=route.command,
        summary=f"{told.term}  {told.sentence}",
        status_code=201 if route.begins else 200,
        opt={"route": route},
    )
    async def act(request: Command) -> Response[bytes]:
        desk = desk_of(request)
        caller = caller_of(request)
        members = members_of(await body_of(request))
        envelope = keyed(parted(members), request)
        expected = expected_of(request, required=route.judges)
        path = request.path_params
        for name in route.fills:
            value = await desk.case(caller.log, path[name]) if name == "case" else _named(name, path[name])
            if members.setdefault(name, value) != value:
                raise Problem(
                    "malformed",
                    f"{name} 在地址和请求体中不一致",
                    f"{name} is one thing in the address and another in the body",
                )
        answer = await desk.take(caller, route.command, members, envelope, expected)
        return answered(answer, route)

    act.fn.__doc__ = _described(route)
    return act


async def body_of(request: Command) -> bytes:
    """The body, which is JSON where there is one."""
    body = await request.body()
    kind = request.headers.get("content-type", JSON).partition(";")[0].strip().lower()
    if body and kind != JSON:
        raise Problem("not-json-type", f"请求体应为 {JSON}，不是 {kind}", f"the body must be {JSON}, not {kind}")
    return body


def keyed(envelope: Envelope, request: Command) -> Envelope:
    """The envelope with the command id from the header, where it stands there."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return envelope
    key = key.strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if not _KEY.match(key) or envelope.command not in (None, key):
        raise Problem(
            "command-id",
            "Idempotency-Key 应为 1 至 200 个可见字符，且与请求体中的 command 一致",
            "Idempotency-Key has 1 to 200 visible characters, and is what `command` in the body says, if it does",
        )
    return msgspec.structs.replace(envelope, command=key)


def expected_of(request: Command, *, required: bool) -> int | None:
    """The revision that the client saw (If-Match); `*` is whatever it has become."""
    given = request.headers.get("if-match")
    if given is None:
        if required:
            raise Problem(
                "version-wanted",
                '此项是对他人所报的判断：请以 If-Match: "修订号" 说明所见版本（不计版本则写 *）',
                'this judges what somebody submitted: say which revision you saw, If-Match: "7" (or * for any)',
            )
        return None
    if given.strip() == "*":
        return None
    match = _REVISION.match(given.strip())
    if match is None:
        raise Problem(
            "bad-header", 'If-Match 应为带引号的修订号，如 "7"', 'If-Match is a revision in quotes, such as "7"'
        )
    return int(match[1])


def answered(answer: Answer, route: Route) -> Response[bytes]:
    """The writer's answer; 201 and an address where something began."""
    headers = {"ETag": f'"{answer.rev}"'}
    if route.begins:
        headers["Location"] = address_of(answer)
    return Response(_encode(answer), status_code=201 if route.begins else 200, media_type=JSON, headers=headers)


def address_of(answer: Answer) -> str:
    """Where what began is found: a case by its number."""
    kind, _, id = answer.stream.partition("/")
    places = {"case": "cases", "activity": "activities", "responsibility": "responsibilities"}
    return f"/api/{answer.log}/{places[kind]}/{answer.number or id}"


def desk_of(request: Command) -> Desk:
    """Where commands are taken."""
    return request.app.state.desk


def _named(name: str, value: str) -> str:
    """A member as the law writes it: `activity/<uuid>` of the id alone."""
    return f"{name}/{value}" if name in ("activity", "responsibility") and "/" not in value else value


def _described(route: Route) -> str:
    """What the operation is, for the reference."""
    told = explain(route.kind)
    more = [f"Command `{route.command}` of the law ({told.term})."]
    if route.judges:
        more.append('Judges what somebody submitted: `If-Match: "rev"` says which revision was seen.')
    return " ".join(more)
