"""Signing in to the pages: a token sent once by a form, then kept in a cookie that no script and no other site sees."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs

from litestar import Response, get, post
from litestar.connection import ASGIConnection
from litestar.exceptions import NotFoundException
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect
from msgspec import Struct

from casework.application.problem import Problem
from casework.http.api.queries import Query
from casework.http.caller import caller_of
from casework.http.door import door_of
from casework.http.language import language_of
from casework.http.pages.render import HEADERS, page
from casework.http.problems import problem_of

COOKIE = "casework"
_LONGEST = 4_000
#: where a form may send its reader next: a page of this server, never another one
_INSIDE = re.compile(r"/[A-Za-z0-9_-][A-Za-z0-9_/.%-]*\Z")
_OURS = {"same-origin", "none"}


class SignIn(Struct, frozen=True, kw_only=True):
    """The form: why it is shown again, and where it leads."""

    why: str = ""
    next: str = ""


async def with_cookie(connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
    """Guard: only with a token in the cookie, and only into the log it was made for."""
    door = door_of(connection)
    log = connection.path_params.get("log")
    if log is not None and log not in await door.in_thread(door.house.logs):
        raise NotFoundException  # no county of that name: an address like any other that leads nowhere
    text = connection.cookies.get(COOKIE, "")
    if not text:
        raise Problem("no-token", "请先登录", "sign in first")
    caller = door.callers.lately(text) or await door.in_thread(door.callers.look, text)
    connection.scope["user"] = caller
    if log is not None and log != caller.log:
        raise Problem(
            "token-of-another-log",
            f"此令牌只能用于县账 {caller.log}",
            f"this token opens the log {caller.log} and no other",
        )


@get("/", include_in_schema=False, guards=[with_cookie])
async def front(request: Query) -> Redirect:
    """To the own county; without a cookie the form is shown in its place."""
    return Redirect(f"/{caller_of(request).log}", status_code=303, headers=HEADERS)


@post("/sign-in", include_in_schema=False, status_code=303)
async def sign_in(request: Query) -> Response[Any]:
    """Look at the token once; a good one becomes a cookie."""
    body = await request.body()
    if not is_ours(request) or len(body) > _LONGEST:
        raise Problem("malformed", "请从登录页提交", "send it from the form")
    form = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    token, next_ = form.get("token", [""])[0].strip(), form.get("next", [""])[0]
    door = door_of(request)
    try:
        caller = await door.in_thread(door.callers.look, token)
    except Problem as why:
        said = problem_of(why, language_of(request)).detail
        return page("sign_in.html", language_of(request), SignIn(why=said, next=inside(next_)), 401)
    answer = Redirect(inside(next_) or f"/{caller.log}", status_code=303, headers=HEADERS)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="lax", secure=request.url.scheme == "https", path="/")
    return answer


@post("/sign-out", include_in_schema=False, status_code=303)
async def sign_out(request: Query) -> Response[Any]:
    """Let go of the cookie; the token itself is revoked on the machine."""
    if not is_ours(request):
        raise Problem("malformed", "请从页面退出", "sign out from the page")
    answer = Redirect("/", status_code=303, headers=HEADERS)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def is_ours(request: Query) -> bool:
    """Whether a page of this server sent the form, and no other site; a browser tells, and programs need not.

    Without TLS a browser says no `Sec-Fetch-Site`, but which host the form came from it says on every such request.
    """
    headers = request.headers
    if (site := headers.get("sec-fetch-site")) is not None:
        return site in _OURS
    origin = headers.get("origin")
    return origin is None or origin.partition("://")[2] in (headers.get("host"), headers.get("x-forwarded-host"))


def inside(address: str) -> str:
    """The address where it is one of ours, else ''."""
    return address if _INSIDE.match(address) else ""
