"""Health routes: whether the process lives, and whether it can take commands."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from msgspec import Struct

from casework.application.figures.upkeep import standings
from casework.application.outbox.outbox import counts
from casework.http.process import ServerState, server_state_of


class Lag(Struct, frozen=True):
    """How far one projection has counted; `failed_at` is the entry that it cannot count."""

    counted: int
    lag: int
    failed_at: int | None = None


class LogHealth(Struct, frozen=True):
    """One log: its size, when its last entry was recorded, and each projection."""

    size: int
    at: str
    projections: dict[str, Lag]


class Health(Struct, frozen=True):
    """Whether it is ready, what waits, and what went wrong last; `outbox` counts messages by their state."""

    ready: bool
    queue: int
    queue_limit: int
    logs: dict[str, LogHealth]
    last_error: str = ""
    outbox: dict[str, int] = {}


@get("/health/live", operation_id="HealthLiveLive", summary="存活 Alive", tags=["health"], needs="health.read")
async def live() -> dict[str, str]:
    """Answers as long as the process does."""
    return {"status": "ok"}


@get("/health/ready", operation_id="HealthReadyReady", summary="就绪 Ready", tags=["health"], needs="health.read")
async def ready(request: Request[Any, Any, Any]) -> Response[Health]:
    """Log sizes, lag of each projection, queue, last error; 503 while commands cannot be taken."""
    server = server_state_of(request)
    found = await server.in_thread(_examine, server)
    return Response(found, status_code=200 if found.ready else 503)


def _examine(server: ServerState) -> Health:
    runtime, writer = server.runtime, server.runtime.writer
    logs: dict[str, LogHealth] = {}
    messages: dict[str, int] = {}
    error = ""
    try:
        for log in runtime.logs():
            head = runtime.store.head(log)
            lags = {one.name: Lag(one.counted, one.lag, one.failed_at) for one in standings(runtime, log)}
            logs[log] = LogHealth(head.size, head.at, lags)
            if runtime.settings.outbox.channel:
                for state, count in counts(runtime, log).items():
                    messages[state] = messages.get(state, 0) + count
    except Exception as why:  # the database is away: that is what is asked here
        error = type(why).__name__
    if server.follower is not None and server.follower.last_error and not error:
        error = "a projection has stopped"
    is_ready = bool(logs) and not writer.closed and writer.waiting < writer.max_queue and not server.closing.is_set()
    return Health(is_ready, writer.waiting, writer.max_queue, logs, error, messages)
