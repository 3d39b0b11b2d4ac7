"""API routes of signing in, and of one's own sessions, password and second factor."""

from __future__ import annotations

from typing import Annotated

import litestar
from litestar import Controller, Response, delete, get, put
from litestar.params import FromPath, JSONBody
from msgspec import Meta, Struct

from casework.application.accounts import second_factor, sessions
from casework.application.accounts import sign_in as signing_in
from casework.application.accounts.second_factor import NewSecret, RecoveryCodes
from casework.application.accounts.sessions import Opened, Session
from casework.application.accounts.sign_in import ActingPost, Wish
from casework.http.api.queries import Query, post, private
from casework.http.caller import except_options, session_of, with_session
from casework.http.cookie import drop_cookie
from casework.http.process import server_state_of
from casework.http.session_actions import begun, changed, ended, ended_second, entered, give, in_role, of_login
from casework.law.command import Slug

Secret = Annotated[str, Meta(min_length=1, max_length=400)]
ShortText = Annotated[str, Meta(max_length=60)]
UnitCode = Annotated[str, Meta(pattern=r"^[a-z0-9_-]{0,64}$(?!\n)")]
Role = Annotated[Slug, Meta(min_length=1)]


class SignIn(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who wants to come in; see `Wish`."""

    login: Annotated[str, Meta(min_length=1, max_length=64)]
    password: Secret
    code: ShortText = ""
    role: Slug = ""
    unit: UnitCode = ""
    device: ShortText = ""
    new_password: Annotated[str, Meta(max_length=400)] = ""


class Chosen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The role to act in, and where somebody has it in several units, for which."""

    role: Role
    unit: UnitCode = ""


class OwnPassword(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password there is."""

    password: Secret


class NewPassword(OwnPassword, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The password there is, and that which is to be."""

    new_password: Secret


class Code(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code of the authenticator."""

    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$(?!\n)")]


class SessionView(Struct, frozen=True, kw_only=True):
    """A session as its owner sees it; `current` is the one that asks."""

    id: str
    role: str
    unit: str
    device: str
    way: str
    made_at: str
    seen_at: str
    expires_at: str
    idle_until: str
    current: bool


class SignedIn(Struct, frozen=True, kw_only=True):
    """Signed in: in which role, '' where one is still to be chosen, and which there are, each for which unit.

    unit  chosen of several; '' is the main post's
    """

    actor: str
    role: str
    unit: str
    roles: list[str]
    posts: list[ActingPost]
    session: SessionView


class Sessions(Struct, frozen=True, kw_only=True):
    """Sessions, the latest used first."""

    sessions: list[SessionView]


@litestar.post(
    "/{log:str}/sessions",
    needs="page.sign-in",
    status_code=201,
    tags=["sign-in"],
    summary="登录  Sign in with a password; the session comes as a cookie",
)
async def sign_in(request: Query, log: FromPath[str], data: JSONBody[SignIn]) -> Response[SignedIn]:
    """`role` and `unit` where somebody has several; `device` names a phone that is to stay signed in for weeks;
    `new_password` after a set-up code. Whatever session the browser brought along is ended."""
    opened = await entered(request, log, Wish(**{name: getattr(data, name) for name in Wish.__struct_fields__}))
    return await _with_cookie(request, opened, 201)


class OwnSessionController(Controller):
    """Sessions, password and second factor of the person who has signed in."""

    path = "/{log:str}"
    tags = ["sign-in"]
    guards = [except_options(with_session)]

    @get("/sessions", needs="session.own", summary="我的登录  One's own open sessions and devices")
    async def own_sessions(self, request: Query) -> Response[Sessions]:
        """For somebody who has signed in, in whatever role."""
        found, held = await of_login(request, sessions.open_of), session_of(request)
        return private(Sessions(sessions=[view(one, held) for one in found]))

    @delete(
        "/sessions/{id:str}",
        needs="session.own",
        status_code=204,
        summary="结束登录  End one's own session, or that of a device that is lost; `current` is the own one",
    )
    async def end_session(self, request: Query, id: FromPath[str]) -> Response[None]:
        """Refused from the next request on."""
        is_own = await ended(request, session_of(request).id if id == "current" else id)
        answer = _empty()
        if is_own:
            drop_cookie(request, answer)
        return answer

    @delete(
        "/sessions",
        needs="session.own",
        status_code=204,
        summary="全部退出  End every session of one's own, this one too",
    )
    async def end_sessions(self, request: Query) -> Response[None]:
        """On every browser and device."""
        await of_login(request, sessions.end_all, by=session_of(request).login)
        server_state_of(request).callers.forget()
        answer = _empty()
        drop_cookie(request, answer)
        return answer

    @put(
        "/role",
        needs="session.own",
        summary="选择身份  Act in another of one's own roles, or for another unit, under a new session",
    )
    async def choose_role(self, request: Query, data: JSONBody[Chosen]) -> Response[SignedIn]:
        """The session before it is over."""
        return await _with_cookie(request, await in_role(request, data.role, data.unit), 200)

    @put(
        "/password",
        needs="account.own",
        status_code=204,
        summary="修改密码  Change one's own password; every other session ends",
    )
    async def change_password(self, request: Query, data: JSONBody[NewPassword]) -> Response[None]:
        """Wants the present one."""
        await changed(request, data.password, data.new_password)
        return _empty()

    @post(
        "/second-factor",
        needs="account.own",
        summary="取两步验证密钥  A secret for an authenticator; it counts once a code has proved it",
    )
    async def begin_second_factor(self, request: Query, data: JSONBody[OwnPassword]) -> Response[NewSecret]:
        """Shown once. Wants the password."""
        return private(await begun(request, data.password))

    @put(
        "/second-factor",
        needs="account.own",
        summary="开启两步验证  Turn the second factor on by a first code; answers the recovery codes, once",
    )
    async def confirm_second_factor(self, request: Query, data: JSONBody[Code]) -> Response[RecoveryCodes]:
        """Each recovery code stands in once for a code of the authenticator."""
        return private(await of_login(request, second_factor.confirm, data.code))

    @post(
        "/second-factor/end", needs="account.own", status_code=204, summary="关闭两步验证  Turn the second factor off"
    )
    async def end_second_factor(self, request: Query, data: JSONBody[OwnPassword]) -> Response[None]:
        """Wants the password."""
        await ended_second(request, data.password)
        return _empty()


def view(one: Session, held: Session | None = None) -> SessionView:
    """A session as an answer; `current` where it is HELD."""
    names = ("id", "role", "unit", "device", "way", "made_at", "seen_at", "expires_at", "idle_until")
    return SessionView(**{name: getattr(one, name) for name in names}, current=held is not None and one.id == held.id)


async def _with_cookie(request: Query, opened: Opened, status: int) -> Response[SignedIn]:
    server, about = server_state_of(request), opened.about
    posts = await server.in_thread(signing_in.posts_of, server.runtime, about.log, about.actor)
    told = SignedIn(
        actor=about.actor,
        role=about.role,
        unit=about.unit,
        roles=list(dict.fromkeys(post.role for post in posts)),
        posts=list(posts),
        session=view(about, about),
    )
    answer = private(told, status_code=status)
    give(request, answer, opened)
    return answer


def _empty() -> Response[None]:
    return private(None, status_code=204)
