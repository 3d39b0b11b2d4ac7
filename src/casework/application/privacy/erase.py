"""Erases personal data: destroys its keys and records that in the log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import UNSET, Struct
from msgspec.structs import replace
from sqlalchemy import select

from casework.application.access.actor import CLOCK, Actor, resolve
from casework.application.cases.attachments import evidence_of
from casework.application.commands.handle import API, Via, handle, request_of
from casework.application.privacy.refusals import refused
from casework.application.runtime.problem import unknown
from casework.application.runtime.runtime import Prepared, Runtime
from casework.database.engine import reading
from casework.law.county.privacy_commands import MOST_KIDS, ErasePersonalData
from casework.log.submission import Answer
from casework.seal import attachments
from casework.seal.erasure import concern, erased_kids, linked, scrub, slices, streams_of_keys
from casework.seal.tables import attachment

COMMAND = "erase-personal-data"
ROLE = "privacy_officer"
BASES: dict[str, str] = {
    "resident_asked": "本人要求",
    "purpose_met": "目的已达到",
    "retention_over": "保存期满",
    "unlawful": "违法收集",
    "other": "其他",
}


class Reach(Struct, frozen=True):
    """What an erasure would destroy.

    kids    keys to be destroyed
    parts   what they open, as `seq member`
    shared  keys of parts that mention others too, left alone unless asked for
    linked  pseudonyms that may be the same person
    """

    kids: tuple[str, ...]
    parts: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


class Erased(Struct, frozen=True):
    """What was destroyed, the entry that says so, and whether its remains have left the write-ahead log too."""

    kids: tuple[str, ...]
    answer: Answer
    scrubbed: bool


def reach_of_case(runtime: Runtime, log: str, stream: str, *, seq: int | None = None, member: str = "") -> Reach:
    """Every sealed part of a case that can still be read, attachments too; of one entry, of one member where named.

    A photo to which another case refers as well is left alone.
    """
    found: dict[str, str] = {}
    digests: dict[str, int] = {}
    for entry in runtime.store.read_stream(log, stream):
        for part in () if entry.sealed is UNSET else entry.sealed:
            if seq in (None, entry.seq) and member in ("", part.member):
                found[part.kid] = f"{entry.seq} {part.member}"
        if seq in (None, entry.seq) and member in ("", "evidence"):
            digests |= dict.fromkeys(evidence_of(entry), entry.seq)
    shared: list[str] = []
    with runtime.engine.connect() as db:
        for digest, kid in attachments.kids_of(db, log, digests).items():
            if attachments.is_shared(db, log, digest, stream):
                shared.append(kid)
            else:
                found[kid] = f"{digests[digest]} evidence {digest[:12]}"
        gone = erased_kids(db, log)
    kept = {kid: part for kid, part in found.items() if kid not in gone}
    return Reach(kids=tuple(kept), parts=tuple(kept.values()), shared=tuple(shared))


def reach_of_person(runtime: Runtime, log: str, subjects: Sequence[str], *, shared: bool = False) -> Reach:
    """Every sealed part that concerns these pseudonyms, taken as one person, and the attachments of their cases."""
    with runtime.engine.connect() as db:
        found = concern(db, log, subjects)
        others = {other for subject in subjects for other in linked(db, log, subject)} - set(subjects)
        own, left = list(found.own), list(found.shared)
        for stream in streams_of_keys(db, log, (*found.own, *found.shared)):
            digests = {digest for entry in runtime.store.read_stream(log, stream) for digest in evidence_of(entry)}
            for digest, kid in attachments.kids_of(db, log, digests).items():
                (left if attachments.is_shared(db, log, digest, stream) else own).append(kid)
    kids = tuple(dict.fromkeys((*own, *left) if shared else own))
    left = [] if shared else left
    return Reach(kids=kids, shared=tuple(dict.fromkeys(left)), linked=tuple(sorted(others)))


def erase(
    runtime: Runtime,
    log: str,
    reach: Reach,
    *,
    actor: str,
    basis: str,
    kept: Sequence[str] = (),
    via: Via = API,
    command_id: str = "",
) -> Erased:
    """Destroy the keys of REACH: an act of the privacy officer, or of the clock where retention is over.

    More keys than one entry has room for are several entries; a hold on any of their cases refuses all of them.

    kept  keys of others' texts that were looked at and are left as they are
    """
    role = "clock" if actor == CLOCK else ROLE
    resolve(runtime.county(log, fresh=True), actor, role)
    if basis not in BASES:
        raise unknown(refused, "unknown-basis", basis, BASES)
    if not reach.kids and not kept:
        raise refused("nothing-to-erase")
    pieces = max(1, *(-(-len(some) // MOST_KIDS) for some in (reach.kids, kept)))
    streams = list(streams_of(runtime, log, reach.kids)) if pieces > 1 else []
    answers: list[Answer] = []
    for piece in range(pieces):
        part = slice(piece * MOST_KIDS, (piece + 1) * MOST_KIDS)
        members = {"kids": list(reach.kids[part]), "basis": basis, "kept": list(kept[part]), "streams": streams}
        id = f"{command_id}/{piece}" if command_id and piece else command_id
        answers.append(handle(runtime, request_of(Actor(actor, role), via, log, COMMAND, members, id)))
    return Erased(reach.kids, answers[-1], scrub(runtime.engine))


def streams_of(runtime: Runtime, log: str, kids: Iterable[str]) -> tuple[str, ...]:
    """Every stream that these keys open a part of, and every one that refers to a photo of theirs."""
    wanted = sorted(set(kids))
    with reading(runtime.engine) as db:
        found = set(streams_of_keys(db, log, wanted))
        of = attachment.c
        for some in slices(wanted):
            for sha256 in db.scalars(select(of.sha256).where(of.log == log, of.kid.in_(some))).all():
                found.update(attachments.referring(db, log, sha256))
    return tuple(sorted(found))


def name_streams(runtime: Runtime, log: str, command: ErasePersonalData, _: str) -> Prepared:
    """Prepares an erasure: it names every stream that its keys open, because a legal hold is on streams."""
    streams = sorted({*command.streams, *streams_of(runtime, log, command.kids)})
    return replace(command, streams=tuple(streams)), ()
