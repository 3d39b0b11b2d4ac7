"""Finds a person's data: their cases, their parts, and texts that mention them.

A person is looked for by telephone or identity number, through keyed tokens, or by cases that are theirs. A family may
share a telephone: the name given in each case is told, and cases can be left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import UNSET, Struct
from msgspec.structs import replace
from sqlalchemy import Connection, select

from casework.application.access.actor import Actor
from casework.application.access.reading_note import note
from casework.application.access.visibility import check_whole
from casework.application.cases.attachments import evidence_of
from casework.application.cases.find_case import find_case, number_of
from casework.application.privacy.refusals import refused
from casework.application.privacy.survey_answers_of import (
    Answered,
    by_cases,
    by_number,
    entries_of,
    is_survey,
    raised_from,
    together,
)
from casework.application.runtime.runtime import Runtime
from casework.database.engine import reading
from casework.law.kinds import fold
from casework.log import codec, schema
from casework.log.entry import Entry, decode
from casework.seal import attachments
from casework.seal.erasure import concern, slices
from casework.seal.sealing import SealBroken, Tombstone
from casework.seal.tables import subject_key
from casework.seal.tokens import identity, phone

_SLICE = 2_000
_SHORTEST_NAME = 2
_BLANKS = re.compile(r"[\s\-()·.]+")


class Whom(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is meant.

    person      phone or identity number, as somebody wrote it: compared by keyed token, stored nowhere
    cases       numbers or ids of cases that are theirs
    without     of the cases found by `person`, those that are somebody else's
    everywhere  whether every text of the county is looked through for their name and numbers; else only their cases
    """

    person: str = ""
    cases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    everywhere: bool = True


class Part(Struct, frozen=True, kw_only=True):
    """A sealed part: which key opens it, where it lies, and what it says (for the officer's eyes)."""

    kid: str
    stream: str
    number: str
    seq: int
    member: str
    recorded_on: str
    value: Any = None


class Photo(Struct, frozen=True, kw_only=True):
    """An attachment of one of their cases; `shared` where another case refers to it as well."""

    kid: str
    stream: str
    number: str
    sha256: str
    shared: bool


class TheirCase(Struct, frozen=True, kw_only=True):
    """A case in which they are named, under the name given there."""

    stream: str
    number: str
    registered_on: str
    name: str
    status: str


class Traces(Struct, frozen=True, kw_only=True):
    """All that is held on a person.

    own         parts that concern them alone
    mentions    parts that concern others too, or whose words name them: an officer decides on each
    looked_at   texts that were opened to find those
    unreadable  texts that could not be opened
    """

    cases: list[TheirCase]
    own: list[Part]
    photos: list[Photo]
    mentions: list[Part]
    looked_at: int = 0
    unreadable: int = 0

    @property
    def streams(self) -> list[str]:
        """The streams of their cases."""
        return [one.stream for one in self.cases]


def find(runtime: Runtime, log: str, who: Actor, whom: Whom) -> Traces:
    """What is held on them; the access ledger has that the officer read it."""
    county = runtime.county(log)
    check_whole(county, who, "privacy.find")
    traces = look(runtime, log, whom)
    note(
        runtime, county, who, "find", *traces.streams, *{part.stream for part in traces.mentions} - set(traces.streams)
    )
    if whom.everywhere and traces.looked_at:
        note(runtime, county, who, "mentions", shown=traces.looked_at)
    return traces


