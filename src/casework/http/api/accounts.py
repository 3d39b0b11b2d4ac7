"""API routes by which administrators manage accounts and sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import litestar
from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from casework.application.access.action_check import is_within
from casework.application.accounts import accounts, provider_links, sessions
from casework.application.accounts.accounts import ACTIVE, DISABLED, Account, NewCode
from casework.application.accounts.callers import Caller
from casework.application.runtime.runtime import Runtime
from casework.http.api.queries import Query, post, private
from casework.http.api.signing_in import Sessions, view
from casework.http.caller import caller_of
from casework.http.process import server_state_of
from casework.http.refusals import refused
from casework.law.command import CadreId

T = TypeVar("T")


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


class AccountsController(Controller):
    """Accounts, for an administrator: of those whose unit lies in the administrator's own area."""

    path = "/accounts"
    tags = ["accounts"]
    opt = {"needs": "account.manage"}

    @get(summary="账号清单  Every account")
    async def accounts(self, request: Query) -> Response[Accounts]:
        """Of the own area, for an administrator of one."""
        return private(Accounts(accounts=await _done(request, _listed)))

    @litestar.post(
        acts="declare-cadre",
        summary="开设账号  An account for somebody in the roster, with a set-up code that is shown this once",
    )
    async def create_account(self, request: Query, data: JSONBody[NewAccount]) -> Response[NewCode]:
        """With the code they come in once, and choose a password of their own."""
        return private(await _done(request, _create, data.login, data.actor, hashes=True))

    @post(
        "/{login:str}/reset",
        acts="declare-cadre",
        summary="重置账号  A new set-up code; every session ends",
    )
    async def reset_account(self, request: Query, login: FromPath[str], data: JSONBody[Reset]) -> Response[NewCode]:
        """Shown this once."""
        more = {"second": data.second_factor, "by": caller_of(request).actor}
        return private(await _done(request, _of, login, accounts.reset, **more, hashes=True))

    @put(
        "/{login:str}/link",
        acts="declare-cadre",
        summary="关联统一身份  Let somebody at the identity provider come in by it; its sessions end",
    )
    async def link_account(self, request: Query, login: FromPath[str], data: JSONBody[Link]) -> Response[Account]:
        """In place of whoever it was linked to before."""
        return private(await _done(request, _of, login, provider_links.link, data.subject, by=caller_of(request).actor))

    @delete(
        "/{login:str}/link",
        acts="declare-cadre",
        status_code=200,
        summary="解除关联  Nobody at the identity provider comes in by it any more; its sessions end",
    )
    async def unlink_account(self, request: Query, login: FromPath[str]) -> Response[Account]:
        """The password stays as it was."""
        return private(await _done(request, _of, login, provider_links.unlink, by=caller_of(request).actor))

    @post(
        "/{login:str}/disable",
        acts="declare-cadre",
        summary="停用账号  Nobody comes in by it any more",
    )
    async def disable_account(self, request: Query, login: FromPath[str]) -> Response[Account]:
        """Its sessions end at once."""
        return private(await _done(request, _of, login, accounts.set_state, DISABLED, by=caller_of(request).actor))

    @post("/{login:str}/enable", acts="declare-cadre", summary="启用账号  Open it again")
    async def enable_account(self, request: Query, login: FromPath[str]) -> Response[Account]:
        """With the password that it had."""
        return private(await _done(request, _of, login, accounts.set_state, ACTIVE, by=caller_of(request).actor))

    @post(
        "/{login:str}/unlock",
        acts="declare-cadre",
        summary="解锁账号  Let them try again at once",
    )
    async def unlock_account(self, request: Query, login: FromPath[str]) -> Response[Account]:
        """After too many failures."""
        return private(await _done(request, _of, login, accounts.unlock))

    @get("/{login:str}/sessions", summary="他人的登录  Somebody's open sessions and devices")
    async def sessions_of(self, request: Query, login: FromPath[str]) -> Response[Sessions]:
        """To find the device that was lost."""
        found = await _done(request, _of, login, sessions.open_of)
        return private(Sessions(sessions=[view(one) for one in found]))

    @delete(
        "/{login:str}/sessions/{id:str}",
        acts="declare-cadre",
        summary="结束他人的登录  End somebody's session; `all` ends every one",
    )
    async def end_session_of(self, request: Query, login: FromPath[str], id: FromPath[str]) -> Response[None]:
        """Refused from the next request on."""
        which = (sessions.end_all,) if id == "all" else (sessions.end, id)
        await _done(request, _of, login, *which, by=caller_of(request).actor)
        return private(None, status_code=204)


async def _done(request: Query, function: Callable[..., T], *args: Any, hashes: bool = False, **kwargs: Any) -> T:
    """FUNCTION (runtime, caller, …) in a thread; then no caller is cached any more."""
    server = server_state_of(request)
    found = await (server.in_hasher if hashes else server.in_thread)(
        function, server.runtime, caller_of(request), *args, **kwargs
    )
    server.callers.forget()
    return found


def _listed(runtime: Runtime, caller: Caller) -> list[Account]:
    return [one for one in accounts.listed(runtime, caller.log) if _is_theirs(runtime, caller, one.actor)]


def _create(runtime: Runtime, caller: Caller, login: str, actor: str) -> NewCode:
    _check(runtime, caller, actor)
    return accounts.create(runtime, caller.log, login, actor, by=caller.actor)


def _of(runtime: Runtime, caller: Caller, login: str, change: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """What CHANGE (runtime, log, login, …) makes of the account, where it is one of the caller's area."""
    _check(runtime, caller, accounts.get(runtime, caller.log, login).actor)
    return change(runtime, caller.log, login, *args, **kwargs)


def _check(runtime: Runtime, caller: Caller, actor: str) -> None:
    if not _is_theirs(runtime, caller, actor):
        raise refused("outside-your-area", area=caller.area)


def _is_theirs(runtime: Runtime, caller: Caller, actor: str) -> bool:
    """Whether the actor's unit lies in the administrator's area; who has no unit is the county's."""
    if not caller.area:
        return True
    county = runtime.county(caller.log)
    roster, day = county.roster, county.today
    cadre = roster.cadre(actor, day)
    unit = roster.unit(cadre.unit, day) if cadre is not None else None
    return unit is not None and is_within(roster, unit.area, caller.area, day)
