"""Page routes of signing in at the county's identity provider."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import litestar
from litestar import Response
from litestar.response import Redirect

from casework.application.accounts import oidc_sign_in as signing_in_there
from casework.application.accounts.oidc_provider import ANSWER, Issuer
from casework.application.accounts.oidc_sign_in import MINUTES, Answer
from casework.application.runtime.problem import Problem, unknown
from casework.http.api.queries import Query
from casework.http.caller import as_stranger, check_address
from casework.http.cookie import begun_of, check_not_in_the_clear, set_begun
from casework.http.language import language_of
from casework.http.pages.render import HEADERS, page
from casework.http.pages.signing_in import THERE, check_log, inside, sign_in_form
from casework.http.problems import problem_of
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.http.session_actions import end_before, give

_LONGEST = 4_000


@litestar.get(THERE, needs="page.sign-in")
async def begin(request: Query) -> Response[Any]:
    """Redirect to the identity provider, with a cookie that finishes the sign-in."""
    next_ = inside(_asked(request, "next"))
    return await _tried(request, _begin, next_)


@litestar.get(ANSWER, needs="page.sign-in")
async def answer(request: Query) -> Response[Any]:
    """Back from the identity provider: sign in, end the earlier session, lead to the page wanted."""
    return await _tried(request, _finish)


async def _tried(
    request: Query, act: Callable[[Query, Issuer, str], Awaitable[Response[Any]]], next: str = ""
) -> Response[Any]:
    """What ACT answers, or the sign-in page with what went wrong: the password opens when the provider does not."""
    server, language = server_state_of(request), language_of(request)
    try:
        as_stranger(request)
        check_address(request)
        check_not_in_the_clear(request)
        if server.issuer is None:
            raise refused("no-issuer")
        return await act(request, server.issuer, next)
    except Problem as why:
        await check_log(server, None)
        told = problem_of(why, language)
        return page("sign_in.html", language, sign_in_form(server, language, why=told.detail, next=next), told.status)


async def _begin(request: Query, issuer: Issuer, next: str) -> Response[Any]:
    server, log = server_state_of(request), _asked(request, "log")
    logs = await server.in_thread(server.runtime.logs)
    if log not in logs:
        raise unknown(refused, "unknown-log/sign-in", log, logs)
    begun = await server.at_issuer(signing_in_there.begin, server.runtime, issuer, log, next)
    answer = Redirect(begun.address, status_code=303, headers=HEADERS)
    set_begun(request, answer, begun.secret, seconds=MINUTES * 60)
    return answer


async def _finish(request: Query, issuer: Issuer, _: str) -> Response[Any]:
    server = server_state_of(request)
    said = Answer(**{name: _asked(request, name) for name in Answer.__struct_fields__})
    opened, next = await server.at_issuer(signing_in_there.finish, server.runtime, issuer, said, begun_of(request))
    await end_before(request)
    answer = Redirect(next or f"/{opened.about.log}", status_code=303, headers=HEADERS)
    give(request, answer, opened)
    set_begun(request, answer, "", seconds=0)
    return answer


def _asked(request: Query, name: str) -> str:
    return request.query_params.get(name, "")[:_LONGEST]
