"""Authenticates requests by token or session, and the guards that check permissions."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, cast

from litestar import HttpMethod
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler

from casework.application.access.permissions import check_may
from casework.application.access.throttle import network_of
from casework.application.accounts import sessions
from casework.application.accounts.callers import Caller
from casework.application.accounts.sessions import Session
from casework.application.runtime.problem import Problem, database_sentence
from casework.http.cookie import checked_cookie_of
from casework.http.problem_words import STATUS_OF
from casework.http.process import ServerState
from casework.http.refusals import refused

Connection = ASGIConnection[Any, Any, Any, Any]
AsyncGuard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]
#: a token or a session in an address, which logs, browser histories and referrers keep
_IN_ADDRESS = re.compile(rb"(?:^|[=&/])c[ws]\.[^.&/]{1,64}\.[0-9a-f]{12}\.")


async def signed_in(connection: Connection, handler: BaseRouteHandler) -> None:
    """Guard: a token or session of this log, for looking or for the command `acts`, in a role that `needs` admits."""
    caller = await sign_in(connection, connection.headers.get("authorization", "").encode("latin-1"))
    caller.check_may(handler.opt.get("acts", ""))
    if needs := handler.opt.get("needs"):
        check_may(caller.role, needs)


async def sign_in(connection: Connection, authorization: bytes) -> Caller:
    """Authenticate by this header, or a cookie; sets what `caller_of` returns. Raises Problem."""
    check_address(connection)
    text = _shown(connection, authorization)
    caller = await admitted(connection, text)
    _check_log(connection, caller.log)
    return caller


async def admitted(connection: Connection, text: str) -> Caller:
    """The caller of TEXT, a token or a session; Problem where it is invalid, or its rate limit is exceeded."""
    server: ServerState = connection.app.state.server
    caller = server.callers.lately(text)
    if caller is None:
        if not server.callers.has_met(text):
            # before any lookup; a known caller is not limited by strangers behind the same address
            server.strangers.check(_place(connection))
        try:
            caller = await server.in_thread(server.callers.look, text)
        except Problem as why:
            if STATUS_OF.get(why.code) == HTTPStatus.UNAUTHORIZED:
                server.strangers.spend(_place(connection))
            raise
    connection.scope["user"] = caller
    server.tokens.take(caller.id)
    return caller


async def may_still_come(connection: Connection) -> bool:
    """Whether the caller would still be admitted now; asked repeatedly while a stream lasts."""
    try:
        await signed_in(connection, connection.route_handler)
    except Problem:
        return False
    except Exception as why:
        if not database_sentence(why):
            raise
        return True  # the database is away: the next look tells
    return True


async def with_session(connection: Connection, _: BaseRouteHandler) -> None:
    """Guard: a session is required, in any role or before one is chosen; a token is refused."""
    check_address(connection)
    if connection.headers.get("authorization"):
        raise refused("session-wanted")
    text = checked_cookie_of(connection)
    if not text:
        raise refused("no-token/page")
    if text.startswith("cw."):
        raise refused("session-wanted/account")
    server: ServerState = connection.app.state.server
    held = await server.in_thread(sessions.proved, server.runtime, text)
    _check_log(connection, held.log)
    connection.scope["state"]["session"] = held


def except_options(guard: AsyncGuard) -> AsyncGuard:
    """GUARD, but not for the OPTIONS route that Litestar adds to every address: it only lists the methods."""

    async def guarding(connection: Connection, handler: BaseRouteHandler) -> None:
        if connection.scope.get("method") != HttpMethod.OPTIONS:
            await guard(connection, handler)

    return guarding


def caller_of(connection: Connection) -> Caller:
    """The caller of the request, after the guard `signed_in`."""
    return cast(Caller, connection.scope["user"])


def session_of(connection: Connection) -> Session:
    """The session of the request, after the guard `with_session`."""
    return cast(Session, connection.scope["state"]["session"])


def check_address(connection: Connection) -> None:
    """Refuse a token in the address, where logs and browser histories keep it."""
    scope = connection.scope
    if _IN_ADDRESS.search(scope["query_string"]) or _IN_ADDRESS.search(scope["path"].encode()):
        raise refused("token-in-address")


def _shown(connection: Connection, authorization: bytes) -> str:
    """The token of the header, else of the cookie."""
    scheme, _, text = authorization.decode("latin-1").partition(" ")
    text = text.strip()
    if text and scheme.lower() == "bearer":
        return text
    if not authorization and (text := checked_cookie_of(connection)):
        return text
    as_stranger(connection)
    raise refused("no-token")


def _check_log(connection: Connection, log: str) -> None:
    """Refuse a caller of another log."""
    asked = connection.path_params.get("log")
    if asked is not None and asked != log:
        raise refused("token-of-another-log", log=log)


def as_stranger(connection: Connection) -> None:
    """Count an unauthenticated request against the rate limit of its network; Problem where that is exceeded."""
    server: ServerState = connection.app.state.server
    server.strangers.take(_place(connection))


def _place(connection: Connection) -> str:
    return network_of(connection.client.host if connection.client else "")
