"""Sign-in with login, password and, where required, a code; opens a session."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from casework.application.access.actor import CLOCK, Actor, known, resolve
from casework.application.accounts import accounts, passwords, second_factor, sessions
from casework.application.accounts import lockout as lock_out
from casework.application.accounts.accounts import ACTIVE
from casework.application.accounts.refusals import refused
from casework.application.accounts.sessions import Opened, Session
from casework.application.commands.handle import TIMER, handle, request_of
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock
from casework.law.context import ROLES
from casework.text import term

_CLOCK = SystemClock()


class Wish(Struct, frozen=True, kw_only=True):
    """Who wants to come in, and how.

    code          of the authenticator, or a recovery code
    role          to act in; may be chosen afterwards
    unit          to act for, where somebody has the role in several
    device        a name for the device, where it is to stay signed in for weeks
    new_password  to be used from now on: asked for after a set-up code
    """

    login: str
    password: str
    code: str = ""
    role: str = ""
    unit: str = ""
    device: str = ""
    new_password: str = ""


class ActingPost(Struct, frozen=True):
    """A role, and a unit for which somebody has it."""

    role: str
    unit: str


def sign_in(runtime: Runtime, log: str, wish: Wish, address: str = "") -> Opened:
    """A session for the owner of the account; else a Problem, the same whether or not there is an account.

    Takes as long as a password is hashed: call it where nobody waits for anything else.
    """
    login = wish.login.strip().lower()
    row = _proved(runtime, log, login, wish.password, address)
    if row["totp_on"]:
        if not wish.code:
            raise refused("code-wanted")
        if not second_factor.proves(runtime, log, row, wish.code):
            _failed(runtime, log, row, login, address)
            raise refused("wrong-code/sign-in")
    lock_out.cleared(runtime, log, login)
    if row["must_change"]:
        if not wish.new_password:
            raise refused("new-password-wanted")
        if passwords.normal(wish.new_password) == passwords.normal(wish.password):
            raise refused("password-same")
    if wish.new_password:
        change(runtime, log, login, wish.new_password)
    elif passwords.hasher(runtime.settings.accounts).is_outdated(row["phc"]):
        accounts.write(runtime, log, login, phc=passwords.hasher(runtime.settings.accounts).hash(wish.password))
    return enter(runtime, log, row, wish.role, wish.unit, way="password", device=" ".join(wish.device.split()))


def enter(
    runtime: Runtime,
    log: str,
    row: Any,
    role: str = "",
    unit: str = "",
    *,
    way: str,
    second: bool = False,
    device: str = "",
) -> Opened:
    """A session for the account ROW, whose owner was proved in that WAY; in ROLE or the only one, for UNIT if named."""
    roles = roles_of(runtime, log, row["actor"])
    role = _chosen(roles, role) if role else roles[0] if len(roles) == 1 else ""
    if unit:
        resolve(runtime.county(log, fresh=True), row["actor"], role, as_unit=unit)
    accounts.write(runtime, log, row["login"], signed_in_at=_CLOCK.now())
    return sessions.open_new(
        runtime, log, row["login"], row["actor"], role=role, way=way, unit=unit, second=second, device=device
    )


def choose(runtime: Runtime, held: Session, role: str, unit: str = "") -> Opened:
    """The same session acting in another of the person's roles, or for another of their units, under a new secret."""
    _chosen(roles_of(runtime, held.log, held.actor), role)
    resolve(runtime.county(held.log, fresh=True), held.actor, role, as_unit=unit)
    return sessions.in_role(runtime, held, role, unit)


def change_password(runtime: Runtime, held: Session, password: str, new: str, address: str = "") -> None:
    """Another password, for a person who knows the present one; every other session ends."""
    _proved(runtime, held.log, held.login, password, address)
    if passwords.normal(new) == passwords.normal(password):
        raise refused("password-same")
    change(runtime, held.log, held.login, new, but=held.id)


def prove(runtime: Runtime, held: Session, password: str, address: str = "") -> None:
    """Raise Problem unless PASSWORD is that of the session's account: asked before what a thief must not do."""
    _proved(runtime, held.log, held.login, password, address)


def change(runtime: Runtime, log: str, login: str, new: str, but: str = "") -> None:
    """The new password, and no session of the old one but that with the id BUT."""
    accounts.set_password(runtime, log, login, new)
    sessions.end_all(runtime, log, login, by=login, but=but)


def roles_of(runtime: Runtime, log: str, actor: str) -> tuple[str, ...]:
    """The roles in which ACTOR may act today; Problem where there is none."""
    try:
        return known(runtime.county(log, fresh=True), actor).roles
    except Problem:
        raise refused("no-role-today") from None


def posts_of(runtime: Runtime, log: str, actor: str) -> tuple[ActingPost, ...]:
    """In which roles and for which units ACTOR may act today, the main post first."""
    county = runtime.county(log)
    held = county.roster.posts(actor, county.today)
    return tuple(ActingPost(role, post.unit) for post in held for role in post.roles)


def unit_of(runtime: Runtime, held: Session) -> str:
    """The unit for which the session acts; '' where that is still to be chosen."""
    try:
        return resolve(runtime.county(held.log), held.actor, held.role, held.unit).unit
    except Problem:
        return ""


def _chosen(roles: tuple[str, ...], role: str) -> str:
    if role not in roles:
        raise refused("not-your-role", roles=term(ROLES, *roles), nearest=roles)
    return role


def _proved(runtime: Runtime, log: str, login: str, password: str, address: str) -> Any:
    """The account as it is kept, whose password it is; else Problem, after the same time and in the same words."""
    lock_out.check(runtime, log, lock_out.tried(runtime, log, login, address))
    row = accounts.row_of(runtime, log, login)
    usable = row is not None and row["state"] == ACTIVE and not _is_over(row)
    phc = row["phc"] if row is not None and usable else ""
    if len(password) <= passwords.LONGEST and passwords.hasher(runtime.settings.accounts).proves(password, phc):
        return row
    _failed(runtime, log, row, login, address)
    raise refused("wrong-sign-in")


def _is_over(row: Any) -> bool:
    return bool(row["code_until"]) and row["code_until"] < _CLOCK.now()


def _failed(runtime: Runtime, log: str, row: Any, login: str, address: str) -> None:
    """Count it; the first time on a day that an account is locked, the county's log says so."""
    failures = lock_out.failed(runtime, log, lock_out.tried(runtime, log, login, address))
    if failures and row is not None:
        id = f"clock/lock-out/{row['actor']}/{runtime.county(log).today}"
        clock, members = Actor(CLOCK, "clock"), {"cadre": row["actor"]}
        handle(runtime, request_of(clock, TIMER, log, "record-lock-out", members, id))
