"""Submits the declarations of a merger or split, in order.

Nothing that happened is touched: what changes is declared anew from a day on.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec
from msgspec import Struct

from casework.application.access.action_check import ActionCheck
from casework.application.access.actor import Actor
from casework.application.access.visibility import visibility_of
from casework.application.commands.handle import API, WAIT_SECONDS, Via, prepare, request_of
from casework.application.roster.refusals import refused
from casework.application.runtime.runtime import Runtime
from casework.law.roster.directory import Directory
from casework.law.roster.events import AreaDeclared, CadreDeclared, UnitDeclared
from casework.log.submission import Answer

_IDS = uuid.UUID("c6f0b9d4-6a0e-5f7b-9e55-0a8f4a1d3e21")
_STAMPED = ("township",)


class Step(Struct, frozen=True, kw_only=True):
    """One declaration that it takes: a command of the law with its members."""

    command: str
    members: dict[str, Any]


def go_through(runtime: Runtime, log: str, who: Actor, steps: Iterable[Step], via: Via = API) -> list[Answer]:
    """Submit the steps one after the other; the first refusal stops them and is raised."""
    check = ActionCheck(visibility_of(runtime.county(log), who), who.area).check
    answers: list[Answer] = []
    for step in steps:
        said = f"{log}\n{runtime.store.head(log).size}\n{msgspec.json.encode(step, order='sorted').decode()}"
        request = request_of(who, via, log, step.command, step.members, str(uuid.uuid5(_IDS, said)))
        submission = msgspec.structs.replace(prepare(runtime, request), check=check)
        answers.append(runtime.writer.submit(submission).result(WAIT_SECONDS))
    return answers


def check_township(roster: Directory, code: str, on: str) -> None:
    """Refuse what is no township on that day."""
    found = roster.area(code, on)
    if found is None or found.level != "township":
        raise refused("not-a-township", on=on, code=code, nearest=roster.nearest("area", code))


def check_last_declared(roster: Directory, streams: Iterable[str], from_: str) -> None:
    """Refuse a day on which, or after which, one of these things is declared anew already."""
    for stream in streams:
        if later := [one.from_ for one in roster.timeline(stream).said if one.from_ >= from_]:
            code = stream.partition("/")[2]
            raise refused("declared-later", code=code, later=later[0])


def areas(roster: Directory, on: str) -> list[tuple[str, AreaDeclared]]:
    """Areas as they are declared for a day, by code."""
    return [(code, said) for code, said in roster.declared("area", on).items() if isinstance(said, AreaDeclared)]


def units(roster: Directory, on: str) -> list[tuple[str, UnitDeclared]]:
    """Units as they are declared for a day, by code."""
    return [(code, said) for code, said in roster.declared("unit", on).items() if isinstance(said, UnitDeclared)]


def area(code: str, said: AreaDeclared, from_: str, **other: str) -> Step:
    """The area as it is, but for OTHER, from a day on."""
    return Step(command="declare-area", members={"area": code, **as_said(said), "from": from_, **other})


def unit(code: str, said: UnitDeclared, from_: str, **other: str) -> Step:
    """The unit as it is, but for OTHER, from a day on."""
    return Step(command="declare-unit", members={"unit": code, **as_said(said), "from": from_, **other})


def as_said(said: AreaDeclared | UnitDeclared | CadreDeclared) -> dict[str, Any]:
    """The members of a declaration as its command has them."""
    return {name: value for name, value in msgspec.to_builtins(said).items() if name not in _STAMPED}
