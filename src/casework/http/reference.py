"""`docs/reference/http.md`: every address of the API, from the table of routes and the application itself."""

from __future__ import annotations

from casework.application.vocabulary import explain
from casework.http.api.route_table import NOT_HERE, ROUTES
from casework.http.problem_words import STATUS_OF, TITLES

_INTRODUCTION = (
    "Everything below `/api` wants a token: `Authorization: Bearer …`, made by `casework token create` for one actor in"
    " one role of one log. `/api/docs` is this page with every member, `/api/docs/openapi.json` the same for programs;"
    " both without a token, as are `/health/live` and `/health/ready`."
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
    " `command` (its id), what the address would say, and `if_match` where it is wanted. Each is answered on its own, in"
    " order: `accepted`, `repeated`, `refused` (and why), `retry` (send it again with the same id). A later one may act"
    " on a case that an earlier one registers."
)


def page() -> list[str]:
    """The parts of the page, heading first."""
    commands = [
        (f"`{name}`", f"`POST /api/{{log}}{route.path}`" + (" **!**" if route.judges else ""), explain(route.kind).term)
        for name, route in ROUTES.items()
    ]
    codes: dict[int, list[str]] = {}
    for code, status in STATUS_OF.items():
        codes.setdefault(status, []).append(f"`{code}`")
    return [
        "# HTTP API 接口",
        _INTRODUCTION,
        "## Commands 办理",
        _COMMANDS,
        _table(("command", "address", "中文"), commands),
        "## Many at once 批量",
        _BATCH,
        "## Not over HTTP 不在此处",
        _table(("command", "why"), [(f"`{name}`", why) for name, why in NOT_HERE.items()]),
        "## Problems 出错",
        "Whatever fails is `application/problem+json` (RFC 9457): `title`, `status`, `detail` (what happened, and what to"
        " do next, in Chinese or English as `Accept-Language` asks), `code` (stable), `nearest` (valid names close to"
        " what was asked for), `rev` (where the case stands, at 412), `request` (its id in the server's log). What the"
        " law refuses and is not named here is 409.",
        _table(
            ("status", "中文", "codes"),
            [(str(status), TITLES[status], ", ".join(sorted(names))) for status, names in sorted(codes.items())],
        ),
    ]


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join(
        [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}", *(f"| {' | '.join(row)} |" for row in rows)]
    )
