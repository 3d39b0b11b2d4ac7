"""Accounts over HTTP, for the administrator: made, reset, disabled, unlocked, and anybody's sessions ended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from litestar import Response, delete, get, post, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from casework.application.access.action_check import is_within
from casework.application.access.actor import today
from casework.application.accounts import accounts, sessions
from casework.application.accounts import provider_links as account_links
from casework.application.accounts.accounts import ACTIVE, DISABLED, Account, NewCode
from casework.application.accounts.callers import Caller
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query, private
from casework.http.api.signing_in import Sessions, view
from casework.http.caller import acts_as, caller_of, signed_in
from casework.http.process import server_state_of
from casework.law.command import CadreId

T = TypeVar("T")
#: what changes an account is an act on the roster
_GUARDS = [acts_as("declare-cadre")]


class NewAccount(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is typed to sign in, and whose it is."""

    login: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$(?!\n)")]
    actor: Annotated[CadreId, Meta(min_length=1)]


class Reset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whether the second factor is taken off as well: the phone is lost."""

    second_factor: bool = False


class Link(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The identifier that somebody has at the county's identity provider; only a keyed hash of it is kept."""

    subject: Annotated[str, Meta(min_length=1, max_length=255)]


class Accounts(Struct, frozen=True, kw_only=True):
    """Accounts, by login."""

    accounts: list[Account]


@get(
    "/{log:str}/accounts",
    operation_id="accounts",
    opt={"needs": "account.manage"},
    summary="账号清单  Every account",
    tags=["accounts"],
    guards=[signed_in],
)
async def listed(request: Query) -> Response[Accounts]:
    """Of the own area, for an administrator of one."""
    return private(Accounts(accounts=await _done(request, _listed)))


@post(
    "/{log:str}/accounts",
    operation_id="create-account",
    opt={"needs": "account.manage"},
    summary="开设账号  An account for somebody in the roster, with a set-up code that is shown this once",
    tags=["accounts"],
    guards=_GUARDS,
)
async def create(request: Query, data: JSONBody[NewAccount]) -> Response[NewCode]:
    """With the code they come in once, and choose a password of their own."""
    return private(await _done(request, _create, data.login, data.actor, hashes=True))


@post(
    "/{log:str}/accounts/{login:str}/reset",
    operation_id="reset-account",
    opt={"needs": "account.manage"},
    summary="重置账号  A new set-up code; every session ends",
    status_code=200,
    tags=["accounts"],
    guards=_GUARDS,
)
async def reset(request: Query, login: FromPath[str], data: JSONBody[Reset]) -> Response[NewCode]:
    """Shown this once."""
    return private(await _done(request, _reset, login, data.second_factor, hashes=True))


@put(
    "/{log:str}/accounts/{login:str}/link",
    operation_id="link-account",
    opt={"needs": "account.manage"},
    summary="关联统一身份  Let somebody at the identity provider come in by it; its sessions end",
    tags=["accounts"],
    guards=_GUARDS,
)
async def link(request: Query, login: FromPath[str], data: JSONBody[Link]) -> Response[Account]:
    """In place of whoever it was linked to before."""
    return private(await _done(request, _link, login, data.subject))


@delete(
    "/{log:str}/accounts/{login:str}/link",
    operation_id="unlink-account",
    opt={"needs": "account.manage"},
    summary="解除关联  Nobody at the identity provider comes in by it any more; its sessions end",
    status_code=200,
    tags=["accounts"],
    guards=_GUARDS,
)
async def unlink(request: Query, login: FromPath[str]) -> Response[Account]:
    """The password stays as it was."""
    return private(await _done(request, _changed, login, _unlinked))


def _switch(name: str, path: str, summary: str, told: str, change: Callable[[Runtime, str, str, str], Account]) -> Any:
    @post(
        f"/{{log:str}}/accounts/{{login:str}}/{path}",
        operation_id=name,
        opt={"needs": "account.manage"},
        summary=summary,
        description=told,
        status_code=200,
        tags=["accounts"],
        guards=_GUARDS,
    )
    async def switch(request: Query, login: FromPath[str]) -> Response[Account]:
        return private(await _done(request, _changed, login, change))

    switch.fn.__doc__ = told
    return switch