def look(runtime: Runtime, log: str, whom: Whom) -> Traces:
    """As `find`, without permission check and ledger entry."""
    streams, answered, shared_number = _found(runtime, log, whom)
    residents = {stream: _subject(runtime, log, stream) for stream in streams}
    subjects = {resident for resident in residents.values() if resident}.union(*answered.values())
    with reading(runtime.engine) as db:
        known = concern(db, log, subjects)
    own_kids, shared_kids = set(known.own), set(known.shared)
    own: list[Part] = []
    photos: list[Photo] = []
    mentions: dict[str, Part] = {}
    cases: list[TheirCase] = []
    unreadable = 0
    seen: set[str] = set()

    def take(parts: Sequence[Part], broken: int, theirs: Container[str]) -> None:
        nonlocal unreadable, own
        unreadable += broken
        own += [part for part in parts if part.kid in theirs]
        mentions.update({part.kid: part for part in parts if part.kid not in theirs})
        seen.update(part.kid for part in parts)

    for stream in streams:
        entries = list(runtime.store.read_stream(log, stream))
        number = number_of(runtime, log, stream)
        with reading(runtime.engine) as db:
            if not residents[stream]:  # a ledger names no resident: such a case holds data of the people it names
                others = _concerning_others(db, log, entries, subjects)
                own_kids |= {part.kid for entry in entries for part in _sealed(entry)} - others
            parts, broken = _opened(runtime, db, log, entries, number)
            photos += _photos(db, log, stream, number, entries)
        take(parts, broken, own_kids)
        cases.append(_case(runtime, log, stream, number, entries, parts))
    for entry in entries_of(runtime, log, answered):
        with reading(runtime.engine) as db:
            take(*_opened(runtime, db, log, [entry]), own_kids)
    for entry in entries_of(runtime, log, shared_number):
        with reading(runtime.engine) as db:
            parts, broken = _opened(runtime, db, log, [entry])
        take([part for part in parts if part.kid not in seen], broken, ())
    needles = _needles(part.value for part in own if part.member == "person")
    looked_at = len(seen)
    if whom.everywhere and (needles or own_kids or shared_kids):
        for part in _elsewhere(runtime, log):
            if isinstance(part, int):
                unreadable += part
                continue
            if part.kid in seen:
                continue
            looked_at += 1
            if part.kid in own_kids:
                own.append(part)
            elif part.kid in shared_kids or _names(part.value, needles):
                mentions[part.kid] = part
    numbers = {part.stream: "" for part in (*own, *mentions.values()) if not part.number}
    numbers = {stream: number_of(runtime, log, stream) for stream in numbers}
    return Traces(
        cases=cases,
        own=[_numbered(part, numbers) for part in own],
        photos=photos,
        mentions=[_numbered(part, numbers) for part in sorted(mentions.values(), key=lambda part: part.seq)],
        looked_at=looked_at,
        unreadable=unreadable,
    )


def _found(runtime: Runtime, log: str, whom: Whom) -> tuple[list[str], Answered, Answered]:
    """The streams that are theirs, what they answered to surveys, and answers of several who gave the same number.

    Of the last nobody knows but the officer which are theirs: a family may share a telephone.
    """
    found = _streams(runtime, log, whom)
    streams = {stream for stream in found if not is_survey(stream)}
    named = by_number(runtime, log, whom.person, filter(is_survey, found)) if whom.person else {}
    answered = {survey: ids for survey, ids in named.items() if len(ids) == 1}
    several = {survey: ids for survey, ids in named.items() if len(ids) > 1}
    without = {find_case(runtime, log, name) for name in whom.without}
    streams |= raised_from(runtime, log, answered) - without
    return sorted(streams), together(answered, by_cases(runtime, log, streams)), several


def _streams(runtime: Runtime, log: str, whom: Whom) -> list[str]:
    if not whom.person and not whom.cases:
        raise refused("nobody-meant")
    found: set[str] = set()
    if whom.person:
        with reading(runtime.engine) as db:
            found.update(runtime.sealer.find_person(db, log, whom.person))
        found -= {find_case(runtime, log, name) for name in whom.without}
    found.update(find_case(runtime, log, name) for name in whom.cases)
    if not found:
        raise refused("nothing-held")
    return sorted(found)


def _subject(runtime: Runtime, log: str, stream: str) -> str:
    """Who is named in a stream: the resident who asked, the cadre declared; '' where a ledger named nobody."""
    return stream if stream.startswith("cadre/") else runtime.asked_by(log, stream)


def _sealed(entry: Entry) -> Sequence[Any]:
    return () if entry.sealed is UNSET else entry.sealed


