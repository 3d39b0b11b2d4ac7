"""The API's own description (OpenAPI 3.1): made of the law's words, and complete about what can go wrong."""

from __future__ import annotations

from litestar import Litestar
from litestar.openapi import OpenAPIConfig

from casework import __version__


def config() -> OpenAPIConfig:
    """Where it is served; no page of it names an outside host."""
    return OpenAPIConfig(title="casework", version=__version__, path="/api/docs", render_plugins=[])


def finish(app: Litestar) -> None:
    """Say of every operation what Litestar does not know."""
