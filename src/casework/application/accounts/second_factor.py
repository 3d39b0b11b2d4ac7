"""Second factor: authenticator codes (TOTP, RFC 6238), each good once, and recovery codes.

The secret is sealed under a key derived from the wrapping key; of recovery codes only an HMAC is kept.
"""

from __future__ import annotations

import hmac
import re
import time
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec import Struct
from pyotp import random_base32
from pyotp.totp import TOTP
from sqlalchemy import Connection, delete, func, insert, select, update

from casework.application.accounts import passwords
from casework.application.accounts.accounts import NO_SECOND, drop_recovery_codes, row_of, write
from casework.application.accounts.refusals import refused
from casework.application.accounts.tables import account, recovery_code
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock
from casework.database.engine import writing
from casework.random_ids import fresh
from casework.seal.keys import WrappingKey

#: seconds of one step, and how many steps a clock may be off
STEP, SKEW = 30, 1
CODES = 10
_NONCE = 12
_DIGITS = re.compile(r"[0-9]{6}\Z")
_CLOCK = SystemClock()
_a = account.c
_r = recovery_code.c


class NewSecret(Struct, frozen=True, kw_only=True):
    """What an authenticator is to be told, shown once: the secret (base32), and the address that holds it."""

    secret: str
    address: str


class RecoveryCodes(Struct, frozen=True, kw_only=True):
    """Each stands in once for a code of the authenticator; shown once."""

    codes: list[str]


def begin(runtime: Runtime, log: str, login: str) -> NewSecret:
    """A new secret; `confirm` turns it on with a first code."""
    if row_of(runtime, log, login)["totp_on"]:
        raise refused("second-factor-on")
    secret = random_base32()
    key = runtime.sealer.key
    write(runtime, log, login, totp_secret=_sealed(key, log, login, secret.encode()), totp_kek=key.id, totp_step=0)
    return NewSecret(secret=secret, address=TOTP(secret).provisioning_uri(name=login, issuer_name=f"casework {log}"))


def confirm(runtime: Runtime, log: str, login: str, code: str) -> RecoveryCodes:
    """Turn the second factor on by a first code; earlier recovery codes become invalid."""
    row = row_of(runtime, log, login)
    if not row["totp_secret"] or row["totp_on"]:
        raise refused("no-second-factor")
    if not _proved(runtime, log, row, code):
        raise refused("wrong-code/confirm")
    codes = [passwords.code()[:14] for _ in range(CODES)]
    with writing(runtime.engine) as db:
        db.execute(delete(recovery_code).where(_r.log == log, _r.login == login))
        rows = [
            {"log": log, "login": login, "digest": _digest(runtime, log, login, one), "used_at": ""} for one in codes
        ]
        db.execute(insert(recovery_code), rows)
    write(runtime, log, login, totp_on=1)
    return RecoveryCodes(codes=codes)


def end(runtime: Runtime, log: str, login: str) -> None:
    """Turn the second factor off; the caller has proved the person."""
    write(runtime, log, login, **NO_SECOND)
    drop_recovery_codes(runtime, log, login)


def proves(runtime: Runtime, log: str, row: Any, code: str) -> bool:
    """Whether CODE is a valid code of the authenticator or a recovery code; each is accepted once."""
    code = code.strip().replace(" ", "")
    if _DIGITS.match(code):
        return _proved(runtime, log, row, code)
    with writing(runtime.engine) as db:
        used = db.execute(
            update(recovery_code)
            .where(_r.log == log, _r.login == row["login"], _r.used_at == "")
            .where(_r.digest == _digest(runtime, log, row["login"], code.lower()))
            .values(used_at=_CLOCK.now())
        )
        return used.rowcount == 1


def _proved(runtime: Runtime, log: str, row: Any, code: str) -> bool:
    """Whether the code is of an unused step; afterwards that step and earlier ones are used."""
    totp = TOTP(_secret(runtime, log, row))
    now = int(time.time()) // STEP
    for step in range(now - SKEW, now + SKEW + 1):
        if hmac.compare_digest(totp.at(step * STEP), code):
            with writing(runtime.engine) as db:
                mine = (_a.log == log, _a.login == row["login"], _a.totp_step < step)
                return db.execute(update(account).where(*mine).values(totp_step=step)).rowcount == 1
    return False


def seal_anew(db: Connection, log: str, old: WrappingKey, new: WrappingKey) -> None:
    """For a rotation of the wrapping key: seal every secret of LOG under NEW instead of OLD."""
    mine = (_a.log == log, _a.totp_kek == old.id)
    for row in db.execute(select(_a.login, _a.totp_secret).where(*mine)).all():
        blob = _sealed(new, log, row.login, _opened(old, log, row.login, row.totp_secret))
        db.execute(update(account).where(*mine, _a.login == row.login).values(totp_secret=blob, totp_kek=new.id))


def under(db: Connection, log: str) -> dict[str, int]:
    """Wrapping key → secrets of LOG that are sealed under it."""
    counted = (
        select(_a.totp_kek, func.count().label("secrets")).where(_a.log == log, _a.totp_kek != "").group_by(_a.totp_kek)
    )
    return {row.totp_kek: row.secrets for row in db.execute(counted)}


def _secret(runtime: Runtime, log: str, row: Any) -> str:
    return _opened(runtime.sealer.key, log, row["login"], row["totp_secret"]).decode()


def _sealed(key: WrappingKey, log: str, login: str, secret: bytes) -> bytes:
    nonce = fresh(_NONCE)
    return nonce + _cipher(key, log).encrypt(nonce, secret, _place(log, login))


def _opened(key: WrappingKey, log: str, login: str, blob: bytes) -> bytes:
    try:
        return _cipher(key, log).decrypt(blob[:_NONCE], blob[_NONCE:], _place(log, login))
    except InvalidTag:
        raise refused("another-wrapping-key", login=login, key=key.id) from None


def _cipher(key: WrappingKey, log: str) -> AESGCM:
    return AESGCM(key.derived("second factor", log))


def _place(log: str, login: str) -> bytes:
    return f"casework/totp/v1\n{log}\n{login}".encode()


def _digest(runtime: Runtime, log: str, login: str, code: str) -> bytes:
    return runtime.sealer.compared("recovery codes", log, f"{login}\n{code}".encode())
