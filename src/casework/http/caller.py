"""Who is at the door: the bearer token or the session of a request, and the guards that look at it."""

from __future__ import annotations

import re
from typing import Any, cast

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from casework.application import sessions
from casework.application.callers import Caller
from casework.application.problem import Problem
from casework.application.sessions import Session
from casework.case.context import ROLES
from casework.http.cookie import checked_cookie_of
from casework.http.door import door_of

Connection = ASGIConnection[Any, Any, Any, Any]
#: a token or a session where everybody writes it down: logs, histories, the next page's referrer
_IN_ADDRESS = re.compile(rb"(?:^|[=&/])c[ws]\.[^.&/]{1,64}\.[0-9a-f]{12}\.")


async def signed_in(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: only with a token or a session, only into its log, and only with a token that is for looking."""
    caller = await sign_in(connection, connection.headers.get("authorization", "").encode("latin-1"))
    caller.check_may()


async def sign_in(connection: Connection, authorization: bytes) -> Caller:
    """Who comes with this header, or with a cookie; `caller_of(connection)` from here on. Problem where nobody may."""
    check_address(connection)
    text = _shown(connection, authorization)
    door = door_of(connection)
    caller = door.callers.lately(text)
    if caller is None:
        caller = await door.in_thread(door.callers.look, text)
    connection.scope["user"] = caller
    _check_log(connection, caller.log)
    return caller


async def with_session(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: only for somebody who signed in, in whatever role, or before choosing one; no token will do."""
    check_address(connection)
    if connection.headers.get("authorization"):
        raise Problem(
            "session-wanted",
            "此处须本人登录，令牌不行",
            "this is for somebody who has signed in; a token will not do",
        )
    text = checked_cookie_of(connection)
    if not text:
        raise Problem("no-token", "请先登录", "sign in first")
    door = door_of(connection)
    held = await door.in_thread(sessions.proved, door.house, text)
    _check_log(connection, held.log)
    connection.scope["state"]["session"] = held


def requires(*roles: str) -> Guard:
    """Guard: only for a caller in one of these roles."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        caller = caller_of(connection)
        if caller.role not in roles:
            raise Problem(
                "not-your-role",
                f"此处只供{'、'.join(ROLES[role] for role in roles)}使用，您的身份是{ROLES[caller.role]}",
                f"this is for {', '.join(roles)}, and you come as {caller.role}",
            )

    return guard


def acts_as(command: str) -> Guard:
    """Guard: only for somebody who may send COMMAND, to which the route amounts."""

    async def guard(connection: Connection, _: BaseRouteHandler) -> None:
        caller = await sign_in(connection, connection.headers.get("authorization", "").encode("latin-1"))
        caller.check_may(command)

    return guard


def caller_of(connection: Connection) -> Caller:
    """Whose request this is, once the guard `signed_in` has let it pass."""
    return cast(Caller, connection.scope["user"])


def session_of(connection: Connection) -> Session:
    """The session of the request, once the guard `with_session` has let it pass."""
    return cast(Session, connection.scope["state"]["session"])


def check_address(connection: Connection) -> None:
    """Refuse whoever writes a token into the address, whatever else they show: it is in logs and histories now."""
    scope = connection.scope
    if _IN_ADDRESS.search(scope["query_string"]) or _IN_ADDRESS.search(scope["path"].encode()):
        raise Problem(
            "token-in-address",
            "网址里不能放令牌：它已留在日志和历史记录中，请撤销它，并改用 Authorization 头",
            "a token in an address stands in logs and histories: revoke it, and show the next in Authorization",
        )


def _shown(connection: Connection, authorization: bytes) -> str:
    """The token of the header; without one, what the cookie says."""
    scheme, _, text = authorization.decode("latin-1").partition(" ")
    text = text.strip()
    if text and scheme.lower() == "bearer":
        return text
    if not authorization and (text := checked_cookie_of(connection)):
        return text
    raise Problem(
        "no-token",
        "请先登录，或在 Authorization 头中以 Bearer 方式出示令牌（casework token create 生成）",
        "sign in, or show a token: Authorization: Bearer …; `casework token create` makes one",
    )


def _check_log(connection: Connection, log: str) -> None:
    """Refuse whoever knocks at another log's door than that which is theirs."""
    asked = connection.path_params.get("log")
    if asked is not None and asked != log:
        raise Problem(
            "token-of-another-log", f"您只能进入县账 {log}", f"what you show opens the log {log} and no other"
        )
