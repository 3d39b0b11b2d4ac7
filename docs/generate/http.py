"""`docs/reference/http.md`: every address of the API, and every problem."""

from __future__ import annotations

import inspect
import re

from litestar import Litestar
from litestar.handlers import HTTPRouteHandler
from litestar.routes import HTTPRoute

from casework.http import health
from casework.http.api.route_table import NOT_HERE, ROUTES
from casework.http.api.router import router
from casework.http.pages import routes as pages
from casework.http.problem_words import STATUS_OF, TITLES
from docs.generate.markdown import page, table

_INTRODUCTION = (
    "Everything below `/api` wants a token (`Authorization: Bearer …`, made by `casework token create` for one actor in"
    " one role of one log) or the cookie of a signed-in user, which changes something only where `Sec-Fetch-Site`"
    " or `Origin` says that a page of this server sent it. `/api/docs` is this page with every member,"
    " `/api/docs/openapi.json` the same for programs;"
    " both without a token, as are `/health/live` and `/health/ready`. Below `/api/{log}/receipt` number and secret of"
    " a receipt, in the body, are looked at in its place."
)
_COMMANDS = (
    "A body is JSON: the command's members ([commands.md](commands.md)) without what the address says, and beside them"
    " `command` (its id, or the header `Idempotency-Key`: sent twice, it is stored once), `for` (whose act it was),"
    " `occurred` or `occurred_on` (when it happened), `device` (the clocks of a device that was away: `captured`,"
    " `sent`, `id`). `{case}` is a number, a ledger's id or the case's uuid. `If-Match: \"rev\"` states the revision"
    " that was seen; where **!** stands it must be stated (`*` is any). The answer has `stream`, `rev`, `seq`,"
    " `events`, `number`, `size`, and `ETag`; what begins something is 201 with `Location`."
)
_BATCH = (
    '`POST /api/{log}/commands` takes `{"commands": […]}`, up to 100 bodies, each with `do` (the command\'s name),'
    " `command` (its id), what the address would say, and `if_match` where it is wanted. Each is answered on its own,"
    " in order: `accepted`, `repeated`, `refused` (and why), `retry` (send it again with the same id). A later one may"
    " act on a case that an earlier one registers."
)

_QUESTIONS = (
    "Each is answered of what the caller may see: an area and everything below it, the own unit's cases, the own cases;"
    " what lies outside is 403 (`outside-your-area`). Lists go on at `after=` the `next` of the page before. Any fact,"
    " or any column that a projection keeps, is a filter as well, exact and repeated for several values; a name or"
    " value that does not exist is refused with the nearest that do. Nothing personal stands in an address: a phone or"
    " identity number is looked for by a body. `format=csv` gives a file in which no cell is taken for a formula."
)
_PAGES = (
    "`/` asks for login and password, or a token, and keeps a session in a cookie that no script sees; `/{log}/account`"
    " is oneself: role, sessions and devices, password, second factor; `/{log}` is the own desk,"
    " `/{log}/projections/{name}` a projection (with `.csv` a file), `/{log}/cases/{number}` a case and its steps. They"
    " take the same words in the address as the questions above, need no script, and print as they are read."
    " `/receipt` wants number and secret of a receipt in place of a token;"
    " `/receipt/new` takes a request from anybody, where `residents.filing` is set."
)


def http() -> str:
    """The page."""
    commands = [
        (f"`{name}`", f"`POST /api/{{log}}{route.path}`" + (" **!**" if route.judges else ""), route.kind.term.zh)
        for name, route in ROUTES.items()
    ]
    codes: dict[int, list[str]] = {}
    for code, status in STATUS_OF.items():
        codes.setdefault(status, []).append(f"`{code}`")
    return page(
        "HTTP API 接口",
        _INTRODUCTION,
        "## Commands 办理",
        _COMMANDS,
        table(("command", "address", "中文"), commands),
        "## Questions 查询",
        _QUESTIONS,
        table(("address", "中文 · English", "more"), _questions()),
        "## Pages 网页",
        _PAGES,
        "## Many at once 批量",
        _BATCH,
        "## Not over HTTP 不在此处",
        table(("command", "why"), [(f"`{name}`", why) for name, why in NOT_HERE.items()]),
        "## Problems 出错",
        "Whatever fails is `application/problem+json` (RFC 9457): `title`, `status`, `detail` (what happened, and what"
        " to do next, in Chinese or English as `Accept-Language` asks), `code` (stable), `nearest` (valid names"
        " close to what was asked for), `rev` (where the case stands, at 412), `request` (its id in the log). What the"
        " law refuses and is not named here is 409.",
        table(
            ("status", "中文", "codes"),
            [(str(status), TITLES[status], ", ".join(sorted(names))) for status, names in sorted(codes.items())],
        ),
    )


def needed() -> list[tuple[str, str, str]]:
    """Method, address and permission of every route: the API, its health, the pages."""
    return [(method, f"`{address}`", f"`{handler.opt['needs']}`") for method, address, handler in _handlers()]


def _handlers() -> list[tuple[str, str, HTTPRouteHandler]]:
    """Method, address and handler of every route, by address."""
    parts = [router(attachment_bytes=0), health.live, health.ready, pages.router()]
    routes = Litestar(route_handlers=parts, openapi_config=None).routes
    found = [
        (method, re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path), handler)
        for route in routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS"
    ]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _questions() -> list[tuple[str, ...]]:
    """A line about each route of the API that is no command; those have names."""
    return [_told(*one) for one in _handlers() if one[1].startswith("/api/") and one[2].name is None]


def _told(method: str, address: str, handler: HTTPRouteHandler) -> tuple[str, ...]:
    """A line about one route, in the words that it describes itself with."""
    said = " ".join((inspect.getdoc(handler.fn) or "").split())
    return f"`{method} {address}`", " · ".join((handler.summary or "").split("  ")), said
