"""Sends commands as an actor and brings cases to a state."""

from collections.abc import Callable
from typing import Any

from httpx import Response
from litestar.testing import TestClient

from tests.stories.terminal import LOG

Bearer = Callable[..., dict[str, str]]
API = f"/api/{LOG}"
CALLER = ("cadre/finch", "caller")
DISPATCHER = ("cadre/heron", "dispatcher")
CADRE = ("cadre/crane", "cadre")
REVIEWER = ("cadre/swift", "reviewer")
SUPERVISOR = ("cadre/owl", "supervisor")


class Hands:
    """Sends commands as an actor: hands.do(DISPATCHER, f"/cases/{number}/acceptance")."""

    def __init__(self, client: TestClient, bearer: Bearer) -> None:
        self.client = client
        self._bearer = bearer
        self._headers: dict[tuple[str, str], dict[str, str]] = {}

    def headers(self, who: tuple[str, str]) -> dict[str, str]:
        """The bearer token of an actor, made once."""
        if who not in self._headers:
            self._headers[who] = self._bearer(*who)
        return self._headers[who]

    def do(self, who: tuple[str, str], path: str, body: Any = None, **headers: str) -> Response:
        """The response to a POST; header names with `_` for `-`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"{API}{path}", json={} if body is None else body, headers=self.headers(who) | named)

    def registered(self, **members: Any) -> str:
        """The number of a new case."""
        answer = self.do(CALLER, "/cases", {"area": "menglang-1", "category": "water", **members})
        assert answer.status_code == 201, answer.text
        return answer.json()["number"]

    def dispatched(self, **members: Any) -> str:
        """The number of a case that a unit has."""
        number = self.registered(**members)
        self.ok(DISPATCHER, f"/cases/{number}/acceptance")
        self.ok(DISPATCHER, f"/cases/{number}/dispatch", {"unit": "water-station"})
        return number

    def ok(self, who: tuple[str, str], path: str, body: Any = None, **headers: str) -> Any:
        """The answer to a command that must succeed."""
        answer = self.do(who, path, body, **headers)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()
