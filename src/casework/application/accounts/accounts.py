"""Accounts with a password: made, reset, disabled and listed by administrators.

An account is for one actor of the roster. Which roles it opens is looked up there each time, never written into it.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, insert, select, update

from casework.application.access.actor import SYSTEM, known
from casework.application.accounts import lockout as lock_out
from casework.application.accounts import passwords, sessions
from casework.application.accounts.refusals import refused
from casework.application.accounts.tables import account, account_link, recovery_code
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, shifted
from casework.database.engine import reading, writing

ACTIVE, DISABLED = "active", "disabled"
#: columns of an account without a second factor
NO_SECOND: dict[str, Any] = {"totp_on": 0, "totp_secret": b"", "totp_kek": ""}
_LOGIN = re.compile(r"(?![0-9-]{9,20}\Z)[a-z0-9][a-z0-9._-]{1,63}\Z")
_CLOCK = SystemClock()
_a = account.c
_l = account_link.c


class Account(Struct, frozen=True, kw_only=True):
    """What is known of an account; instants are '' where there are none.

    login         what is typed to sign in
    actor         who it is for
    state         active or disabled
    must_change   the password was given by somebody else: its first use is to choose one's own
    code_until    until when the set-up code may be used
    second        whether a second factor is asked for
    linked        whether somebody at the county's identity provider comes in by it as well
    """

    login: str
    actor: str
    state: str
    must_change: bool
    code_until: str
    second: bool
    made_at: str
    made_by: str
    changed_at: str
    changed_by: str
    signed_in_at: str
    locked_until: str = ""
    linked: bool = False


class NewCode(Struct, frozen=True, kw_only=True):
    """A code to come in with once, with the one sight of it that there ever is; '' where a password was chosen."""

    code: str
    about: Account


def create(runtime: Runtime, log: str, login: str, actor: str, *, by: str, password: str = "") -> NewCode:
    """An account for ACTOR, who must be in the roster; without a PASSWORD it gets a code that is good once."""
    check_login(login)
    if actor in SYSTEM:
        raise refused("not-for-machines", actor=actor)
    known(runtime.county(log, fresh=True), actor)
    code, values = _given(runtime, login, password)
    now = _CLOCK.now()
    row = {
        "log": log, "login": login, "actor": actor, "state": ACTIVE, **NO_SECOND, "totp_step": 0,
        "made_at": now, "made_by": by, "changed_at": now, "changed_by": by, "signed_in_at": "",
    }  # fmt: skip
    with writing(runtime.engine) as db:
        if db.scalar(select(_a.login).where(_a.log == log, _a.login == login)) is not None:
            raise refused("login-taken", login=login)
        db.execute(insert(account).values(row | values))
    return NewCode(code=code, about=get(runtime, log, login))


def check_login(login: str) -> None:
    """Raise Problem where LOGIN is no valid login."""
    if not _LOGIN.match(login):
        raise refused("bad-login")


def reset(runtime: Runtime, log: str, login: str, *, by: str, password: str = "", second: bool = False) -> NewCode:
    """A new code (or PASSWORD) for LOGIN; every session ends. SECOND also takes the second factor off."""
    get(runtime, log, login)
    code, values = _given(runtime, login, password)
    if second:
        values |= NO_SECOND
    _change(runtime, log, login, by, values)
    if second:
        drop_recovery_codes(runtime, log, login)
    sessions.end_all(runtime, log, login, by=by)
    lock_out.cleared(runtime, log, login)
    return NewCode(code=code, about=get(runtime, log, login))


def set_state(runtime: Runtime, log: str, login: str, state: str, *, by: str) -> Account:
    """Disable LOGIN, which ends its sessions, or enable it again."""
    get(runtime, log, login)
    _change(runtime, log, login, by, {"state": state})
    if state == DISABLED:
        sessions.end_all(runtime, log, login, by=by)
    return get(runtime, log, login)


def unlock(runtime: Runtime, log: str, login: str) -> Account:
    """Let LOGIN try again at once."""
    get(runtime, log, login)
    lock_out.cleared(runtime, log, login)
    return get(runtime, log, login)


def set_password(runtime: Runtime, log: str, login: str, password: str) -> None:
    """Set the password that the person chose; raises Problem where it is too weak."""
    passwords.check(password, login, runtime.settings.accounts.password_length)
    values = {"phc": passwords.hasher(runtime.settings.accounts).hash(password), "must_change": 0, "code_until": ""}
    _change(runtime, log, login, login, values)


def get(runtime: Runtime, log: str, login: str) -> Account:
    """The account of that login, or a Problem with the nearest."""
    row = row_of(runtime, log, login)
    if row is None:
        with reading(runtime.engine) as db:
            logins = list(db.scalars(select(_a.login).where(_a.log == log)))
        raise unknown(refused, "unknown-account", login, logins)
    return _account(runtime, log, row, login in _linked(runtime, log, _l.login == login))


def listed(runtime: Runtime, log: str) -> list[Account]:
    """Every account, by login."""
    with reading(runtime.engine) as db:
        rows = db.execute(select(account).where(_a.log == log).order_by(_a.login)).mappings().all()
    linked = _linked(runtime, log)
    return [_account(runtime, log, row, row["login"] in linked) for row in rows]


def row_of(runtime: Runtime, log: str, login: str) -> Any:
    """The account as it is kept, or None."""
    with reading(runtime.engine) as db:
        return db.execute(select(account).where(_a.log == log, _a.login == login)).mappings().first()


def write(runtime: Runtime, log: str, login: str, **values: Any) -> None:
    """Set columns of the account."""
    with writing(runtime.engine) as db:
        db.execute(update(account).where(_a.log == log, _a.login == login).values(values))


def drop_recovery_codes(runtime: Runtime, log: str, login: str) -> None:
    """Delete every recovery code of LOGIN."""
    with writing(runtime.engine) as db:
        db.execute(delete(recovery_code).where(recovery_code.c.log == log, recovery_code.c.login == login))


def _given(runtime: Runtime, login: str, password: str) -> tuple[str, dict[str, Any]]:
    """The code that was made ('' where a password was chosen), and the columns that keep it."""
    settings = runtime.settings.accounts
    hasher = passwords.hasher(settings)
    if password:
        passwords.check(password, login, settings.password_length)
        return "", {"phc": hasher.hash(password), "must_change": 0, "code_until": ""}
    code = passwords.code()
    until = shifted(_CLOCK.now(), timedelta(hours=settings.code_hours))
    return code, {"phc": hasher.hash(code), "must_change": 1, "code_until": until}


def _change(runtime: Runtime, log: str, login: str, by: str, values: dict[str, Any]) -> None:
    write(runtime, log, login, **values, changed_at=_CLOCK.now(), changed_by=by)


def _linked(runtime: Runtime, log: str, *which: ColumnElement[bool]) -> set[str]:
    """Logins, all or WHICH, that are linked to the identity provider of the settings."""
    with reading(runtime.engine) as db:
        of = (_l.log == log, _l.issuer == runtime.settings.issuer.url, *which)
        return set(db.scalars(select(_l.login).where(*of)))


def _account(runtime: Runtime, log: str, row: Any, linked: bool) -> Account:
    plain = ("login", "actor", "state", "code_until", "made_at", "made_by", "changed_at", "changed_by", "signed_in_at")
    return Account(
        **{name: row[name] for name in plain},
        must_change=bool(row["must_change"]),
        second=bool(row["totp_on"]),
        locked_until=lock_out.locked_until(runtime, log, row["login"]),
        linked=linked,
    )
