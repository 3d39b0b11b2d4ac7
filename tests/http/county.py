"""Two townships over HTTP: tokens for every role and cases of every level."""

from dataclasses import dataclass, field
from typing import Any

from litestar.testing import TestClient

from casework.application.accounts import tokens
from casework.application.runtime.runtime import Runtime
from tests.application import scopes
from tests.application.acting import Do
from tests.stories.terminal import LOG

#: stands in every sealed text; only roles that may unseal may see it
MARKER = "MARKER"
JSON = "application/json"


@dataclass
class County:
    """Send a GET in a role: county.get("dispatcher", "cases?limit=2")."""

    runtime: Runtime
    client: TestClient[Any]
    cases: dict[str, str]
    do: Do
    _tokens: dict[str, str] = field(default_factory=dict)

    def headers(self, who: str) -> dict[str, str]:
        """The headers of the actor with this name, in the role of that name."""
        if who not in self._tokens:
            cadre, _ = scopes.ROLES[who]
            role = who.rsplit(maxsplit=1)[-1]
            self._tokens[who] = tokens.create(self.runtime, LOG, f"cadre/{cadre}", role, made_by="test").token
        return {"Authorization": f"Bearer {self._tokens[who]}"}

    def get(self, who: str, path: str, **headers: str) -> Any:
        return self.client.get(f"/api/{LOG}/{path}", headers={**self.headers(who), **headers})

    def post(self, who: str, path: str, body: Any) -> Any:
        return self.client.post(f"/api/{LOG}/{path}", headers=self.headers(who), json=body)

    def put(self, who: str, path: str, content: bytes) -> Any:
        return self.client.put(f"/api/{LOG}/{path}", headers=self.headers(who), content=content)

    def number(self, name: str) -> str:
        """The number of the case with this description."""
        found = self.get("auditor", "cases?limit=200").json()["rows"]
        return next(row["number"] for row in found if row["stream"] == self.cases[name])
