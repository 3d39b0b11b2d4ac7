"""The session cookie, and the check that a request came from our own pages.

Over HTTPS it is `__Host-casework`, which no other host can set and no browser sends over plain HTTP. Over plain
HTTP, on this machine and where the settings allow it, it is `casework`.
"""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.connection import ASGIConnection

from casework.http.process import server_state_of
from casework.http.refusals import refused

PLAIN, HOST = "casework", "__Host-casework"
#: added to the name of the cookie that binds a sign-in at the identity provider to this browser
_BEGUN = "-begun"
_OURS = {"same-origin", "none"}
_SAFE = {"GET", "HEAD", "OPTIONS"}
_HERE = {"localhost", "127.0.0.1", "[::1]"}

Connection = ASGIConnection[Any, Any, Any, Any]


def cookie_of(connection: Connection) -> str:
    """The value of the session cookie; '' without one. Over HTTPS the weaker name is ignored."""
    return connection.cookies.get(_name(connection), "")


def checked_cookie_of(connection: Connection) -> str:
    """The value of the session cookie; Problem where the request changes something and no page of ours sent it."""
    text = cookie_of(connection)
    if text and connection.scope.get("method") not in _SAFE and not is_ours(connection, told=True):
        raise refused("another-site")
    return text


def set_cookie(connection: Connection, answer: Response[Any], text: str, *, days: int = 0) -> None:
    """Set the session cookie to TEXT, for so many days or until the browser is closed."""
    _set(connection, answer, text, max_age=days * 86_400 if days else None)


def drop_cookie(connection: Connection, answer: Response[Any]) -> None:
    """Delete the session cookie."""
    _set(connection, answer, "", max_age=0)


def begun_of(connection: Connection) -> str:
    """The cookie of a sign-in begun at the identity provider; '' without one."""
    return connection.cookies.get(_name(connection) + _BEGUN, "")


def set_begun(connection: Connection, answer: Response[Any], text: str, *, seconds: int) -> None:
    """Set that cookie to TEXT until the browser returns from the identity provider; '' deletes it."""
    _set(connection, answer, text, also=_BEGUN, max_age=seconds if text else 0)


def check_not_in_the_clear(connection: Connection) -> None:
    """Refuse a password over plain HTTP from elsewhere than this machine, unless the settings allow it."""
    host = connection.headers.get("host", "")
    name = host if host.endswith("]") else host.rpartition(":")[0] or host
    if _is_https(connection) or name in _HERE or server_state_of(connection).runtime.settings.accounts.plain_http:
        return
    raise refused("not-in-the-clear")


def is_ours(connection: Connection, *, told: bool = False) -> bool:
    """Whether a page of this server sent the request; TOLD refuses one without either header.

    Without TLS a browser sends no `Sec-Fetch-Site`, but it sends `Origin` with every form.
    """
    headers = connection.headers
    if (site := headers.get("sec-fetch-site")) is not None:
        return site in _OURS
    origin = headers.get("origin")
    if origin is None:
        return not told
    return origin.partition("://")[2] in (headers.get("host"), headers.get("x-forwarded-host"))


def _is_https(connection: Connection) -> bool:
    return connection.scope.get("scheme") == "https"


def _set(connection: Connection, answer: Response[Any], text: str, *, also: str = "", max_age: int | None) -> None:
    """Set the session cookie, or the one whose name ALSO is added to; in seconds, None until the browser is closed."""
    name, secure = _name(connection) + also, _is_https(connection)
    answer.set_cookie(name, text, httponly=True, samesite="lax", secure=secure, path="/", max_age=max_age)


def _name(connection: Connection) -> str:
    return HOST if _is_https(connection) else PLAIN
