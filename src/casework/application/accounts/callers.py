"""Turns a token or session into a caller, cached for a second."""

from __future__ import annotations

import time
from typing import Any

from msgspec import Struct

from casework.application.access.action_check import ActionCheck
from casework.application.access.actor import Actor, known, resolve
from casework.application.access.token_scopes import USUAL, check_may
from casework.application.access.visibility import unlimited, visibility_of
from casework.application.accounts import sessions, tokens
from casework.application.accounts.accounts import row_of
from casework.application.accounts.refusals import refused
from casework.application.accounts.sessions import Session
from casework.application.accounts.tokens import Token
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import County, Runtime
from casework.clock import SystemClock
from casework.law.context import ROLES
from casework.text import term

#: seconds for which a caller is cached: what another process ended is refused that much later, at most
LATELY = 1.0
_KEPT = 4096
_CLOCK = SystemClock()


class Caller(Struct, frozen=True, kw_only=True):
    """Whose request it is.

    log      the only log that opens
    actor    pseudonymous id
    role     the role acted in
    unit     the actor's unit today; '' for residents and machines
    area     the area it is for, with everything below it; '' is the whole county
    token    id of the token; '' for a session
    reach    what they may act on
    scopes   what it may be used for
    session  id of the session; '' for a token
    as_unit  the unit that was chosen, of several posts; '' where it is that of the main post
    person   the same actor, as use cases take it
    id       id of what they come in with
    """

    log: str
    actor: str
    role: str
    unit: str
    area: str
    token: str = ""
    reach: ActionCheck
    scopes: tuple[str, ...] = USUAL
    session: str = ""
    as_unit: str = ""
    person: Actor
    id: str

    def check_may(self, command: str = "") -> None:
        """Refuse COMMAND, or looking where none is named, to a token that is not for it."""
        if self.scopes is not USUAL:
            check_may(self.scopes, command)


class _Seen(Struct, frozen=True):
    """A cached caller: when it was looked up, by which roster, until when the token or session is good."""

    at: float
    roster: int
    good_until: str
    caller: Caller


class Callers:
    """Cache of callers, so that not every request asks the database.

    What this process learns itself (a role that the roster takes away, a token or session that is ended here) counts
    from the next request on; what another process does, LATELY seconds later at most.
    """

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._seen: dict[str, _Seen] = {}

    def lately(self, text: str) -> Caller | None:
        """The cached caller of TEXT; None where it must be looked up."""
        seen = self._seen.get(text)
        if (
            seen is None
            or time.monotonic() - seen.at > LATELY
            or seen.roster != self._runtime.writer.county_sizes.get(seen.caller.log, 0)
            or _CLOCK.now() >= seen.good_until
        ):
            return None
        return seen.caller

    def has_met(self, text: str) -> bool:
        """Whether the token was good once; it may no longer be."""
        return text in self._seen

    def forget(self) -> None:
        """Empty the cache."""
        self._seen.clear()

    def look(self, text: str) -> Caller:
        """The caller of TEXT by database and roster; Problem where the token or session opens nothing."""
        try:
            shown: Token | Session = (
                sessions.proved(self._runtime, text) if text.startswith("cs.") else self._token(text)
            )
        except Problem:
            self._seen.pop(text, None)
            raise
        roster = self._runtime.writer.county_sizes.get(shown.log, 0)
        caller = self._of_session(shown) if isinstance(shown, Session) else self._of_token(shown)
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[text] = _Seen(time.monotonic(), roster, shown.good_until, caller)
        return caller

    def _token(self, text: str) -> Token:
        token = tokens.find(self._runtime, text)
        if token is None:
            raise refused("unknown-token")
        if token.revoked_at:
            raise refused("token-revoked")
        if not token.is_good:
            raise refused("token-expired", expires_at=token.expires_at)
        return token

    def _of_token(self, token: Token) -> Caller:
        county = self._runtime.county(token.log)
        person = self._resolved(county, token, token.area)
        scopes = USUAL if token.scopes == USUAL else token.scopes
        return self._caller(county, person, token, token=token.id, scopes=scopes)

    def _of_session(self, session: Session) -> Caller:
        county = self._runtime.county(session.log)
        if not session.role:
            roles = known(county, session.actor).roles
            raise refused("role-wanted", nearest=roles)
        person = self._resolved(county, session, None)
        check_second(self._runtime, session)
        return self._caller(county, person, session, session=session.id)

    def _resolved(self, county: County, shown: Token | Session, area: str | None) -> Actor:
        """The person as the roster has them now; AREA None is the home of the unit for which they act."""
        try:
            who = resolve(county, shown.actor, shown.role, shown.unit)
        except Problem as why:
            if why.code != "unknown-cadre":
                raise
            raise refused("no-role-today") from None
        limit = tokens.home(county, who.unit) if area is None else area
        return Actor(shown.actor, shown.role, who.unit, unlimited(county, limit))

    def _caller(self, county: County, who: Actor, shown: Token | Session, **of_kind: Any) -> Caller:
        """The caller; OF_KIND are the members that only a token or only a session gives."""
        return Caller(
            log=county.log,
            actor=who.actor,
            role=who.role,
            unit=who.unit,
            area=who.area,
            reach=ActionCheck(visibility_of(county, who), who.area),
            as_unit=shown.unit,
            person=who,
            id=shown.id,
            **of_kind,
        )


def check_second(runtime: Runtime, held: Session) -> None:
    """Refuse a session proved by one factor in a role that wants two; an unknown way proves nothing."""
    if held.role not in runtime.settings.accounts.second_factor_roles:
        return
    if held.way == "password":
        row = row_of(runtime, held.log, held.login)
        if row is None or not row["totp_on"]:
            raise refused("second-factor-first", role=term(ROLES, held.role))
    elif held.way != "oidc" or not held.second:
        raise refused("second-factor-there", role=term(ROLES, held.role))
