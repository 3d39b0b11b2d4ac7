"""API routes of one's own tokens: make, list, revoke."""

from __future__ import annotations

from typing import Annotated, Literal

import litestar
from litestar import Controller, Response, delete, get
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct, field
from msgspec.structs import replace

from casework.application.accounts import tokens
from casework.application.accounts.callers import check_second
from casework.application.accounts.tokens import MOST_DAYS, NewToken, Token
from casework.http.api.queries import Query, private
from casework.http.api.signing_in import Role, UnitCode
from casework.http.caller import caller_of, session_of, signed_in, with_session
from casework.http.process import server_state_of

Scope = Literal["read", "act", "act:cases", "act:activities", "act:findings", "act:roster", "act:county"]


class Wanted(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a token is to be for.

    role    one of one's own; '' the role of the session
    unit    for which it acts, where the role is held in several; '' that of the session, or of the main post
    scopes  what it may be used for
    days    until it expires
    """

    role: Role | Literal[""] = ""
    unit: UnitCode = ""
    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=6)] = field(default_factory=lambda: ["read", "act"])
    days: Annotated[int, Meta(ge=1, le=MOST_DAYS)] = tokens.DAYS


class Tokens(Struct, frozen=True, kw_only=True):
    """Tokens, the newest first; never the token itself."""

    tokens: list[Token]


class OwnTokensController(Controller):
    """Tokens of the person who has signed in."""

    path = "/{log:str}/tokens"
    tags = ["sign-in"]
    opt = {"needs": "account.own"}

    @litestar.post(guards=[signed_in, with_session], summary="生成令牌  A token of one's own, shown this once")
    async def create_token(self, request: Query, data: JSONBody[Wanted]) -> Response[NewToken]:
        """For somebody who has signed in: a token makes no others. Its area is the home of the unit."""
        server, caller, held = server_state_of(request), caller_of(request), session_of(request)
        role = data.role or caller.role
        # a role that requires a second factor is not reached through one that does not
        await server.in_thread(check_second, server.runtime, replace(held, role=role))
        unit = data.unit or (caller.as_unit if role == caller.role else "")
        made = await server.in_thread(
            tokens.create, server.runtime, caller.log, caller.actor, role,
            made_by=held.login, days=data.days, scopes=data.scopes, unit=unit,
        )  # fmt: skip
        return private(made)

    @get(guards=[with_session], summary="我的令牌  One's own tokens")
    async def own_tokens(self, request: Query) -> Response[Tokens]:
        """With those that have expired or were revoked."""
        server, held = server_state_of(request), session_of(request)
        return private(Tokens(tokens=await server.in_thread(tokens.listed, server.runtime, held.log, held.actor)))

    @delete(
        "/{id:str}",
        guards=[with_session],
        status_code=204,
        summary="撤销令牌  Revoke a token of one's own",
    )
    async def revoke_token(self, request: Query, id: FromPath[str]) -> Response[None]:
        """Refused from the next request on."""
        server, held = server_state_of(request), session_of(request)
        await server.in_thread(tokens.revoke, server.runtime, held.log, id, held.actor)
        server.callers.forget()
        return private(None, status_code=204)
