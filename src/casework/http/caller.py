"""Who is at the door: the bearer token of a request, and the guards that look at it."""

from __future__ import annotations

from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from casework.application.callers import Caller
from casework.application.permissions import check_may
from casework.application.problem import Problem
from casework.http.door import door_of

Connection = ASGIConnection[Any, Any, Any, Any]


async def signed_in(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: only with a token, only into the log it was made for, and only in a role that has the permission."""
    caller = await sign_in(connection, connection.headers.get("authorization", "").encode("latin-1"))
    check_may(caller.role, handler.opt["needs"])


async def sign_in(connection: Connection, authorization: bytes) -> Caller:
    """Who comes with this header; it is `caller_of(connection)` from here on. Problem where nobody may come in."""
    scheme, _, text = authorization.decode("latin-1").partition(" ")
    text = text.strip()
    if not text or scheme.lower() != "bearer":
        raise Problem(
            "no-token",
            "请在 Authorization 头中以 Bearer 方式出示令牌（casework token create 生成）",
            "show a token: Authorization: Bearer …; `casework token create` makes one",
        )
    door = door_of(connection)
    caller = door.callers.lately(text)
    if caller is None:
        caller = await door.in_thread(door.callers.look, text)
    connection.scope["user"] = caller
    log = connection.path_params.get("log")
    if log is not None and log != caller.log:
        raise Problem(
            "token-of-another-log",
            f"此令牌只能用于县账 {caller.log}",
            f"this token opens the log {caller.log} and no other",
        )
    return caller


async def may_still_come(connection: Connection) -> bool:
    """Whether whoever was let in would be let in now: asked again and again while a stream lasts."""
    header = connection.headers.get("authorization", "").encode("latin-1")
    try:
        caller = await sign_in(connection, header)
        check_may(caller.role, connection.route_handler.opt["needs"])
    except Problem:
        return False
    except Exception:  # the database is away: the next look tells
        return True
    return True


def caller_of(connection: Connection) -> Caller:
    """Whose request this is, once the guard `signed_in` has let it pass."""
    return cast(Caller, connection.scope["user"])
