"""What signing in does to sessions and cookies, for API and pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from litestar import Response

from casework.application.accounts import second_factor, sessions
from casework.application.accounts import sign_in as signing_in
from casework.application.accounts.second_factor import NewSecret
from casework.application.accounts.sessions import Opened
from casework.application.accounts.sign_in import Wish
from casework.application.runtime.problem import unknown
from casework.http.api.queries import Query
from casework.http.caller import check_address, session_of
from casework.http.cookie import check_not_in_the_clear, cookie_of, is_ours, set_cookie
from casework.http.process import server_state_of
from casework.http.refusals import refused

T = TypeVar("T")


async def entered(request: Query, log: str, wish: Wish) -> Opened:
    """A new session; the session that the browser brought along, its own or planted, is ended."""
    check_address(request)
    check_not_in_the_clear(request)
    if not is_ours(request):
        raise refused("another-site/sign-in")
    server = server_state_of(request)
    logs = await server.in_thread(server.runtime.logs)
    if log not in logs:
        raise unknown(refused, "unknown-log/sign-in", log, logs)
    opened = await server.in_hasher(signing_in.sign_in, server.runtime, log, wish, address_of(request))
    await end_before(request)
    return opened


async def end_before(request: Query) -> None:
    """End the session that the browser brought along, also one that another site planted."""
    server = server_state_of(request)
    await server.in_thread(_end_before, server.runtime, cookie_of(request))
    server.callers.forget()


async def in_role(request: Query, role: str, unit: str = "") -> Opened:
    """The session of the request in another role, or for another unit."""
    server, held = server_state_of(request), session_of(request)
    opened = await server.in_thread(signing_in.choose, server.runtime, held, role, unit)
    server.callers.forget()
    return opened


async def changed(request: Query, password: str, new: str) -> None:
    """Another password."""
    server, held = server_state_of(request), session_of(request)
    check_not_in_the_clear(request)
    await server.in_hasher(signing_in.change_password, server.runtime, held, password, new, address_of(request))
    server.callers.forget()


async def begun(request: Query, password: str) -> NewSecret:
    """A secret for the second factor, once the password is proved."""
    await _prove(request, password)
    return await of_login(request, second_factor.begin)


async def ended_second(request: Query, password: str) -> None:
    """The second factor turned off, once the password is proved."""
    await _prove(request, password)
    await of_login(request, second_factor.end)


async def ended(request: Query, id: str) -> bool:
    """End a session of one's own; whether it is the session of the request."""
    held = session_of(request)
    await of_login(request, sessions.end, id, by=held.login)
    server_state_of(request).callers.forget()
    return id == held.id


async def of_login(request: Query, function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """FUNCTION (runtime, log, login, …) in a thread, for the person who has signed in."""
    server, held = server_state_of(request), session_of(request)
    return await server.in_thread(function, server.runtime, held.log, held.login, *args, **kwargs)


def give(request: Query, answer: Response[Any], opened: Opened) -> None:
    """The new session as a cookie of the answer: a device keeps it for weeks."""
    days = server_state_of(request).runtime.settings.sessions.device_days if opened.about.device else 0
    set_cookie(request, answer, opened.secret, days=days)


def address_of(request: Query) -> str:
    """Where the request came from, kept as a keyed hash only; behind a proxy that uvicorn trusts, what it says."""
    return request.client.host if request.client else ""


async def _prove(request: Query, password: str) -> None:
    server = server_state_of(request)
    check_not_in_the_clear(request)
    await server.in_hasher(signing_in.prove, server.runtime, session_of(request), password, address_of(request))


def _end_before(runtime: Any, text: str) -> None:
    before = sessions.find(runtime, text)
    if before is not None:
        sessions.end(runtime, before.log, before.login, before.id, by=before.login)
