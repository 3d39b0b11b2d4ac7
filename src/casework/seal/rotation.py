"""Rotates the wrapping key: wraps every key anew, in resumable slices.

Sealed blobs stay as they are. Stored values are also compared by keys derived from the wrapping key (search tokens,
digests of commands and of ledger rows, recovery codes, counts of failed sign-ins). Those keys must not change, so they
are kept, wrapped like the rest.
"""

from __future__ import annotations

from collections.abc import Callable

from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from sqlalchemy import Connection, Engine, bindparam, func, insert, select, update

from casework.database.engine import Progress, reading, writing
from casework.seal.keys import WrappingKey
from casework.seal.refusals import sentence
from casework.seal.sealing import COMPARING
from casework.seal.tables import kept_key, sealed_key
from casework.text import Spoken

SLICE = 500
Also = Callable[[Connection], None]
_of = sealed_key.c


class RotationRefused(Spoken):
    """Some keys cannot be unwrapped with the old wrapping key, or there is nothing to rotate."""


def rotate(
    engine: Engine,
    log: str,
    old: WrappingKey,
    new: WrappingKey,
    progress: Progress | None = None,
    also: Also | None = None,
) -> int:
    """Wrap every key of LOG under NEW instead of OLD; returns how many. ENGINE belongs to the owner of the tables.

    also  seals again what other rooms seal directly; run in the first transaction, after which OLD is refused
    """
    if old.id == new.id:
        raise RotationRefused(*sentence("rotation-to-itself"))
    with reading(engine) as db:
        foreign = set(db.scalars(select(_of.kek).where(_of.log == log).distinct())) - {old.id, new.id}
        total = db.scalar(select(func.count()).select_from(sealed_key).where(_of.log == log, _of.kek == old.id)) or 0
    if foreign:
        names = ", ".join(sorted(foreign))
        raise RotationRefused(*sentence("rotation-from-another-key", names=names))
    # first: a process that loads the new key must already find the kept keys
    with writing(engine) as db:
        _keep(db, log, old, new)
        if also is not None:
            also(db)
    done, after = 0, ""
    while True:
        with writing(engine) as db:
            rows = db.execute(
                select(_of.kid, _of.wrapped)
                .where(_of.log == log, _of.kek == old.id, _of.kid > after)
                .order_by(_of.kid)
                .limit(SLICE)
            ).all()
            if not rows:
                return done
            anew = [{"this": row.kid, "wrapped": _anew(row.kid, row.wrapped, log, old, new)} for row in rows]
            change = update(sealed_key).where(_of.log == log, _of.kid == bindparam("this"))
            db.execute(change.values(kek=new.id, wrapped=bindparam("wrapped")), anew)
        done, after = done + len(rows), rows[-1].kid
        if progress is not None:
            progress(done, total)


def under(engine: Engine, log: str) -> dict[str, int]:
    """Id of wrapping key → number of keys it wraps; a wrapping key that is missing here can be dropped."""
    counted = select(_of.kek, func.count()).where(_of.log == log).group_by(_of.kek)
    kept = select(kept_key.c.kek, func.count()).where(kept_key.c.log == log).group_by(kept_key.c.kek)
    found: dict[str, int] = {}
    with reading(engine) as db:
        for kek, count in (*db.execute(counted).all(), *db.execute(kept).all()):
            found[kek] = found.get(kek, 0) + count
    return found


def _keep(db: Connection, log: str, old: WrappingKey, new: WrappingKey) -> None:
    known = {row.purpose: row for row in db.execute(select(kept_key).where(kept_key.c.log == log))}
    for purpose in COMPARING:
        row = known.get(purpose)
        if row is None:
            wrapped = aes_key_wrap(new.derived("wrap", log), old.derived(purpose, log))
            db.execute(insert(kept_key).values(log=log, purpose=purpose, wrapped=wrapped, kek=new.id))
        elif row.kek == old.id:
            wrapped = _anew(purpose, row.wrapped, log, old, new)
            here = (kept_key.c.log == log) & (kept_key.c.purpose == purpose)
            db.execute(update(kept_key).where(here).values(wrapped=wrapped, kek=new.id))


def _anew(name: str, wrapped: bytes, log: str, old: WrappingKey, new: WrappingKey) -> bytes:
    try:
        key = aes_key_unwrap(old.derived("wrap", log), wrapped)
    except (InvalidUnwrap, ValueError):
        raise RotationRefused(*sentence("rotation-stopped", name=name, old=old.id)) from None
    return aes_key_wrap(new.derived("wrap", log), key)
