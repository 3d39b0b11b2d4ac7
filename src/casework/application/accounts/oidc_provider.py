"""Client of the county's OpenID Connect provider: addresses, code exchange, proved person.

What it says of itself, and its keys, are fetched when first wanted and good for an hour; its keys are looked at again
when it signs with one that is not among them.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import ipaddress
import re
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

from msgspec import Struct

from casework import settings
from casework.application.accounts import id_token
from casework.application.accounts.id_token import Claims, Key, NotBelieved
from casework.application.accounts.oidc_http import Away, asked
from casework.application.accounts.refusals import refused

#: where the provider sends people back to, below the setting `issuer.address`
ANSWER = "/sign-in/issuer/answer"
_ABOUT = "/.well-known/openid-configuration"
#: seconds for which what it said is good, and after which its keys may be looked at again for one that is missing
_KEPT, _AGAIN = 3600, 30
#: seconds for which it is not asked again once it did not answer: callers waiting for it fail at once
_REST = 5
_LONGEST = 255
_CODE = re.compile(r"[a-z_]{1,40}\Z")


class Proved(Struct, frozen=True, kw_only=True):
    """Whom the provider proved: their identifier there, and whether it said that a second factor was used."""

    subject: str
    second: bool


class Issuer:
    """One provider, as one process knows it; any thread may ask."""

    def __init__(self, of: settings.Issuer, secret: str = "") -> None:
        self.name = of.url
        self._of = of
        self._secret = secret
        self._lock = threading.Lock()
        self._rests_until = 0.0
        self._about: tuple[float, dict[str, Any]] | None = None
        self._keys: tuple[float, Sequence[Key]] | None = None

    @property
    def labels(self) -> tuple[str, str]:
        """The words of the sign-in button, in Chinese and English."""
        return self._of.label_zh, self._of.label_en

    @property
    def here(self) -> str:
        """Where browsers reach this server."""
        return self._of.address.rstrip("/")

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """The address of the provider's sign-in page; Problem where the provider is away."""
        where = self._endpoint("authorization_endpoint")
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asks = {
            "response_type": "code", "client_id": self._of.client, "redirect_uri": self.here + ANSWER,
            "scope": self._of.scope, "state": state, "nonce": nonce,
            "code_challenge": challenge, "code_challenge_method": "S256",
        }  # fmt: skip
        return f"{where}{'&' if urlsplit(where).query else '?'}{urlencode(asks)}"

    def proved(self, *, code: str, nonce: str, verifier: str) -> Proved:
        """The person that CODE proves; raises NotBelieved with what is wrong in the answer."""
        claims = id_token.proved(
            self._token(code, verifier), self._keys_with, issuer=self.name, client=self._of.client, nonce=nonce
        )
        subject = claims.get(self._of.claim)
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST or not subject.isprintable():
            raise NotBelieved(self._of.claim)
        return Proved(subject=subject, second=self._has_second(claims))

    def _token(self, code: str, verifier: str) -> str:
        """The ID token for a code, which works once."""
        form = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": self.here + ANSWER,
            "code_verifier": verifier,
        }  # fmt: skip
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        ways = self._described().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if self._secret and "client_secret_basic" in ways:
            pair = f"{quote_plus(self._of.client)}:{quote_plus(self._secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": self._of.client} | ({"client_secret": self._secret} if self._secret else {})
        status, said = self._asked(self._endpoint("token_endpoint"), urlencode(form).encode(), headers)
        token = said.get("id_token")
        if status != 200 or not isinstance(token, str):
            raise NotBelieved(error_of(said.get("error")))
        return token

    def _asked(
        self, url: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, dict[str, Any]]:
        """What it answers; Away, for a moment longer than it is."""
        if time.monotonic() < self._rests_until:
            raise Away
        try:
            return asked(url, self._of.timeout_seconds, body, headers)
        except Away:
            self._rests_until = time.monotonic() + _REST
            raise

    def _has_second(self, claims: Claims) -> bool:
        methods = claims.get("amr")
        said = [claims.get("acr"), *(methods if isinstance(methods, list) else ())]
        return any(one in said for one in self._of.second_factor.split())

    def _endpoint(self, name: str) -> str:
        where = self._described().get(name)
        if not isinstance(where, str) or not is_safe(where) or _scheme(where) != _scheme(self.name):
            raise NotBelieved(name)
        return where

    def _described(self) -> dict[str, Any]:
        """The provider's discovery document."""
        with self._lock:
            if self._about is None or _is_older(self._about[0], _KEPT):
                status, said = self._asked(self.name.rstrip("/") + _ABOUT)
                if status != 200 or said.get("issuer") != self.name:
                    raise NotBelieved("issuer")
                self._about = (time.monotonic(), said)
            return self._about[1]

    def _keys_with(self, kid: str) -> Sequence[Key]:
        """The provider's keys; fetched again where none has that id, or no id is named."""
        where = self._endpoint("jwks_uri")
        with self._lock:
            kept = self._keys
            is_missing = kept is not None and (not kid or all(key.get("kid") != kid for key in kept[1]))
            if kept is None or _is_older(kept[0], _AGAIN if is_missing else _KEPT):
                status, said = self._asked(where)
                found = said.get("keys")
                if status != 200 or not isinstance(found, list):
                    raise NotBelieved("keys")
                kept = self._keys = (time.monotonic(), [key for key in found if isinstance(key, dict)])
            return kept[1]


def issuer_of(all_settings: settings.Settings) -> Issuer | None:
    """The provider that the operator has set, None for none; Problem where a setting will not do."""
    of = all_settings.issuer
    if not of.url:
        return None
    if importlib.util.find_spec("joserfc") is None:
        raise refused("no-oidc")
    for name, value in (("url", of.url), ("address", of.address)):
        if not is_safe(value) or urlsplit(value).query or urlsplit(value).fragment:
            raise refused("bad-issuer/url", name=name)
    if urlsplit(of.address).path.strip("/"):
        raise refused("bad-issuer/issuer-of")
    if not of.client or not of.claim or "openid" not in of.scope.split():
        raise refused("bad-issuer/members")
    return Issuer(of, _secret(of.secret_file))


def is_safe(url: str) -> bool:
    """Whether the address is https, or on this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        parts.port  # noqa: B018 — raises where it is none
    except ValueError:
        return False
    if not host or parts.username is not None or not url.isascii() or not url.isprintable() or " " in url:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host))


def error_of(said: object) -> str:
    """The error code of the provider, if it is well formed."""
    return said if isinstance(said, str) and _CODE.match(said) else "error"


def _scheme(url: str) -> str:
    return urlsplit(url).scheme


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_older(at: float, seconds: float) -> bool:
    return time.monotonic() - at > seconds


def _secret(path: str) -> str:
    if not path:
        return ""
    try:
        found = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        found = ""
    if not found:
        raise refused("bad-issuer/secret-file")
    return found
