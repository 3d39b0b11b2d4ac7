"""Page routes of signing in and out, by password or token."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlencode

from litestar import Response, get, post
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect
from msgspec import Struct

from casework.application.access.permissions import check_may
from casework.application.accounts.sign_in import Wish
from casework.application.runtime.problem import Problem
from casework.http.api.queries import Query
from casework.http.caller import admitted, caller_of, check_address
from casework.http.cookie import cookie_of, drop_cookie, is_ours, set_cookie
from casework.http.language import language_of
from casework.http.pages.render import HEADERS, page
from casework.http.problems import problem_of
from casework.http.process import ServerState, server_state_of
from casework.http.refusals import refused
from casework.http.session_actions import end_before, entered, give

_LONGEST = 4_000
#: where a sign-in at the identity provider begins
THERE = "/sign-in/issuer"
#: where a form may send its reader next: a page of this server, never another one
_INSIDE = re.compile(r"/[A-Za-z0-9_-][A-Za-z0-9_/.%-]*\Z")


class SignIn(Struct, frozen=True, kw_only=True):
    """The form: why it is shown again, where it leads, what was typed, whether a new password is wanted,
    and whether what few people fill in is open: they have to, or had begun to.

    there  label and address of each way by the county's identity provider
    """

    why: str = ""
    next: str = ""
    login: str = ""
    log: str = ""
    logs: tuple[str, ...] = ()
    is_first: bool = False
    is_more: bool = False
    device: str = ""
    there: tuple[tuple[str, str], ...] = ()


async def with_cookie(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Guard: a session or token of this log is required, in a role that has the permission."""
    check_address(connection)
    server = server_state_of(connection)
    log = connection.path_params.get("log")
    text = cookie_of(connection)
    if log is not None or not text:
        await check_log(server, log)
    if not text:
        raise refused("no-token/page")
    caller = await admitted(connection, text)
    caller.check_may()
    if log is not None and log != caller.log:
        raise refused("token-of-another-log/page", log=caller.log)
    check_may(caller.role, handler.opt["needs"])


async def check_log(server: ServerState, log: str | None) -> None:
    """Answer 404 where there is no such county."""
    server.logs = tuple(await server.in_thread(server.runtime.logs))
    if log is not None and log not in server.logs:
        raise NotFoundException


@get("/", guards=[with_cookie], needs="desk.read")
async def front(request: Query) -> Redirect:
    """To the own county; without a cookie the form is shown in its place."""
    return Redirect(f"/{caller_of(request).log}", status_code=303, headers=HEADERS)


@get("/sign-in", needs="page.sign-in")
async def again() -> Redirect:
    """To the form, or the own county, where the address that the form was sent to is loaded again."""
    return Redirect("/", status_code=303, headers=HEADERS)


@post("/sign-in", status_code=303, needs="page.sign-in")
async def sign_in(request: Query) -> Response[Any]:
    """Sign in by the token of the form, or by login and password, and set the cookie."""
    if not is_ours(request):
        raise refused("malformed/sign-in-page")
    form = await form_of(request)
    server = server_state_of(request)
    next_ = inside(form.get("next", ""))
    token = form.get("token", "").strip()
    try:
        check_address(request)
        if token:
            caller = await admitted(request, token)
            await end_before(request)
            answer = Redirect(next_ or f"/{caller.log}", status_code=303, headers=HEADERS)
            set_cookie(request, answer, token)
            return answer
        log = form.get("log", "")
        wish = Wish(**{name: form.get(name, "") for name in Wish.__struct_fields__})
        if wish.new_password != form.get("again", ""):
            raise refused("new-password-wanted")
        opened = await entered(request, log, wish)
    except Problem as why:
        await check_log(server, None)
        told = problem_of(why, language_of(request))
        is_first = why.code in ("new-password-wanted", "password-same") or bool(form.get("new_password"))
        device = form.get("device", "")
        view = sign_in_form(
            server, language_of(request), why=told.detail, next=next_, login=form.get("login", ""),
            is_first=is_first, device=device,
            is_more=bool(device or form.get("code") or why.code in ("code-wanted", "wrong-code")),
        )  # fmt: skip
        return page("sign_in.html", language_of(request), view, told.status)
    answer = Redirect(next_ or f"/{log}", status_code=303, headers=HEADERS)
    give(request, answer, opened)
    return answer


@post("/sign-out", status_code=303, needs="page.sign-in")
async def sign_out(request: Query) -> Response[Any]:
    """End the session and delete the cookie; a token stays valid until it is revoked."""
    if not is_ours(request):
        raise refused("malformed/sign-out")
    await end_before(request)
    answer = Redirect("/", status_code=303, headers=HEADERS)
    drop_cookie(request, answer)
    return answer


def sign_in_form(server: ServerState, language: str, *, next: str = "", **more: Any) -> SignIn:
    """The form, with the county chosen where there is only one."""
    log = server.logs[0] if len(server.logs) == 1 else ""
    return SignIn(log=log, logs=server.logs, next=next, there=_there(server, language, next), **more)


def _there(server: ServerState, language: str, next: str) -> tuple[tuple[str, str], ...]:
    """By the identity provider: a link, since the policy of the page lets no form lead to another server."""
    if server.issuer is None:
        return ()
    label = server.issuer.labels[language == "en"]
    return tuple(
        (
            label if len(server.logs) == 1 else f"{label} · {log}",
            f"{server.issuer.here}{THERE}?{urlencode({'log': log} | ({'next': next} if next else {}))}",
        )
        for log in server.logs
    )


async def form_of(request: Query) -> dict[str, str]:
    """What a form sent, the first of each name."""
    body = await request.body()
    if len(body) > _LONGEST:
        raise refused("malformed/page")
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


def inside(address: str) -> str:
    """ADDRESS where it is a path of this server, else ''."""
    return address if _INSIDE.match(address) else ""
