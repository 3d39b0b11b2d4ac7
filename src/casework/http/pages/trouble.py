"""Shows errors as pages: the sign-in form, or one sentence."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from msgspec import Struct

from casework.application.accounts.sessions import FORM
from casework.http.cookie import cookie_of
from casework.http.language import language_of
from casework.http.pages.render import HEADERS, page
from casework.http.pages.signing_in import inside, sign_in_form
from casework.http.problems import answer, problem_of
from casework.http.process import server_state_of
from casework.http.request_log import fault, request_id

#: problems that are solved on the page of one's own account
_MENDED = {"role-wanted", "second-factor-first", "second-factor-there", "no-role-today", "which-post"}


class Trouble(Struct, frozen=True):
    """One sentence, its code, and the id of the request in the server's log."""

    title: str
    detail: str
    code: str
    request: str


def shown(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The page of a problem in place of the one asked for; a client that wants no HTML gets the problem itself."""
    if "text/html" not in request.headers.get("accept", ""):
        return answer(request, error)
    language = language_of(request)
    told = problem_of(error, language, request_id(request.scope))
    if told.status == 401:
        why = told.detail if cookie_of(request) else ""
        form = sign_in_form(server_state_of(request), language, why=why, next=inside(request.url.path))
        return page("sign_in.html", language, form, 401)
    if told.code in _MENDED and (held := FORM.match(cookie_of(request))):
        next_ = inside(request.url.path)
        return Redirect(f"/{held['log']}/account?next={next_}", status_code=303, headers=HEADERS)
    if told.code == "fault":
        fault(request.scope, error)
    return page("problem.html", language, Trouble(told.title, told.detail, told.code, told.request), told.status)


HANDLERS: dict[Any, Any] = {Exception: shown, HTTPException: shown}
