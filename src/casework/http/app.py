"""Builds the Litestar application around an open runtime."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from litestar import Litestar
from litestar.datastructures import State

from casework.application.figures.follower import Follower
from casework.application.runtime.runtime import Runtime
from casework.http import health, openapi
from casework.http.api.command_intake import CommandIntake
from casework.http.api.router import router
from casework.http.live import Watcher
from casework.http.metrics import Metrics, metrics
from casework.http.pages import routes as pages
from casework.http.problems import HANDLERS
from casework.http.process import ServerState
from casework.http.request_log import AccessLog, Gathered, logger_to


def create_app(runtime: Runtime, *, logger: Any = None, follower: Follower | None = None) -> Litestar:
    """Everything HTTP: the API below `/api`, health below `/health`. The caller keeps and closes the runtime.

    logger    logs requests and faults, a line each; by default JSON on stderr
    follower  keeps the counts level, if this process does; health reports its state
    """
    server = ServerState(runtime, follower)

    @asynccontextmanager
    async def running(_: Litestar) -> AsyncIterator[None]:
        yield
        server.close()
        written.empty()

    written = Gathered(sys.stderr.buffer)
    told = logger or logger_to(written)
    api = router(runtime.settings.attachments.max_bytes)
    watched = Metrics(server) if runtime.settings.server.metrics else None
    app = Litestar(
        route_handlers=[api, health.live, health.ready, *([metrics] if watched else []), pages.router()],
        exception_handlers=HANDLERS,  # type: ignore[arg-type]
        request_max_body_size=runtime.settings.server.body_bytes,
        lifespan=[running],
        state=State(
            {
                "server": server,
                "intake": CommandIntake(server),
                "watcher": Watcher(server.size_of, server.closing),
                "logger": told,
                "metrics": watched,
            }
        ),
        openapi_config=openapi.config(),
        logging_config=None,
    )
    # around the router and its error handling: what no route answers has a line as well
    app.asgi_handler = AccessLog(app.asgi_handler, told, watched.observe if watched else None)
    return app
