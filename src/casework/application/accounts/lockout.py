"""Locks a login or address out, ever longer, after failed sign-ins.

Counted whether or not there is such an account, so that the waiting tells nobody which there are. What was typed may be
a password in the wrong place: only a keyed hash of it is kept, and that for a day.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import Connection, delete, insert, select, update

from casework.application.accounts.refusals import refused
from casework.application.accounts.tables import sign_in_failure
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock, moment_of, shifted
from casework.database.engine import reading, writing
from casework.text import Text

#: failures allowed to an address, as a multiple of those of a login: an office may share it
OFFICE = 20
_REMEMBERED = timedelta(days=1)
_CLOCK = SystemClock()
_f = sign_in_failure.c


class LockedOut(Problem):
    """Too many failures: come back later."""

    def __init__(self, seconds: int) -> None:
        super().__init__("locked-out", *refused.sentences("locked-out", wait=_told(seconds)))
        self.retry_after = seconds


def tried(runtime: Runtime, log: str, login: str, address: str) -> dict[str, int]:
    """The keys under which failures at LOGIN from ADDRESS are counted, the login's first → failures allowed.

    An address of this machine is its proxy's and not counted.
    """
    free = runtime.settings.accounts.free_tries
    keys = {_key(runtime, log, "login", login): free}
    if address and not _is_this_machine(address):
        keys[_key(runtime, log, "address", address)] = free * OFFICE
    return keys


def check(runtime: Runtime, log: str, keys: Mapping[str, int]) -> None:
    """Raise LockedOut while one of the keys has to wait."""
    now = _CLOCK.now()
    with reading(runtime.engine) as db:
        until = db.scalars(select(_f.until).where(_f.log == log, _f.key.in_(list(keys)))).all()
    latest = max(until, default="")
    if latest > now:
        raise LockedOut(max(1, round((moment_of(latest) - moment_of(now)).total_seconds())))


def failed(runtime: Runtime, log: str, keys: Mapping[str, int]) -> int:
    """Count a failure; returns the failures of this login if it is now locked, else 0."""
    now = _CLOCK.now()
    with writing(runtime.engine) as db:
        db.execute(delete(sign_in_failure).where(_f.log == log, _f.last_at < shifted(now, -_REMEMBERED)))
        counts = [_count(runtime, db, log, key, free, now) for key, free in keys.items()]
    return counts[0]


def cleared(runtime: Runtime, log: str, login: str) -> None:
    """Forget the failures of LOGIN: it was proved, or the administrator unlocked it."""
    with writing(runtime.engine) as db:
        db.execute(delete(sign_in_failure).where(_f.log == log, _f.key == _key(runtime, log, "login", login)))


def locked_until(runtime: Runtime, log: str, login: str) -> str:
    """Until when LOGIN has to wait; '' when it has not."""
    with reading(runtime.engine) as db:
        until = db.scalar(select(_f.until).where(_f.log == log, _f.key == _key(runtime, log, "login", login)))
    return until if until and until > _CLOCK.now() else ""


def _count(runtime: Runtime, db: Connection, log: str, key: str, free: int, now: str) -> int:
    before = db.scalar(select(_f.failures).where(_f.log == log, _f.key == key))
    failures = (before or 0) + 1
    accounts = runtime.settings.accounts
    until = ""
    if failures >= free:
        doublings = min(failures - free, 30)
        until = shifted(now, timedelta(seconds=min(accounts.lock_seconds << doublings, accounts.lock_most_seconds)))
    row = {"failures": failures, "last_at": now, "until": until}
    if before is None:
        db.execute(insert(sign_in_failure).values(log=log, key=key, **row))
    else:
        db.execute(update(sign_in_failure).where(_f.log == log, _f.key == key).values(row))
    return failures if until else 0


def _key(runtime: Runtime, log: str, kind: str, value: str) -> str:
    return f"{kind}/{runtime.sealer.compared('sign-in failures', log, value.encode()).hex()[:32]}"


def _is_this_machine(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:  # a name of a test client, or of a socket
        return False


def _told(seconds: int) -> Text:
    if seconds < 90:
        return Text(f"{seconds} 秒", f"{seconds} seconds")
    return Text(f"{-(-seconds // 60)} 分钟", f"{-(-seconds // 60)} minutes")
