"""A test browser that keeps cookies and sends origin headers."""

from http.cookies import SimpleCookie
from typing import Any

from httpx import Response
from litestar.testing import TestClient

from tests.stories.terminal import LOG

AT, HERE = "https://casework.example", "http://127.0.0.1"
API = f"/api/{LOG}"
HTML = {"Accept": "text/html,*/*"}


class Browser:
    """One browser at an address, with a cookie jar of its own."""

    def __init__(self, client: TestClient[Any], at: str) -> None:
        self._client = client
        self.at = at
        self.jar: dict[str, str] = {}

    def __call__(self, method: str, path: str, **more: Any) -> Response:
        """Send a request as a page of this server would."""
        headers = {"Origin": self.at} if method != "GET" else {}
        headers |= more.pop("headers", {})
        if self.jar:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.jar.items())
        self._client.cookies.clear()
        answer = self._client.request(method, self.at + path, headers=headers, follow_redirects=False, **more)
        for line in answer.headers.get_list("set-cookie"):
            for name, morsel in SimpleCookie(line).items():
                self.jar.pop(name, None)
                if morsel["max-age"] != "0":
                    self.jar[name] = morsel.value
        self._client.cookies.clear()
        return answer

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Response:
        """A question or an act of the API: browser.api("GET", "desk")."""
        more = {} if body is None else {"json": body}
        return self(method, f"{API}/{path}", headers=headers, **more)

    def page(self, path: str = "", form: dict[str, str] | None = None, **headers: str) -> Response:
        """A page, or a form sent from one."""
        method, more = ("GET", {}) if form is None else ("POST", {"data": form})
        return self(method, path, headers={**HTML, **headers}, **more)

    def sign_in(self, login: str, password: str, **more: str) -> Response:
        """Sign in over the API."""
        return self.api("POST", "sessions", {"login": login, "password": password, **more})
