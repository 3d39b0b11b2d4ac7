"""Rotates the wrapping key of all logs in a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from casework.application.accounts import second_factor
from casework.database import engine as database
from casework.log.schema import log_head
from casework.seal import keys, rotation
from casework.seal.erasure import scrub
from casework.settings import Settings


class Rotated(Struct, frozen=True, kw_only=True):
    """Ids of the old and the new key, and how many keys of each log this run wrapped anew."""

    old: str
    new: str
    keys: dict[str, int]


class Standing(Struct, frozen=True, kw_only=True):
    """The key that is loaded, and of each log: wrapping key → keys that it wraps."""

    loaded: str
    wraps: dict[str, dict[str, int]]


def rotate(settings: Settings, target: Path, progress: Callable[[int, int], None] | None = None) -> Rotated:
    """Wrap every key of every log under the key in TARGET, which is made where there is none."""
    old = keys.load(settings.wrapping_key_file)
    new = keys.from_file(target) if target.exists() else keys.create(target)
    with database.opened(settings.migration_url) as engine:
        done: dict[str, int] = {}
        for log in _logs(engine):

            def also(db: Connection, log: str = log) -> None:
                second_factor.seal_anew(db, log, old, new)

            done[log] = rotation.rotate(engine, log, old, new, progress, also)
        scrub(engine)
    return Rotated(old=old.id, new=new.id, keys=done)


def standing(settings: Settings) -> Standing:
    """Which key wraps what."""
    loaded = keys.load(settings.wrapping_key_file).id
    with database.opened(settings.url) as engine:
        return Standing(loaded=loaded, wraps={log: _wraps(engine, log) for log in _logs(engine)})


def _wraps(engine: Engine, log: str) -> dict[str, int]:
    """Keys, and secrets of second factors, which are sealed with no key between."""
    found = rotation.under(engine, log)
    with database.reading(engine) as db:
        for kek, count in second_factor.under(db, log).items():
            found[kek] = found.get(kek, 0) + count
    return found


def _logs(engine: Engine) -> list[str]:
    with database.reading(engine) as db:
        return list(db.scalars(select(log_head.c.log).order_by(log_head.c.log)))