def _concerning_others(db: Connection, log: str, entries: Sequence[Entry], person: set[str]) -> set[str]:
    """Of the parts of these entries those that concern somebody else."""
    kids = [part.kid for entry in entries for part in _sealed(entry)]
    of = subject_key.c
    others: set[str] = set()
    for some in slices(kids):
        rows = db.execute(select(of.kid, of.subject).where(of.log == log, of.kid.in_(some)))
        others |= {row.kid for row in rows if row.subject not in person}
    return others


def _opened(
    runtime: Runtime, db: Connection, log: str, entries: Sequence[Entry], number: str = ""
) -> tuple[list[Part], int]:
    """Every part of these entries that can still be read, and how many cannot though nothing says they were erased."""
    parts: list[Part] = []
    broken = 0
    try:
        texts = runtime.sealer.open(db, log, entries)
    except SealBroken:
        if len(entries) == 1:
            return [], 1
        for entry in entries:
            some, bad = _opened(runtime, db, log, [entry], number)
            parts, broken = parts + some, broken + bad
        return parts, broken
    for entry in entries:
        for sealed in _sealed(entry):
            value = texts[entry.seq][sealed.member]
            if isinstance(value, Tombstone):
                broken += value.reason == "missing"
                continue
            parts.append(
                Part(
                    kid=sealed.kid,
                    stream=entry.stream,
                    number=number,
                    seq=entry.seq,
                    member=sealed.member,
                    recorded_on=entry.recorded_on,
                    value=value,
                )
            )
    return parts, broken


def _elsewhere(runtime: Runtime, log: str) -> Iterator[Part | int]:
    """Every sealed part of the county in slices; numbers are of parts that could not be opened."""
    of = schema.entry.c
    size = runtime.store.head(log).size
    for start in range(0, size, _SLICE):
        with reading(runtime.engine) as db:
            rows = db.scalars(select(of.bytes).where(of.log == log, of.seq >= start, of.seq < start + _SLICE))
            entries = [entry for entry in map(decode, rows) if _sealed(entry)]
            parts, broken = _opened(runtime, db, log, entries)
        yield from parts
        yield broken


def _photos(db: Connection, log: str, stream: str, number: str, entries: Sequence[Entry]) -> Iterator[Photo]:
    digests = {digest for entry in entries for digest in evidence_of(entry)}
    for sha256, kid in attachments.kids_of(db, log, digests).items():
        shared = attachments.is_shared(db, log, sha256, stream)
        yield Photo(kid=kid, stream=stream, number=number, sha256=sha256, shared=shared)


def _case(
    runtime: Runtime, log: str, stream: str, number: str, entries: Sequence[Entry], parts: Sequence[Part]
) -> TheirCase:
    state = fold([codec.recorded(entry) for entry in entries])
    named = [part.value for part in parts if part.member == "person" and isinstance(part.value, Mapping)]
    return TheirCase(
        stream=stream,
        number=number,
        registered_on=entries[0].recorded_on,
        name=next((person.get("full_name", "") for person in named), ""),
        status=getattr(state, "status", ""),
    )


def _needles(persons: Iterable[Any]) -> frozenset[str]:
    """What names them in a text: their names, and their numbers as digits."""
    found: set[str] = set()
    for person in persons:
        if isinstance(person, Mapping):
            name = _plain(person.get("full_name", ""))
            found |= {name} if len(name) >= _SHORTEST_NAME else set()
            found |= {phone(person.get("phone", "")), identity(person.get("identity_number", "")).casefold()}
    return frozenset(found - {""})


def _names(value: Any, needles: frozenset[str]) -> bool:
    if isinstance(value, Mapping):
        return any(_names(inner, needles) for inner in value.values())
    if not isinstance(value, str):
        return False
    text = _plain(value)
    return any(needle in text for needle in needles)


def _plain(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _numbered(part: Part, numbers: Mapping[str, str]) -> Part:
    if part.number:
        return part
    return replace(part, number=numbers[part.stream])
