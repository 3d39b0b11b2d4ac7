"""Sessions of signed-in people: opened, proved, listed and ended.

A session reads `cs.<log>.<id>.<secret>`. It is made new at each sign-in and at each change of role: what a browser
brought along before opens nothing afterwards, even where an attacker put it there.
"""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, delete, insert, select, update

from casework.application.accounts.refusals import refused
from casework.application.accounts.tables import session
from casework.application.accounts.tokens import digest, proved_row
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, shifted
from casework.database.engine import reading, writing

FORM = re.compile(r"cs\.(?P<log>[^.\s]{1,64})\.(?P<id>[0-9a-f]{12})\.(?P<secret>[A-Za-z0-9_-]{43})\Z")
#: seconds after which `seen_at` is written again
_SEEN = 60
#: for how long an ended session is still listed to administrators
_KEPT = timedelta(days=30)
_CLOCK = SystemClock()
_s = session.c


class Session(Struct, frozen=True, kw_only=True):
    """What is known of a session; instants are '' where there are none.

    way     how it was proved: password, or oidc (by the identity provider)
    second  whether the identity provider said that a second factor was used; of a password its account tells
    role    the role acted in; '' until it is chosen
    unit    for which they act, of several posts; '' is the main one, or the only one that has the role
    device  what its owner calls it; '' for a browser
    """

    log: str
    id: str
    login: str
    actor: str
    role: str
    unit: str
    way: str
    second: bool
    device: str
    made_at: str
    seen_at: str
    expires_at: str
    ended_at: str
    idle: float
    """seconds without a request after which it ends"""

    @property
    def good_until(self) -> str:
        """The instant at which it ends unless it is used; '' once it was ended."""
        return "" if self.ended_at else min(self.expires_at, self.idle_until)

    @property
    def is_good(self) -> bool:
        """Whether it is open now."""
        return _CLOCK.now() < self.good_until

    @property
    def idle_until(self) -> str:
        """When it ends unless it is used."""
        return shifted(self.seen_at, timedelta(seconds=self.idle))


class Opened(Struct, frozen=True, kw_only=True):
    """A session just made, with the one sight of its secret."""

    secret: str
    about: Session


def open_new(
    runtime: Runtime,
    log: str,
    login: str,
    actor: str,
    *,
    role: str,
    way: str,
    unit: str = "",
    second: bool = False,
    device: str = "",
) -> Opened:
    """A new session; a DEVICE's lasts for weeks."""
    limits = runtime.settings.sessions
    now = _CLOCK.now()
    lasts = timedelta(days=limits.device_days) if device else timedelta(hours=limits.hours)
    with writing(runtime.engine) as db:
        stale = (_s.expires_at < shifted(now, -_KEPT)) | ((_s.ended_at != "") & (_s.ended_at < shifted(now, -_KEPT)))
        db.execute(delete(session).where(_s.log == log, stale))
    return _inserted(
        runtime,
        {
            "log": log, "login": login, "actor": actor, "role": role, "unit": unit, "way": way, "second": int(second),
            "device": device[:60], "made_at": now, "expires_at": shifted(now, lasts),
        },
    )  # fmt: skip


def in_role(runtime: Runtime, held: Session, role: str, unit: str = "") -> Opened:
    """The same session acting in ROLE, for UNIT where one is named, under a new secret; the one before is over."""
    end(runtime, held.log, held.login, held.id, by=held.login)
    names = ("log", "login", "actor", "way", "device", "made_at", "expires_at")
    kept = {name: getattr(held, name) for name in names}
    return _inserted(runtime, kept | {"role": role, "unit": unit, "second": int(held.second)})


def find(runtime: Runtime, text: str) -> Session | None:
    """The session that TEXT proves, good or not; None when it proves none. One that is good was just seen."""
    row = proved_row(runtime, session, FORM.match(text))
    if row is None:
        return None
    found = _session(runtime, row)
    now = _CLOCK.now()
    if found.is_good and shifted(found.seen_at, timedelta(seconds=_SEEN)) < now:
        with writing(runtime.engine) as db:
            db.execute(update(session).where(_s.log == found.log, _s.id == found.id).values(seen_at=now))
    return found


def proved(runtime: Runtime, text: str) -> Session:
    """The open session that TEXT proves, or a Problem that says why there is none."""
    found = find(runtime, text)
    if found is None:
        raise refused("unknown-session")
    if found.ended_at:
        raise refused("session-ended")
    if not found.is_good:
        raise refused("session-expired")
    return found


def open_of(runtime: Runtime, log: str, login: str) -> list[Session]:
    """The open sessions of LOGIN, the latest used first."""
    with reading(runtime.engine) as db:
        mine = select(session).where(_s.log == log, _s.login == login, _s.ended_at == "").order_by(_s.seen_at.desc())
        found = [_session(runtime, row) for row in db.execute(mine).mappings()]
    return [one for one in found if one.is_good]


def end(runtime: Runtime, log: str, login: str, id: str, *, by: str) -> None:
    """End a session of LOGIN; one that is over stays as it was. Problem where there is none of that id."""
    with writing(runtime.engine) as db:
        if db.scalar(select(_s.id).where(_s.log == log, _s.login == login, _s.id == id)) is None:
            raise refused("no-such-session")
    _end(runtime, by, _s.log == log, _s.login == login, _s.id == id)


def end_all(runtime: Runtime, log: str, login: str, *, by: str, but: str = "") -> None:
    """End every session of LOGIN, but the one with that id."""
    _end(runtime, by, _s.log == log, _s.login == login, _s.id != but)


def _end(runtime: Runtime, by: str, *which: ColumnElement[bool]) -> None:
    with writing(runtime.engine) as db:
        db.execute(update(session).where(*which, _s.ended_at == "").values(ended_at=_CLOCK.now(), ended_by=by))


def _inserted(runtime: Runtime, values: dict[str, Any]) -> Opened:
    secret, id = secrets.token_urlsafe(32), secrets.token_hex(6)
    row = values | {"id": id, "seen_at": _CLOCK.now(), "ended_at": "", "ended_by": ""}
    with writing(runtime.engine) as db:
        db.execute(insert(session).values(row | {"digest": digest(secret)}))
    return Opened(secret=f"cs.{values['log']}.{id}.{secret}", about=_session(runtime, row))


def _session(runtime: Runtime, row: Any) -> Session:
    limits = runtime.settings.sessions
    idle = timedelta(days=limits.device_idle_days) if row["device"] else timedelta(minutes=limits.idle_minutes)
    names = [name for name in Session.__struct_fields__ if name not in ("idle", "second")]
    return Session(**{name: row[name] for name in names}, second=bool(row["second"]), idle=idle.total_seconds())
