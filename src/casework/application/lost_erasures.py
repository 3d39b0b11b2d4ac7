"""Erasures that a backup is too old to know: what was destroyed after it must not come back with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy import select

from casework.application.erase import COMMAND, ROLE
from casework.application.handle import Request, handle
from casework.application.house import House
from casework.application.problem import Problem
from casework.case.context import Refused
from casework.case.county import PersonalDataErased
from casework.log import codec
from casework.log.entry import Entry, decode
from casework.log.errors import LogError
from casework.log.schema import entry

_MARK = PersonalDataErased.name.encode()


class Erasure(Struct, frozen=True):
    """One erasure as the log told of it: who, when, by which command, which keys, why."""

    log: str
    seq: int
    actor: str
    at: str
    command: str
    kids: tuple[str, ...]
    basis: str


class Recorded(Struct, frozen=True):
    """An erasure done again: why the log could not say so too, '' where it does."""

    erasure: Erasure
    why_not: str = ""


def lines_of(house: House, log: str) -> Iterator[bytes]:
    """The entries that tell of erasures, byte for byte: small, without personal data, to be kept apart."""
    of = entry.c
    told = select(of.bytes).where(of.log == log, of.stream == f"county/{log}", of.type == PersonalDataErased.name)
    with house.engine.connect() as db:
        yield from db.scalars(told.order_by(of.rev))


def read(path: Path) -> list[Erasure]:
    """The erasures in a file of entries (`casework erasures`, `casework export`), or in a newer backup."""
    files = sorted(path.glob("*/entry.jsonl")) if path.is_dir() else [path]
    if not files:
        raise _unusable(path, "没有找到条目", "there are no entries in it")
    return [erasure for file in files for erasure in _in_file(file)]


def _in_file(path: Path) -> Iterator[Erasure]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                try:
                    if _MARK in line or number == 1:
                        stored = decode(line)
                        if stored.type == PersonalDataErased.name:
                            yield _erasure(stored)
                except (msgspec.MsgspecError, ValueError):
                    raise _unusable(path, f"第 {number} 行不是条目", f"line {number} is no entry") from None
    except FileNotFoundError:
        raise _unusable(path, "文件不存在", "there is no such file") from None


def _erasure(stored: Entry) -> Erasure:
    event = codec.recorded(stored).event
    if not isinstance(event, PersonalDataErased):
        raise ValueError(stored.type)
    return Erasure(stored.log, stored.seq, stored.actor, stored.at, stored.command, event.kids, event.basis)


def kids_of(erasures: Iterable[Erasure], log: str) -> frozenset[str]:
    """The keys that are not to come back to a log."""
    return frozenset(kid for one in erasures if one.log == log for kid in one.kids)


def record(house: House, log: str, erasures: Iterable[Erasure], operator: str) -> list[Recorded]:
    """Tell the restored log of the erasures that it does not know: as the officer's own act of then, entered now."""
    done: list[Recorded] = []
    with house.engine.connect() as db:
        told = select(entry.c.command).where(
            entry.c.log == log, entry.c.stream == f"county/{log}", entry.c.type == PersonalDataErased.name
        )
        known = set(db.scalars(told))
    for one in erasures:
        if one.log != log or one.command in known:
            continue
        request = Request(
            log=log,
            command=COMMAND,
            members={"kids": list(one.kids), "basis": one.basis},
            command_id=one.command,
            actor=one.actor,
            role=ROLE,
            source="cli",
            operator=operator,
            occurred=one.at,
        )
        try:
            handle(house, request)
        except (Problem, Refused, LogError) as why:
            done.append(Recorded(one, str(why)))
        else:
            done.append(Recorded(one))
    return done


def _unusable(path: Path, zh: str, en: str) -> Problem:
    return Problem("erasures-unusable", f"{path} 不能作为删除清单：{zh}", f"{path} is no list of erasures: {en}")
