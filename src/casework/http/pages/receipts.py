"""Pages for residents: a case by its receipt, and the form of a new request.

There is no session: each form carries number and secret on, in its body; a page that is closed leaves nothing behind.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import parse_qs

import litestar
import msgspec
from litestar import Response
from litestar.params import FromPath
from msgspec import Struct

from casework.application.access.receipts import Receipted, log_of
from casework.application.residents.file_request import Choices, Filing, check_open, choices, file_request
from casework.application.residents.public_case import PublicCase
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query
from casework.http.api.receipts import KINDS, Receipt, answered
from casework.http.cookie import is_ours
from casework.http.language import language_of
from casework.http.pages.render import page
from casework.http.problems import ProblemDetails, problem_of
from casework.http.process import ServerState, server_state_of
from casework.http.refusals import refused
from casework.http.request_log import fault, request_id
from casework.http.session_actions import address_of
from casework.law.msgspec_errors import in_chinese
from casework.text import Text

_LONGEST = 40_000
Form = dict[str, str]


class ReceiptForm(Struct, frozen=True, kw_only=True):
    """The form: why it is shown again, what was typed, and whether new requests are taken here."""

    why: str = ""
    number: str = ""
    files: bool = False


class ReceiptPage(Struct, frozen=True, kw_only=True):
    """A case as its receipt shows it; `command` is the id of the act sent from this page."""

    case: PublicCase
    number: str
    secret: str
    command: str
    note: str = ""
    why: str = ""


class FilingPage(Struct, frozen=True, kw_only=True):
    """The form of a new request, with what was typed so far."""

    log: str
    counties: list[tuple[str, str]]
    choices: Choices
    given: Form
    command: str
    why: str = ""


class Filed(Struct, frozen=True, kw_only=True):
    """The receipt, to be printed or written down: the secret is shown only here."""

    number: str
    secret: str


@litestar.get("/receipt", needs="receipt.follow")
async def form(request: Query) -> Response[str]:
    """The form for number and secret."""
    files = server_state_of(request).runtime.settings.residents.filing
    return page("receipt.html", language_of(request), ReceiptForm(files=files))


@litestar.post("/receipt", status_code=200, needs="receipt.follow")
async def shown(request: Query) -> Response[str]:
    """The case of a receipt."""
    return await _answered(request, await _form(request))


@litestar.post("/receipt/{what:str}", status_code=200, needs="receipt.follow")
async def done(request: Query, what: FromPath[str]) -> Response[str]:
    """One of the acts, and how it stands then."""
    if what not in KINDS:
        raise unknown(refused, "no-such-page", what, KINDS)
    return await _answered(request, await _form(request), what)


@litestar.get("/receipt/new", needs="request.file")
async def new(request: Query) -> Response[str]:
    """The form of a new request; of which county is asked where there are several."""
    log = request.query_params.get("county", "")
    view = await server_state_of(request).in_thread(_filing, server_state_of(request).runtime, log, {})
    return page("filing.html", language_of(request), view)


@litestar.post("/receipt/new", status_code=200, needs="request.file")
async def file(request: Query) -> Response[str]:
    """Register it, and show the receipt."""
    given = await _form(request)
    server, language = server_state_of(request), language_of(request)
    try:
        answer = await server.in_thread(_file, server, given, address_of(request))
    except Exception as why:
        told = _told(request, why)
        view = await server.in_thread(_filing, server.runtime, given.get("log", ""), given, told.detail)
        return page("filing.html", language, view, told.status, **_later(why))
    secret = answer.secret if isinstance(answer, Receipted) else ""
    return page("filed.html", language, Filed(number=answer.number, secret=secret))


async def _form(request: Query) -> Form:
    body = await request.body()
    if not is_ours(request) or len(body) > _LONGEST:
        raise refused("malformed/receipt-page")
    return {name: values[0].strip() for name, values in parse_qs(body.decode("utf-8", "replace")).items()}


async def _answered(request: Query, given: Form, what: str = "") -> Response[str]:
    server, language = server_state_of(request), language_of(request)
    number, secret = given.get("number", ""), given.get("secret", "")
    why: ProblemDetails | None = None
    try:
        found = await server.in_thread(_asked, request, number, secret, what, given)
    except Exception as refused:
        why = _told(request, refused)
        if what and why.code not in _AT_THE_DOOR:
            try:  # the act was refused, and the case can be shown all the same
                found = await server.in_thread(_asked, request, number, secret, "", given)
            except Exception as also:
                why, refused = _told(request, also), also
            else:
                return page("receipt_case.html", language, _case(found, number, secret, why=why.detail), why.status)
        files = server.runtime.settings.residents.filing
        view = ReceiptForm(why=why.detail, number=number[:60], files=files)
        return page("receipt.html", language, view, why.status, **_later(refused))
    return page("receipt_case.html", language, _case(found, number, secret, note=what))


#: codes that refuse number and secret themselves
_AT_THE_DOOR = frozenset({"no-such-receipt", "too-many-attempts"})


def _asked(request: Query, number: str, secret: str, what: str, given: Form) -> PublicCase:
    log = log_of(server_state_of(request).runtime, number)
    if not what:
        return answered(request, log, Receipt(number=number, secret=secret), source="page")
    said = _fitting(given, KINDS[what])
    return answered(request, log, said, what, source="page")


def _fitting(given: Form, kind: Any) -> Any:
    """What was filled in as a KIND; Problem where the API would refuse it."""
    try:
        return msgspec.convert({name: value for name, value in given.items() if value}, kind, strict=False)
    except msgspec.ValidationError as why:
        raise refused("malformed/form", why=Text(in_chinese(str(why)), str(why))) from None


def _case(found: PublicCase, number: str, secret: str, note: str = "", why: str = "") -> ReceiptPage:
    command = f"page-{secrets.token_hex(12)}"
    return ReceiptPage(case=found, number=number, secret=secret, command=command, note=note, why=why)


def _filing(runtime: Runtime, log: str, given: Form, why: str = "") -> FilingPage:
    check_open(runtime)
    logs = runtime.logs()
    chosen = log if log in logs else logs[0] if len(logs) == 1 else ""
    counties = [(one, runtime.county(one, fresh=True).state.county) for one in logs]
    lists = choices(runtime, chosen) if chosen else Choices([], [])
    command = given.get("command") or f"filed-{secrets.token_hex(16)}"
    return FilingPage(log=chosen, counties=counties, choices=lists, given=_BLANK | given, command=command, why=why)


_BLANK: Form = dict.fromkeys(Filing.__struct_fields__, "")


def _file(server: ServerState, given: Form, address: str) -> Any:
    log = server.runtime.which_log(given.get("log", ""))
    filing = _fitting({name: value for name, value in given.items() if name not in ("log", "command")}, Filing)
    return file_request(server.runtime, log, filing, given.get("command", ""), server.attempts, address)


def _told(request: Query, why: Exception) -> ProblemDetails:
    told = problem_of(why, language_of(request), request_id(request.scope))
    if told.code == "fault":
        fault(request.scope, why)
    return told


def _later(why: Exception) -> dict[str, str]:
    wait = getattr(why, "retry_after", 0)
    return {"Retry-After": str(wait)} if wait else {}
