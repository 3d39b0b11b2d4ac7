"""An OpenID Connect provider inside the tests that errs on request."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

from joserfc import jws
from joserfc.jwk import ECKey, RSAKey

CLIENT, SECRET = "casework at lark", "four + magpies: on a wire"
Answer = tuple[int, dict[str, str], Any]


class Provider:
    """Settings of the provider: the person it signs in, and the faults of its answers.

    subject   who sits at its form
    claims    of its tokens, beside or instead of what they should say; None leaves one out
    header    of its tokens, likewise
    sign      key to sign with, where not the first of those it shows
    secret    to sign with where the header says HS256
    shown     keys that it shows
    about     what it says of itself, beside or instead of what it should
    is_away   whether it answers nothing but 503
    asked     how often each of its addresses was asked
    """

    def __init__(self) -> None:
        self.address = ""
        self.key = ECKey.generate_key("P-256", {"kid": "first", "use": "sig"})
        self.asked: Counter[str] = Counter()
        self.forms: list[dict[str, str]] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.mend()

    def mend(self) -> None:
        """Reset every fault."""
        self.subject = "s-4711"
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.about: dict[str, Any] = {}
        self.sign: ECKey | RSAKey = self.key
        self.secret = b""
        self.shown: list[ECKey | RSAKey] = [self.key]
        self.is_away = False

    def answer(self, method: str, path: str, form: dict[str, str], authorization: str) -> Answer:
        """Status, headers and body of one request."""
        self.asked[path] += 1
        if self.is_away:
            return 503, {}, {}
        match method, path:
            case "GET", "/.well-known/openid-configuration":
                return 200, {}, self._about()
            case "GET", "/keys":
                return 200, {}, {"keys": [key.as_dict(private=False) for key in self.shown]}
            case "GET", "/authorize":
                return self._authorize(form)
            case "POST", "/token":
                return self._token(form, authorization)
            case "GET", "/list":
                return 200, {}, [1]
            case "GET", "/long":
                return 200, {}, {"long": "x" * (1 << 20)}
            case "GET", "/elsewhere":
                return 302, {"Location": f"{self.address}/keys"}, {}
        return 404, {}, {}

    def _about(self) -> dict[str, Any]:
        own = {"issuer": "", "authorization_endpoint": "/authorize", "token_endpoint": "/token", "jwks_uri": "/keys"}
        return {name: self.address + path for name, path in own.items()} | self.about

    def _authorize(self, asks: dict[str, str]) -> Answer:
        """The person has signed in already: redirect back with a code at once."""
        assert (asks["response_type"], asks["code_challenge_method"], asks["client_id"]) == ("code", "S256", CLIENT)
        assert "openid" in asks["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asks
        back = urlencode({"code": code, "state": asks["state"], "iss": self.address})
        return 302, {"Location": f"{asks['redirect_uri']}?{back}"}, {}

    def _token(self, form: dict[str, str], authorization: str) -> Answer:
        """The token for a code: once, and only for the client that began."""
        self.forms.append(form)
        asks = self._codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        name, _, secret = base64.b64decode(authorization.removeprefix("Basic ")).decode().partition(":")
        shown = (unquote_plus(name), unquote_plus(secret)) if name else (form["client_id"], form["client_secret"])
        if shown != (CLIENT, SECRET):
            return 401, {}, {"error": "invalid_client"}
        if asks is None or form["redirect_uri"] != asks["redirect_uri"] or _plain(digest) != asks["code_challenge"]:
            return 400, {}, {"error": "invalid_grant"}
        return 200, {}, {"access_token": "x", "token_type": "Bearer", "id_token": self._signed(asks["nonce"])}

    def _signed(self, nonce: str) -> str:
        now = int(time.time())
        usual = {"iss": self.address, "sub": self.subject, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce}
        usual |= {"name": "某甲", "email": "somebody@lark.example"}
        claims = {name: value for name, value in (usual | self.claims).items() if value is not None}
        header = {"alg": "ES256", "kid": self.sign.kid} | self.header
        header = {name: value for name, value in header.items() if value is not None}
        if header["alg"] in ("none", "HS256"):  # algorithms that no library signs with this key
            text = ".".join(_plain(json.dumps(part).encode()) for part in (header, claims))
            by = hmac.new(self.secret, text.encode(), hashlib.sha256).digest() if header["alg"] == "HS256" else b""
            return f"{text}.{_plain(by)}"
        return jws.serialize_compact(header, json.dumps(claims), self.sign, algorithms=[header["alg"]])


def _plain(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@contextmanager
def providing() -> Iterator[Provider]:
    """A provider for as long as the block lasts."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            body = self.rfile.read(int(self.headers.get("content-length", "0"))).decode()
            form = {name: values[0] for name, values in parse_qs(body or query).items()}
            answer = provider.answer(self.command, path, form, self.headers.get("authorization", ""))
            status, headers, said = answer
            content = json.dumps(said).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


def sent_back(address: str) -> str:
    """Where the provider sends a browser that comes to ADDRESS."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc, timeout=5)
    connection.request("GET", f"{parts.path}?{parts.query}")
    with connection.getresponse() as answer:
        where = answer.headers["location"]
    connection.close()
    return where
