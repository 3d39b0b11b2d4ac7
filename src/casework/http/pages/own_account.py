"""Page of one's own account: role, sessions, password, second factor."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import litestar
from litestar import Response
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.accounts import second_factor, sessions
from casework.application.accounts import sign_in as signing_in
from casework.application.accounts.accounts import get as account_of
from casework.application.accounts.callers import check_second
from casework.application.accounts.sessions import Session
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query
from casework.http.caller import session_of, with_session
from casework.http.cookie import drop_cookie
from casework.http.language import language_of
from casework.http.pages.qr_code import QrCode, qr_code
from casework.http.pages.render import HEADERS, page
from casework.http.pages.signing_in import check_log, form_of, inside
from casework.http.pages.views import Frame, frame, local, role_of
from casework.http.pages.words import Words
from casework.http.problems import problem_of
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.http.session_actions import begun, changed, ended, ended_second, give, in_role, of_login

Form = dict[str, str]


class SessionLine(Struct, frozen=True):
    """A session in words."""

    id: str
    device: str
    role: str
    seen: str
    until: str
    current: bool


class Choice(Struct, frozen=True):
    """A role to act in, with its unit where it is held in several; `code` is what the form sends."""

    code: str
    name: str
    is_current: bool


class _Shown(Struct, frozen=True, kw_only=True):
    """What an act leaves to be shown, once."""

    done: str = ""
    secret: str = ""
    address: str = ""
    codes: list[str] = []


class OwnPage(Frame, frozen=True, kw_only=True):
    """The own account: what went wrong, what is shown once, and the forms."""

    login: str
    why: str
    shown: _Shown
    role: str
    roles: list[Choice]
    sessions: list[SessionLine]
    second: bool
    secret: str
    qr: QrCode | None
    next: str
    shortest: int


async def inside_county(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard: an existing county and a session are required."""
    await check_log(server_state_of(connection), connection.path_params["log"])
    await with_session(connection, handler)


@litestar.get("/{log:str}/account", guards=[inside_county], needs="account.own")
async def own(request: Query) -> Response[str]:
    """The page of one's own account."""
    return await shown(request, next=inside(request.query_params.get("next", "")))


@litestar.post(
    "/{log:str}/account/{act:str}",
    status_code=200,
    guards=[inside_county],
    needs="account.own",
)
async def change(request: Query, act: FromPath[str]) -> Response[Any]:
    """One of the forms of the page; what goes wrong is said on it."""
    if act not in _ACTS:
        raise NotFoundException
    try:
        return await _ACTS[act](request, await form_of(request))
    except Problem as why:
        told = problem_of(why, language_of(request))
        return await shown(request, why=told.detail, status=told.status)


async def shown(request: Query, what: _Shown | None = None, *, why: str = "", status: int = 200, next: str = "") -> Any:
    """The page, with what went wrong or is shown once."""
    server, held, language = server_state_of(request), session_of(request), language_of(request)
    view = await server.in_thread(_view, server.runtime, held, Words(language), what or _Shown(), why, next)
    return page("own_account.html", language, view, status)


async def _role(request: Query, form: Form) -> Response[Any]:
    role, _, unit = form.get("role", "").partition(" ")
    opened = await in_role(request, role, unit)
    answer = Redirect(inside(form.get("next", "")) or f"/{opened.about.log}", status_code=303, headers=HEADERS)
    give(request, answer, opened)
    return answer


async def _end(request: Query, form: Form) -> Response[Any]:
    return _left(request, await ended(request, form.get("id", "")))


async def _end_others(request: Query, _: Form) -> Response[Any]:
    held = session_of(request)
    await of_login(request, sessions.end_all, by=held.login, but=held.id)
    server_state_of(request).callers.forget()
    return _left(request, False)


async def _password(request: Query, form: Form) -> Response[Any]:
    if form.get("new_password", "") != form.get("again", ""):
        raise refused("new-password-wanted")
    await changed(request, form.get("password", ""), form.get("new_password", ""))
    return await shown(request, _Shown(done=Words(language_of(request)).password_changed))


async def _begin(request: Query, form: Form) -> Response[Any]:
    made = await begun(request, form.get("password", ""))
    return await shown(request, _Shown(secret=made.secret, address=made.address))


async def _confirm(request: Query, form: Form) -> Response[Any]:
    made = await of_login(request, second_factor.confirm, form.get("code", ""))
    return await shown(request, _Shown(codes=made.codes))


async def _end_second(request: Query, form: Form) -> Response[Any]:
    await ended_second(request, form.get("password", ""))
    return await shown(request)


_ACTS: dict[str, Callable[[Query, Form], Awaitable[Response[Any]]]] = {
    "role": _role,
    "end": _end,
    "end-others": _end_others,
    "password": _password,
    "second-factor": _begin,
    "second-factor-on": _confirm,
    "second-factor-off": _end_second,
}


def _left(request: Query, is_gone: bool) -> Response[Any]:
    """Back to the page, or to the form where the session of the request itself is over."""
    answer = Redirect("/" if is_gone else f"/{session_of(request).log}/account", status_code=303, headers=HEADERS)
    if is_gone:
        drop_cookie(request, answer)
    return answer


def _view(runtime: Runtime, held: Session, w: Words, what: _Shown, why: str, next: str) -> OwnPage:
    about = account_of(runtime, held.log, held.login)
    zone = runtime.county(held.log).zone

    roles: list[Choice] = []
    try:
        roles = _choices(runtime, held, w)
    except Problem as gone:
        why = why or w.of((gone.zh, gone.en))
    try:
        check_second(runtime, held)
    except Problem as missing:
        why = why or w.of((missing.zh, missing.en))
    lines = [
        SessionLine(
            one.id,
            one.device or w.browser,
            role_of(w, one.role),
            local(one.seen_at, zone),
            local(min(one.expires_at, one.idle_until), zone),
            one.id == held.id,
        )
        for one in sessions.open_of(runtime, held.log, held.login)
    ]
    secret = " ".join(what.secret[at : at + 4] for at in range(0, len(what.secret), 4))
    return OwnPage(
        **frame(runtime, held.log, Actor(held.actor, held.role), w),
        login=held.login,
        why=why,
        shown=what,
        role=held.role,
        roles=roles,
        sessions=lines,
        second=about.second,
        secret=secret,
        qr=qr_code(what.address) if what.address else None,
        next=next,
        shortest=runtime.settings.accounts.password_length,
    )


def _choices(runtime: Runtime, held: Session, w: Words) -> list[Choice]:
    """Every role that they have today, once for each unit in which they have it; Problem where there is none."""
    log, found = held.log, list[Choice]()
    units = runtime.county(log).roster.labels("unit")
    posts = signing_in.posts_of(runtime, log, held.actor)
    for role in signing_in.roles_of(runtime, log, held.actor):
        of = [post.unit for post in posts if post.role == role]
        acting = signing_in.unit_of(runtime, held) if role == held.role else ""
        for unit in of:
            several = len(of) > 1
            name = f"{role_of(w, role)} · {units.get(unit, unit)}" if several else role_of(w, role)
            found.append(Choice(f"{role} {unit}" if several else role, name, unit == acting))
    return found
