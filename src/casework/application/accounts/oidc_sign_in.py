"""Sign-in over the identity provider, begun and finished in the same browser.

What finishes it is in two hands: the state goes through the provider, a secret stays in the browser. The table holds
digests of both, and the nonce and the verifier (PKCE) follow from both: with the table alone nobody finishes anything.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from msgspec import Struct
from sqlalchemy import delete, insert, select

from casework.application.accounts import accounts
from casework.application.accounts import provider_links as account_links
from casework.application.accounts import sign_in as signing_in
from casework.application.accounts.accounts import ACTIVE
from casework.application.accounts.id_token import NotBelieved
from casework.application.accounts.oidc_provider import Issuer, error_of
from casework.application.accounts.refusals import refused
from casework.application.accounts.sessions import Opened
from casework.application.accounts.tables import sign_in_begun
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, shifted
from casework.database.engine import writing

#: minutes within which a sign-in is finished
MINUTES = 10
_STATE = re.compile(r"(?P<log>[^.\s\0]{1,64})\.[A-Za-z0-9_-]{43}\Z")
_CLOCK = SystemClock()
_b = sign_in_begun.c


class Begun(Struct, frozen=True):
    """Where to go, and what the browser keeps meanwhile."""

    address: str
    secret: str


class Answer(Struct, frozen=True, kw_only=True):
    """What the provider sends back by way of the browser; '' for what it left out."""

    state: str
    code: str = ""
    error: str = ""
    iss: str = ""


def begin(runtime: Runtime, issuer: Issuer, log: str, next: str) -> Begun:
    """Begin a sign-in that leads to the page NEXT; Problem where the provider is away."""
    secret, state = secrets.token_urlsafe(32), f"{log}.{secrets.token_urlsafe(32)}"
    address = issuer.address(state=state, nonce=_of(secret, "nonce", state), verifier=_of(secret, "verifier", state))
    now = _CLOCK.now()
    with writing(runtime.engine) as db:
        db.execute(delete(sign_in_begun).where(_b.log == log, _b.until < now))
        row = {"state": _digest(state), "browser": _digest(secret), "next": next}
        db.execute(insert(sign_in_begun).values(log=log, until=shifted(now, timedelta(minutes=MINUTES)), **row))
    return Begun(address, secret)


def finish(runtime: Runtime, issuer: Issuer, answer: Answer, secret: str) -> tuple[Opened, str]:
    """A session for the person the provider proved, and where they wanted to go; else a Problem."""
    log, next = _taken(runtime, answer.state, secret)
    if answer.iss and answer.iss != issuer.name:
        raise NotBelieved("iss")
    if answer.error:
        error = error_of(answer.error)
        raise refused("issuer-refused", error=error)
    if not answer.code:
        raise NotBelieved("code")
    nonce, verifier = _of(secret, "nonce", answer.state), _of(secret, "verifier", answer.state)
    proved = issuer.proved(code=answer.code, nonce=nonce, verifier=verifier)
    row = accounts.row_of(runtime, log, account_links.login_of(runtime, log, issuer.name, proved.subject))
    if row is None:
        raise refused("not-linked", subject=proved.subject)
    if row["state"] != ACTIVE:
        raise refused("account-disabled")
    return signing_in.enter(runtime, log, row, way="oidc", second=proved.second), next


def _taken(runtime: Runtime, state: str, secret: str) -> tuple[str, str]:
    """County and next page of a sign-in begun in this browser, which can be finished no more from here on."""
    match = _STATE.match(state)
    log = match["log"] if match else ""
    mine = (_b.log == log, _b.state == _digest(state), _b.browser == _digest(secret), _b.until >= _CLOCK.now())
    with writing(runtime.engine) as db:
        next = db.scalar(select(_b.next).where(*mine))
        if next is None or db.execute(delete(sign_in_begun).where(*mine)).rowcount != 1:
            raise refused("not-begun-here", minutes=MINUTES)
    return log, next


def _of(secret: str, what: str, state: str) -> str:
    """64 hex digits derived from the secret for this sign-in."""
    return hmac.new(secret.encode(), f"{what}\n{state}".encode(), hashlib.sha256).hexdigest()


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
