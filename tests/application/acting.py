"""Sends commands in tests: act("accept-case", "cadre/heron", "dispatcher", case=…)."""

from collections.abc import Callable
from typing import Any

from casework.application.commands.handle import Request, handle
from casework.application.runtime.runtime import Runtime
from casework.log.submission import Answer

Do = Callable[..., Answer]


def acting(runtime: Runtime, log: str) -> Do:
    """Carries out commands for the given actor in the given role."""

    def do(command: str, actor: str, role: str, /, *, envelope: dict[str, Any] | None = None, **members: Any) -> Answer:
        request = Request(
            log=log, command=command, members=members, actor=actor, role=role, source="api", **(envelope or {})
        )
        return handle(runtime, request)

    return do
