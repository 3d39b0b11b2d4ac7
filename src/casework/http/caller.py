"""Who is at the door: the bearer token of a request, and the guards that look at it."""

from __future__ import annotations

from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from casework.application.callers import Caller
from casework.application.problem import Problem
from casework.case.context import ROLES
from casework.http.door import door_of
from casework.http.pace import place_of

Connection = ASGIConnection[Any, Any, Any, Any]


async def signed_in(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: only with a token, and only into the log it was made for."""
    await sign_in(connection, connection.headers.get("authorization", "").encode("latin-1"))


async def sign_in(connection: Connection, authorization: bytes) -> Caller:
    """Who comes with this header; it is `caller_of(connection)` from here on. Problem where nobody may come in."""
    scheme, _, text = authorization.decode("latin-1").partition(" ")
    text = text.strip()
    if not text or scheme.lower() != "bearer":
        _unknown_there(connection)
        raise Problem(
            "no-token",
            "请在 Authorization 头中以 Bearer 方式出示令牌（casework token create 生成）",
            "show a token: Authorization: Bearer …; `casework token create` makes one",
        )
    caller = await admitted(connection, text)
    log = connection.path_params.get("log")
    if log is not None and log != caller.log:
        raise Problem(
            "token-of-another-log",
            f"此令牌只能用于县账 {caller.log}",
            f"this token opens the log {caller.log} and no other",
        )
    return caller


async def admitted(connection: Connection, text: str) -> Caller:
    """Whose token TEXT is; Problem where it is nobody's, or they ask too fast."""
    door = door_of(connection)
    caller = door.callers.lately(text)
    if caller is None:
        if not door.callers.has_met(text):
            # before anything is looked up; who was let in before is not kept out by a stranger behind the same address
            door.strangers.check(_place(connection))
        try:
            caller = await door.in_thread(door.callers.look, text)
        except Problem:
            door.strangers.spend(_place(connection))
            raise
    connection.scope["user"] = caller
    door.tokens.check(caller.token)
    door.tokens.spend(caller.token)
    return caller


def _unknown_there(connection: Connection) -> None:
    strangers, place = door_of(connection).strangers, _place(connection)
    strangers.check(place)
    strangers.spend(place)


def _place(connection: Connection) -> str:
    return place_of(connection.client.host if connection.client else "")


def requires(*roles: str) -> Guard:
    """Guard: only for a caller in one of these roles."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        caller = caller_of(connection)
        if caller.role not in roles:
            raise Problem(
                "not-your-role",
                f"此处只供{'、'.join(ROLES[role] for role in roles)}使用，令牌的身份是{ROLES[caller.role]}",
                f"this is for {', '.join(roles)}, and the token is for {caller.role}",
            )

    return guard


def caller_of(connection: Connection) -> Caller:
    """Whose request this is, once the guard `signed_in` has let it pass."""
    return cast(Caller, connection.scope["user"])