@get(
    "/{log:str}/accounts/{login:str}/sessions",
    operation_id="sessions-of",
    opt={"needs": "account.manage"},
    summary="他人的登录  Somebody's open sessions and devices",
    tags=["accounts"],
    guards=[signed_in],
)
async def sessions_of(request: Query, login: FromPath[str]) -> Response[Sessions]:
    """To find the device that was lost."""
    found = await _done(request, _sessions, login)
    return private(Sessions(sessions=[view(one) for one in found]))


@delete(
    "/{log:str}/accounts/{login:str}/sessions/{id:str}",
    operation_id="end-session-of",
    opt={"needs": "account.manage"},
    summary="结束他人的登录  End somebody's session; `all` ends every one",
    status_code=204,
    tags=["accounts"],
    guards=_GUARDS,
)
async def end_session(request: Query, login: FromPath[str], id: FromPath[str]) -> Response[None]:
    """Refused from the next request on."""
    await _done(request, _end, login, id)
    return private(None, status_code=204)


async def _done(request: Query, function: Callable[..., T], *args: Any, hashes: bool = False) -> T:
    """FUNCTION (runtime, caller, …) in a thread; whoever it concerns is looked at anew by their next request."""
    door = server_state_of(request)
    found = await (door.in_hasher if hashes else door.in_thread)(function, door.runtime, caller_of(request), *args)
    door.callers.forget()
    return found


def _listed(runtime: Runtime, caller: Caller) -> list[Account]:
    return [one for one in accounts.listed(runtime, caller.log) if _is_theirs(runtime, caller, one.actor)]


def _create(runtime: Runtime, caller: Caller, login: str, actor: str) -> NewCode:
    _check(runtime, caller, actor)
    return accounts.create(runtime, caller.log, login, actor, by=caller.actor)


def _reset(runtime: Runtime, caller: Caller, login: str, second: bool) -> NewCode:
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    return accounts.reset(runtime, caller.log, login, by=caller.actor, second=second)


def _changed(
    runtime: Runtime, caller: Caller, login: str, change: Callable[[Runtime, str, str, str], Account]
) -> Account:
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    return change(runtime, caller.log, login, caller.actor)


def _link(runtime: Runtime, caller: Caller, login: str, subject: str) -> Account:
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    return account_links.link(runtime, caller.log, login, subject, by=caller.actor)


def _unlinked(runtime: Runtime, log: str, login: str, by: str) -> Account:
    return account_links.unlink(runtime, log, login, by=by)


def _sessions(runtime: Runtime, caller: Caller, login: str) -> list[sessions.Session]:
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    return sessions.open_of(runtime, caller.log, login)


def _end(runtime: Runtime, caller: Caller, login: str, id: str) -> None:
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    if id == "all":
        sessions.end_all(runtime, caller.log, login, by=caller.actor)
    else:
        sessions.end(runtime, caller.log, login, id, by=caller.actor)


def _check(runtime: Runtime, caller: Caller, actor: str) -> None:
    if not _is_theirs(runtime, caller, actor):
        raise Problem(
            "outside-your-area",
            f"此人的单位不在您的范围 {caller.area} 之内",
            f"their unit lies outside {caller.area}, which is yours",
        )


def _is_theirs(runtime: Runtime, caller: Caller, actor: str) -> bool:
    """Whether the actor's unit lies in the administrator's area; who has no unit is the county's."""
    if not caller.area:
        return True
    roster, day = runtime.roster_lately(caller.log), today(runtime, caller.log)
    cadre = roster.cadre(actor, day)
    unit = roster.unit(cadre.unit, day) if cadre is not None else None
    return unit is not None and is_within(roster, unit.area, caller.area, day)


_SWITCHES = (
    _switch(
        "disable-account", "disable", "停用账号  Nobody comes in by it any more", "Its sessions end at once.",
        lambda runtime, log, login, by: accounts.set_state(runtime, log, login, DISABLED, by=by),
    ),
    _switch(
        "enable-account", "enable", "启用账号  Open it again", "With the password that it had.",
        lambda runtime, log, login, by: accounts.set_state(runtime, log, login, ACTIVE, by=by),
    ),
    _switch(
        "unlock-account", "unlock", "解锁账号  Let them try again at once", "After too many failures.",
        lambda runtime, log, login, by: accounts.unlock(runtime, log, login),
    ),
)  # fmt: skip


def handlers() -> list[Any]:
    """The routes of this file."""
    return [listed, create, reset, link, unlink, *_SWITCHES, sessions_of, end_session]
