"""Access tokens of one actor in one role: made, found, listed and revoked.

A token reads `cw.<log>.<id>.<secret>`: where to look it up, and 256 random bits that prove it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Table, insert, select, update

from casework.application.access.actor import resolve
from casework.application.access.token_scopes import USUAL, check_scopes
from casework.application.accounts.refusals import refused
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import County, Runtime
from casework.clock import SystemClock, shifted
from casework.database.engine import reading, writing
from casework.database.metadata import binaries, clustered, texts
from casework.law.context import ROLES

#: days a token lasts by default, and at most
DAYS, MOST_DAYS = 90, 3660
_FORM = re.compile(r"cw\.(?P<log>[^.\s]{1,64})\.(?P<id>[0-9a-f]{12})\.(?P<secret>[A-Za-z0-9_-]{43})\Z")
_CLOCK = SystemClock()

access_token = clustered(
    "access_token",
    texts("log", primary=True, id="which token: stands in the token itself, and in the list"),
    binaries(digest="SHA-256 of the secret part; the token itself is nowhere"),
    texts(actor="whose token it is"),
    texts(
        "role",
        area="area with everything below it; '' is the whole county",
        made_at="when it was made",
        made_by="the login on the machine that made it",
        expires_at="from when on it opens nothing",
        revoked_at="when it was revoked; '' when it was not",
        scopes="what it may be used for: `read`, `act`, `act:cases`, … between blanks",
        unit="for which it acts, of somebody with several posts; '' is the main one",
    ),
    comment="Access tokens of the API: their SHA-256 only, for whom, in which role and area, and until when.",
)
_t = access_token.c


class Token(Struct, frozen=True, kw_only=True):
    """What is known of a token; '' in `area` is the whole county, '' in `revoked_at` is not revoked.

    unit  for which it acts, of somebody with several posts; '' is the main one, or the only one that has the role
    """

    log: str
    id: str
    actor: str
    role: str
    area: str
    made_at: str
    made_by: str
    expires_at: str
    revoked_at: str = ""
    scopes: tuple[str, ...] = USUAL
    unit: str = ""

    @property
    def good_until(self) -> str:
        """The instant at which it stops being good; '' once it is revoked."""
        return "" if self.revoked_at else self.expires_at

    @property
    def is_good(self) -> bool:
        """Whether it is accepted now."""
        return _CLOCK.now() < self.good_until


class NewToken(Struct, frozen=True, kw_only=True):
    """A token just made, with the one sight of it that there ever is."""

    token: str
    about: Token


def create(
    runtime: Runtime,
    log: str,
    actor: str,
    role: str,
    *,
    made_by: str,
    area: str | None = None,
    days: int = DAYS,
    scopes: Iterable[str] = USUAL,
    unit: str = "",
) -> NewToken:
    """A token for ACTOR in ROLE, who must have it in the roster today; AREA is by default the home of the unit."""
    wanted = check_scopes(scopes)
    if role not in ROLES:
        raise unknown(refused, "unknown-role", role, ROLES)
    if not 1 <= days <= MOST_DAYS:
        raise refused("not-so-long", most_days=MOST_DAYS)
    county = runtime.county(log, fresh=True)
    who = resolve(county, actor, role, as_unit=unit)
    now = _CLOCK.now()
    secret = secrets.token_urlsafe(32)
    about = Token(
        log=log,
        id=secrets.token_hex(6),
        actor=actor,
        role=role,
        area=home(county, who.unit) if area is None else _known_area(county, area),
        made_at=now,
        made_by=made_by,
        expires_at=shifted(now, timedelta(days=days)),
        scopes=wanted,
        unit=unit,
    )
    row = msgspec.structs.asdict(about) | {"digest": digest(secret), "scopes": " ".join(wanted)}
    with writing(runtime.engine) as db:
        db.execute(insert(access_token).values(row))
    return NewToken(token=f"cw.{log}.{about.id}.{secret}", about=about)


def listed(runtime: Runtime, log: str, actor: str = "") -> list[Token]:
    """Every token of the log, or of one ACTOR, the newest first."""
    whose = (_t.log == log, _t.actor == actor) if actor else (_t.log == log,)
    with reading(runtime.engine) as db:
        rows = db.execute(select(access_token).where(*whose).order_by(_t.made_at.desc(), _t.id))
        return [_token(row) for row in rows.mappings()]


def revoke(runtime: Runtime, log: str, id: str, actor: str = "") -> Token:
    """Close the door for a token (of ACTOR's, where named); one that is revoked already stays as it was."""
    if actor and id not in {one.id for one in listed(runtime, log, actor)}:
        raise unknown(refused, "unknown-token-id", id, ())
    with writing(runtime.engine) as db:
        db.execute(
            update(access_token).where(_t.log == log, _t.id == id, _t.revoked_at == "").values(revoked_at=_CLOCK.now())
        )
        row = db.execute(select(access_token).where(_t.log == log, _t.id == id)).mappings().first()
        if row is None:
            ids = list(db.scalars(select(_t.id).where(_t.log == log)))
            raise unknown(refused, "unknown-token/token", id, ids)
        return _token(row)


def find(runtime: Runtime, text: str) -> Token | None:
    """The token that TEXT proves, good or not; None when it proves none."""
    row = proved_row(runtime, access_token, _FORM.match(text))
    return _token(row) if row else None


def proved_row(runtime: Runtime, table: Table, shown: re.Match[str] | None) -> Any:
    """The row of TABLE (tokens or sessions) whose secret was SHOWN; None when there is none."""
    if shown is None:
        return None
    with reading(runtime.engine) as db:
        mine = select(table).where(table.c.log == shown["log"], table.c.id == shown["id"])
        row = db.execute(mine).mappings().first()
    # compared in constant time, also where there is no such row
    proved = hmac.compare_digest(bytes(row["digest"]) if row else b"\x00" * 32, digest(shown["secret"]))
    return row if proved else None


def digest(secret: str) -> bytes:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).digest()


def _token(row: Any) -> Token:
    scopes = tuple(row["scopes"].split())
    return Token(**{name: row[name] for name in Token.__struct_fields__ if name != "scopes"}, scopes=scopes)


def home(county: County, unit: str) -> str:
    """The area in which UNIT is at home; '' for the whole county."""
    found = county.roster.unit(unit, county.today) if unit else None
    return found.area if found else ""


def _known_area(county: County, area: str) -> str:
    if area and county.roster.area(area, county.today) is None:
        close = county.roster.nearest("area", area)
        raise unknown(refused, "unknown-area", area, close)
    return area
