"""Who comes in with a token: the actor, in one role of one log, as the roster has them now."""

from __future__ import annotations

import time

from msgspec import Struct

from casework.application import tokens
from casework.application.house import House
from casework.application.people import Person, resolve
from casework.application.problem import Problem
from casework.application.reach import Reach
from casework.application.scope import scope_of
from casework.application.tokens import Token

#: seconds for which a look at a token will do: a revoked one is refused that much later, at most
LATELY = 1.0
_KEPT = 4096


class Caller(Struct, frozen=True):
    """Whose request it is.

    log    the only log the token opens
    actor  pseudonymous id
    role   the role acted in
    unit   the actor's unit today; '' for residents and machines
    area   the area the token is for, with everything below it; '' is the whole county
    token  id of the token
    reach  what they may act on
    """

    log: str
    actor: str
    role: str
    unit: str
    area: str
    token: str
    reach: Reach

    @property
    def person(self) -> Person:
        """The same, as use cases ask for whoever acts."""
        return Person(self.actor, self.role, self.unit, self.area)


class Callers:
    """Tokens seen lately, so that not every request asks the database."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: dict[str, tuple[float, Token, Caller]] = {}

    def lately(self, text: str) -> Caller | None:
        """The caller behind a token that was looked at a moment ago; None says: look."""
        seen = self._seen.get(text)
        if seen is None or time.monotonic() - seen[0] > LATELY or not seen[1].is_good:
            return None
        return seen[2]

    def has_met(self, text: str) -> bool:
        """Whether the token was good once; whether it still is, a look says."""
        return text in self._seen

    def forget(self) -> None:
        """Look at every token again."""
        self._seen.clear()

    def look(self, text: str) -> Caller:
        """The caller behind a token, as the database and the roster have it; Problem says why there is none."""
        token = tokens.find(self._house, text)
        if token is None or not token.is_good:
            self._seen.pop(text, None)
        if token is None:
            raise Problem("unknown-token", "令牌无效", "this token is not valid")
        if token.revoked_at:
            raise Problem("token-revoked", "令牌已撤销", "this token was revoked")
        if not token.is_good:
            raise Problem(
                "token-expired",
                f"令牌已于 {token.expires_at} 过期，请申领新的令牌",
                f"this token expired at {token.expires_at}: ask for a new one",
            )
        who = resolve(self._house, token.log, token.actor, token.role, self._house.roster_lately(token.log))
        person = Person(token.actor, token.role, who.unit, token.area)
        reach = Reach(scope_of(self._house, token.log, person), token.area)
        caller = Caller(token.log, token.actor, token.role, who.unit, token.area, token.id, reach)
        if len(self._seen) >= _KEPT:
            self._seen.clear()
        self._seen[text] = time.monotonic(), token, caller
        return caller
