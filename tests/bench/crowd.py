"""Cadres with a token and a case each, and what they send over HTTP."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import select
from uuid_utils import uuid7

from casework.application.accounts import tokens
from casework.application.commands.handle import handle
from casework.application.runtime.runtime import Runtime
from casework.change.tables import case_now
from tests.bench import peer
from tests.bench.append import request_action, request_case
from tests.bench.place import LOG, SUPERVISOR, TOWNSHIPS, cadre, open_runtime
from tests.bench.wire import Script, request

_NOTED = msgspec.json.encode({"action": "visit", "note": peer.NOTE})


class Crowd:
    """Who acts in a county, with tokens made once."""

    def __init__(self, runtime: Runtime) -> None:
        self._house = runtime
        self._tokens: dict[tuple[str, str], str] = {}
        self._acting: list[tuple[str, str]] = []
        self._registering: list[tuple[str, bytes]] = []

    def grow(self, callers: int) -> None:
        """So many cadres with a case of their own to act on, and a case in mind to register."""
        for caller in range(callers):
            wanted = request_case(caller)
            case = handle(self._house, wanted).stream
            act = request_action(caller, case)
            self._acting.append((f"/api/{LOG}/cases/{number(case)}/actions", self.token(act.actor, act.role)))
            self._registering.append((self.token(wanted.actor, wanted.role), msgspec.json.encode(wanted.members)))

    def acting(self, callers: int) -> list[Script]:
        """Each caller logs actions with a sealed note on a case of its own."""
        return [posting(path, token, _NOTED) for path, token in self._acting[:callers]]

    def registering(self, callers: int) -> list[Script]:
        """Each caller registers cases with a sealed summary and person."""
        return [posting(f"/api/{LOG}/cases", token, body) for token, body in self._registering[:callers]]

    def token(self, actor: str, role: str) -> str:
        """The token of an actor, made once."""
        if (actor, role) not in self._tokens:
            self._tokens[actor, role] = tokens.create(self._house, LOG, actor, role, made_by="bench").token
        return self._tokens[actor, role]


def crowded(folder: Path, callers: int) -> Crowd:
    """A crowd in the county that lies in FOLDER."""
    runtime = open_runtime(folder)
    try:
        crowd = Crowd(runtime)
        crowd.grow(callers)
        return crowd
    finally:
        runtime.close()


def posting(path: str, token: str, body: bytes) -> Script:
    """The same command again and again, with an id of its own each time, made as clients are advised to."""
    return lambda _: request("POST", path, token, body, Idempotency_Key=str(uuid7()))


def number(stream: str) -> str:
    """A case as an address names it."""
    return stream.removeprefix("case/")


def spread(runtime: Runtime, cases: int) -> list[tuple[str, str]]:
    """(stream, township) of so many cases, a fair sample at any length of history: streams are random."""
    of = case_now.c
    marks = [f"case/{place * 4096 // cases:03x}" for place in range(cases)]
    with runtime.engine.connect() as db:
        found = [
            db.execute(select(of.stream, of.township).where(of.log == LOG, of.stream >= mark).limit(1)).first()
            for mark in marks
        ]
    return [(row.stream, row.township) for row in found if row is not None]


class Mixed:
    """The load of a morning: four questions to each command, about all townships and the county."""

    def __init__(self, runtime: Runtime, cases: int = 200) -> None:
        crowd = Crowd(runtime)
        sample = spread(runtime, cases)
        above = crowd.token(SUPERVISOR, "supervisor")
        cadres = {place: crowd.token(cadre(place, 1), "cadre") for place in TOWNSHIPS}
        at = f"/api/{LOG}"
        opened = [request("GET", f"{at}/cases/{number(case)}", cadres[place]) for case, place in sample]
        desks = [request("GET", f"{at}/desk", token) for token in cadres.values()]
        lists = [request("GET", f"{at}/cases?queue=open&limit=20", token) for token in cadres.values()]
        counted = [request("GET", f"{at}/projections/resolved_by_township?by=township", above)]
        self.questions: list[Any] = [opened, desks, lists, counted]
        self.commands = [posting(f"{at}/cases/{number(case)}/actions", cadres[place], _NOTED) for case, place in sample]

    def scripts(self, callers: int) -> list[Script]:
        """Each caller asks the four questions and then sends a command, in turn."""
        return [self._script(caller) for caller in range(callers)]

    def _script(self, caller: int) -> Script:
        reads = [cycle(some[caller % len(some) :] + some[: caller % len(some)]) for some in self.questions]
        writes = cycle(_turned(self.commands, caller))

        def script(turn: int) -> bytes:
            place = (turn + caller) % 5
            return next(reads[place]) if place < 4 else next(writes)(turn)

        return script


def _turned(some: Sequence[Script], by: int) -> list[Script]:
    return [*some[by % len(some) :], *some[: by % len(some)]]
