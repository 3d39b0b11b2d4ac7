"""Renders templates to HTML responses with security headers."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.enums import MediaType

from casework.http.pages.words import Words

_HERE = Path(__file__).parent / "templates"
#: nothing runs, nothing is fetched from elsewhere, no other page frames this one
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_environment = Environment(
    loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@cache
def style() -> tuple[str, bytes]:
    """The style sheet, under a name that changes with it."""
    text = (_HERE / "style.css").read_bytes()
    return f"style-{hashlib.sha256(text).hexdigest()[:12]}.css", text


def page(template: str, language: str, view: Any, status: int = 200, **headers: str) -> Response[str]:
    """The page TEMPLATE with what VIEW holds."""
    text = _environment.get_template(template).render(
        p=view, w=Words(language), lang=language, style=f"/assets/{style()[0]}"
    )
    headers = {**HEADERS, "Content-Language": language, "Vary": "Accept-Language, Cookie", **headers}
    return Response(text, status_code=status, media_type=MediaType.HTML, headers=headers)
