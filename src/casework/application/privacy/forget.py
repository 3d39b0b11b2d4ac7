"""Forgets a person: destroys their keys, and decides on others' texts one by one.

A repeated request is answered from the entry of the earlier erasure, found by its command id or by the cases named.
It cannot be found by telephone or identity number: the keyed token of the number was destroyed with the person's data,
or the holder of the key could try numbers until one fits. The entry names keys only: what each key opened, and whose
it was, went with the keys.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from msgspec import UNSET, Struct

from casework.application.access.actor import Actor
from casework.application.access.visibility import check_whole
from casework.application.commands.handle import API, Via
from casework.application.privacy.erase import Reach, erase
from casework.application.privacy.personal_data_of import Traces, Whom, find
from casework.application.privacy.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.law.county.events import PersonalDataErased
from casework.log import codec
from casework.log.entry import Entry
from casework.log.submission import Answer
from casework.seal.erasure import scrub

Decision = Literal["keep", "erase"]


class Forgotten(Struct, frozen=True, kw_only=True):
    """What was destroyed and what was kept, the entry that says so, and whether its remains left the log of writes.

    Of a repeat (`answer.repeated`) it is what became of it then: how many keys, but no longer what each of them opened.

    cases     of a repeat, those that were named
    keys      all keys that were destroyed
    parts     the person's own parts that were destroyed
    photos    attachments that were destroyed; those that another case refers to as well are decided on like texts
    erased    texts of others that were destroyed with them
    kept      texts of others that were looked at and left
    """

    cases: list[str]
    keys: int
    parts: int = 0
    photos: int = 0
    erased: int = 0
    kept: int
    answer: Answer
    scrubbed: bool


def forget(
    runtime: Runtime,
    log: str,
    who: Actor,
    whom: Whom,
    *,
    basis: str,
    decisions: Mapping[str, Decision] | None = None,
    others: Decision | None = None,
    command_id: str = "",
    via: Via = API,
) -> Forgotten:
    """Destroy what is theirs. Each text that mentions them needs a decision: once they are gone, nobody finds it.

    Repeated when nothing of theirs is left, it answers with the earlier outcome.

    decisions  key → keep or erase
    others     what holds for every text that `decisions` does not name
    """
    check_whole(runtime.county(log), who, "privacy.erase")
    try:
        traces = find(runtime, log, who, whom)
    except Problem as why:
        before = _by_command(runtime, log, who.actor, command_id) if why.code == "nothing-held" else None
        if before is None:
            raise
        return _again(runtime, before, [])
    to_decide = undecided(traces)
    decided = {kid: (decisions or {}).get(kid, others) for kid in to_decide}
    photos = list(dict.fromkeys(photo.kid for photo in traces.photos if not photo.shared))
    own = [part.kid for part in traces.own]
    if not own and not photos:
        before = _by_command(runtime, log, who.actor, command_id)
        if before is None and "erase" not in decided.values():
            before = _by_cases(runtime, log, traces.streams)
        if before is not None and before.kept.issuperset(to_decide):
            return _again(runtime, before, [one.number for one in traces.cases])
    if unknown := sorted(set(decisions or {}) - set(decided)):
        raise refused("not-to-be-decided", count=len(unknown), unknown=unknown[0])
    if waiting := [kid for kid, decision in decided.items() if decision is None]:
        first = ", ".join(waiting[:5])
        raise refused("mentions-undecided", count=len(waiting), why=first, nearest=tuple(waiting[:20]))
    erased = [kid for kid, decision in decided.items() if decision == "erase"]
    kept = [kid for kid, decision in decided.items() if decision == "keep"]
    keys = tuple(dict.fromkeys((*own, *photos, *erased)))
    done = erase(
        runtime, log, Reach(kids=keys), actor=who.actor, basis=basis, kept=kept, via=via, command_id=command_id
    )
    return Forgotten(
        cases=[one.number for one in traces.cases],
        keys=len(keys),
        parts=len(own),
        photos=len(photos),
        erased=len(erased),
        kept=len(kept),
        answer=done.answer,
        scrubbed=done.scrubbed,
    )


def _again(runtime: Runtime, before: _Before, cases: list[str]) -> Forgotten:
    """The outcome of the earlier erasure; its remains may have left the write-ahead log since."""
    return Forgotten(
        cases=cases, keys=before.keys, kept=len(before.kept), answer=before.answer, scrubbed=scrub(runtime.engine)
    )


def undecided(traces: Traces) -> list[str]:
    """The keys of what is not theirs alone, in the order of the log."""
    shared = [photo.kid for photo in traces.photos if photo.shared]
    return list(dict.fromkeys((*(part.kid for part in traces.mentions), *shared)))


class _Before(Struct, frozen=True, kw_only=True):
    """What was destroyed then, and the entry that says so; the last of several.

    keys  how many keys: of the whole erasure, or of the cases that are named
    kept  keys of others' texts that were looked at and left
    """

    keys: int
    kept: frozenset[str]
    answer: Answer


def _by_command(runtime: Runtime, log: str, actor: str, command_id: str) -> _Before | None:
    """What ACTOR's erasure of that command id did; None where there was none."""
    if not command_id:
        return None
    # an erasure of many keys is several entries, numbered after the first
    ids = re.compile(f"{re.escape(command_id)}(/[1-9][0-9]*)?")
    mine = [
        (entry, event)
        for entry, event in _erasures(runtime, log)
        if entry.actor == actor and ids.fullmatch(entry.command)
    ]
    return _before(mine, {kid for _, event in mine for kid in event.kids})


def _by_cases(runtime: Runtime, log: str, streams: Sequence[str]) -> _Before | None:
    """What the erasures did that destroyed keys of these cases; None where none did."""
    sealed = {
        part.kid
        for stream in streams
        for entry in runtime.store.read_stream(log, stream)
        if entry.sealed is not UNSET
        for part in entry.sealed
    }
    mine = [(entry, event) for entry, event in _erasures(runtime, log) if not sealed.isdisjoint(event.kids)]
    return _before(mine, {kid for _, event in mine for kid in event.kids if kid in sealed})


def _before(mine: Sequence[tuple[Entry, PersonalDataErased]], keys: set[str]) -> _Before | None:
    if not mine:
        return None
    last = mine[-1][0]
    return _Before(
        keys=len(keys),
        kept=frozenset(kid for _, event in mine for kid in event.kept),
        answer=Answer(
            log=last.log,
            command=last.command,
            stream=last.stream,
            rev=last.rev,
            seq=last.seq,
            events=(last.type,),
            size=last.seq + 1,
            at=last.at,
            repeated=True,
        ),
    )


def _erasures(runtime: Runtime, log: str) -> list[tuple[Entry, PersonalDataErased]]:
    found: list[tuple[Entry, PersonalDataErased]] = []
    for entry in runtime.store.read_stream(log, f"county/{log}"):
        if entry.type == PersonalDataErased.name:
            event: Any = codec.recorded(entry).event
            found.append((entry, event))
    return found
