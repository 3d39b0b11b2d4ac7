"""Turns errors into problem responses (RFC 9457) in Chinese or English."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from casework.application.runtime.problem import Problem, database_sentence
from casework.http.language import language_of
from casework.http.problem_words import STATUS_OF, TITLES
from casework.http.request_log import fault, request_id
from casework.law.context import Refused
from casework.law.msgspec_errors import in_chinese
from casework.log import errors
from casework.seal.parts import SealRefused

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 1


class ProblemDetails(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a request was not carried out (RFC 9457).

    title    what the status means, in words
    status   the HTTP status
    detail   one sentence: what happened, and what to do next
    code     stable slug of the reason
    nearest  valid names close to what was asked for
    rev      the revision at which the case stands now, where another was expected
    request  id of the request, as the server's own log has it
    """

    title: str
    status: int
    detail: str
    code: str
    nearest: tuple[str, ...] = ()
    rev: int | None = None
    request: str = ""


_encode = msgspec.json.Encoder().encode


def problem_of(error: BaseException, language: str, request: str = "") -> ProblemDetails:
    """ERROR as a problem in LANGUAGE."""
    told = _told(error)
    return ProblemDetails(
        title=TITLES.get(told.status, "") if language != "en" else HTTPStatus(told.status).phrase,
        status=told.status,
        detail=told.en if language == "en" else told.zh,
        code=told.code,
        nearest=told.nearest,
        rev=told.rev,
        request=request,
    )


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[bytes]:
    """The problem response to a failed request."""
    details = problem_of(error, language_of(request), request_id(request.scope))
    if details.status >= HTTPStatus.INTERNAL_SERVER_ERROR and details.code == "fault":
        fault(request.scope, error)
    headers: dict[str, str] = {"Content-Language": language_of(request)}
    if details.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="casework"'
    if details.status in (HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS):
        headers["Retry-After"] = str(getattr(error, "retry_after", RETRY_SECONDS))
    if details.rev is not None and details.rev >= 0:
        headers["ETag"] = f'"{details.rev}"'
    given: Mapping[str, str] = getattr(error, "headers", None) or {}
    # of the framework's own headers only the one that belongs to the status
    headers |= {name: value for name, value in given.items() if name.lower() == "allow"}
    return Response(_encode(details), status_code=details.status, media_type=MEDIA_TYPE, headers=headers)


class _Told(NamedTuple):
    """Status, code and sentences of one error, and the members that only some errors have."""

    status: int
    code: str
    zh: str
    en: str
    nearest: tuple[str, ...] = ()
    rev: int | None = None


def _told(error: BaseException) -> _Told:
    match error:
        case Problem():
            return _Told(STATUS_OF.get(error.code, 422), error.code, error.zh, error.en, error.nearest)
        case Refused():
            status = STATUS_OF.get(error.code, 409)
            return _Told(status, error.code, f"不予办理：{error.zh}", error.en, error.nearest)
        case SealRefused():
            return _Told(422, "not-sealed", f"封存项有误：{error.zh}", error.en)
        case errors.VersionMoved():
            return _Told(412, "version-moved", error.zh, error.en, rev=error.actual)
        case errors.LogError():
            code, status = OF_THE_LOG.get(type(error), ("log", 500))
            return _Told(status, code, error.zh, error.en)
        case HTTPException():
            return _of_litestar(error)
    if said := database_sentence(error):
        return _Told(503, "database", f"数据库：{said}", f"the database says: {said}")
    zh, en = "程序出错，请把请求编号告知管理员", "a fault in casework: report the id of this request"
    return _Told(500, "fault", zh, en)


OF_THE_LOG: dict[type[BaseException], tuple[str, int]] = {
    errors.EntryRefused: ("entry-refused", 422),
    errors.EntryTooLarge: ("entry-too-large", 422),
    errors.EntryUnknown: ("entry-unknown", 500),
    errors.LogUnknown: ("unknown-log", 404),
    errors.LogDamaged: ("log-damaged", 500),
    errors.CommandReused: ("command-reused", 409),
    errors.ClaimTaken: ("claim-taken", 409),
    errors.ClockRefused: ("clock-refused", 503),
    errors.QueueFull: ("queue-full", 503),
    errors.OutcomeUnknown: ("outcome-unknown", 503),
    errors.StoreUnavailable: ("store-unavailable", 503),
    errors.WriterClosed: ("writer-closed", 503),
}

_OF_A_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("malformed", "请求不合格式", "the request is malformed"),
    404: ("no-such-route", "没有这个地址", "there is no such route"),
    405: ("method-not-allowed", "此地址不支持这种方法", "this route does not know that method"),
    413: ("body-too-large", "请求体过大", "the body is too large"),
}


def _of_litestar(error: HTTPException) -> _Told:
    """A problem that Litestar raised; of its own words only which member or parameter does not fit, and how."""
    status = error.status_code
    code, zh, en = _OF_A_STATUS.get(status, ("http", TITLES.get(status, ""), HTTPStatus(status).phrase))
    misfits = [_misfit(one) for one in (error.extra or []) if isinstance(one, dict) and one.get("key")]
    if misfits:
        zh = f"{zh}：{'；'.join(one for one, _ in misfits)}"
        en = f"{en}: {'; '.join(one for _, one in misfits)}"
    return _Told(status, code, zh, en)


def _misfit(one: Mapping[str, Any]) -> tuple[str, str]:
    """One member that does not fit, in Chinese and in English; the value that was sent is not repeated."""
    said, key = str(one.get("message", "")), str(one["key"])
    zh, en = ("没有这个选项", "no such choice") if said.startswith("Invalid enum value") else (in_chinese(said), said)
    # the framework's name of the whole body
    return (zh, en) if key == "data" else (f"{key}：{zh}", f"{key}: {en}")


HANDLERS: Mapping[type[Exception], Any] = {Exception: answer, HTTPException: answer}
