"""Repeats erasures that are newer than the backup being restored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import func, select

from casework.application.access.actor import CLOCK, Actor
from casework.application.commands.handle import Via, handle, request_of
from casework.application.privacy.erase import COMMAND, ROLE
from casework.application.privacy.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.database.engine import reading
from casework.law.context import Refused
from casework.law.county.events import PersonalDataErased
from casework.log import codec
from casework.log.entry import decode
from casework.log.errors import LogError
from casework.log.schema import entry

_MARK = PersonalDataErased.name.encode()


class Erasure(Struct, frozen=True):
    """One erasure as the log told of it: who, when, by which command, which keys, why."""

    actor: str
    at: str
    command: str
    kids: tuple[str, ...]
    basis: str
    kept: tuple[str, ...] = ()


class Known(Struct):
    """What is known of the erasures of one log.

    first     entry 0, by which the log is known; b"" where the list does not have it
    size, at  up to where the list goes
    """

    erasures: list[Erasure] = []
    first: bytes = b""
    size: int = 0
    at: str = ""

    @property
    def kids(self) -> frozenset[str]:
        """The keys that are not to come back."""
        return frozenset(kid for one in self.erasures for kid in one.kids)


class Recorded(Struct, frozen=True):
    """An erasure done again: why the log could not say so too, '' where it does."""

    erasure: Erasure
    why_not: str = ""


def lines_of(runtime: Runtime, log: str) -> Iterator[bytes]:
    """The entries that tell of erasures, byte for byte, between the log's first and last: small, to be kept apart.

    The first says which log it is, the last how far the list goes.
    """
    of = entry.c
    with reading(runtime.engine) as db:
        last = db.scalar(select(func.max(of.seq)).where(of.log == log))
        told = (of.stream == f"county/{log}") & (of.type == PersonalDataErased.name)
        wanted = select(of.bytes).where(of.log == log, told | of.seq.in_((0, last))).order_by(of.seq)
        yield from db.scalars(wanted)


def read(path: Path) -> dict[str, Known]:
    """Log → erasures, from a file of entries (`casework erasures`, `casework export`), or from a newer backup."""
    files = sorted(path.glob("*/entry.jsonl")) if path.is_dir() else [path]
    known: dict[str, Known] = {}
    for file in files:
        _read_file(file, known)
    if not known:
        raise refused("erasures-unusable/empty", path=path)
    return known


def _read_file(path: Path, known: dict[str, Known]) -> None:
    number, line = 0, b""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if number == 1 or _MARK in line:
                    _take(line.rstrip(b"\n"), known)
            if number > 1:
                _take(line.rstrip(b"\n"), known)
    except FileNotFoundError:
        raise refused("erasures-unusable/missing", path=path) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, TypeError):
        raise refused("erasures-unusable/line", path=path, number=number) from None


def _take(line: bytes, known: dict[str, Known]) -> None:
    stored = decode(line)
    of = known.setdefault(stored.log, Known())
    if stored.seq == 0:
        of.first = line
    if stored.seq >= of.size:
        of.size, of.at = stored.seq + 1, stored.at
        event = codec.recorded(stored).event
        if isinstance(event, PersonalDataErased):
            of.erasures.append(Erasure(stored.actor, stored.at, stored.command, event.kids, event.basis, event.kept))


def check_log(known: Known, log: str, first: bytes) -> None:
    """Refuse a list of another log with the same code."""
    if known.first and known.first != first:
        raise refused("another-log", log=log)


def record(runtime: Runtime, log: str, erasures: Iterable[Erasure], operator: str) -> list[Recorded]:
    """Tell the restored log of the erasures that it does not know: as the officer's own act of then, entered now."""
    done: list[Recorded] = []
    with runtime.engine.connect() as db:
        told = select(entry.c.command).where(
            entry.c.log == log, entry.c.stream == f"county/{log}", entry.c.type == PersonalDataErased.name
        )
        known = set(db.scalars(told))
    for one in erasures:
        if one.command in known:
            continue
        members = {"kids": list(one.kids), "basis": one.basis, "kept": list(one.kept)}
        who = Actor(one.actor, "clock" if one.actor == CLOCK else ROLE)
        request = request_of(who, Via("cli", operator), log, COMMAND, members, one.command, occurred=one.at)
        try:
            handle(runtime, request)
        except (Problem, Refused, LogError) as why:
            done.append(Recorded(one, str(why)))
        else:
            done.append(Recorded(one))
    return done
