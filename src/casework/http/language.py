"""Chooses the language of an answer from `Accept-Language` and the settings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from litestar.connection import ASGIConnection

from casework.http.process import server_state_of


def language_of(connection: ASGIConnection[Any, Any, Any, Any]) -> str:
    """zh-CN or en."""
    asked = connection.headers.get("accept-language", "")
    default = server_state_of(connection).runtime.settings.language
    return _preferred(asked[:200], default) if asked else default


@lru_cache(256)
def _preferred(asked: str, default: str) -> str:
    """The first supported language of the header, by weight, then by order."""
    wishes: list[tuple[float, str]] = []
    for wish in asked.split(","):
        name, _, rest = wish.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        try:
            wishes.append((float(weight) if rest else 1.0, name.strip().lower()))
        except ValueError:
            continue
    for weight, name in sorted(wishes, key=lambda wish: -wish[0]):
        if weight <= 0:
            continue
        if name.startswith("zh"):
            return "zh-CN"
        if name.startswith("en"):
            return "en"
        if name == "*":
            return default
    return default
