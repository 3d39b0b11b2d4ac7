"""Stores and opens attachments; entries name them by their digest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable

from msgspec import Struct
from sqlalchemy.exc import IntegrityError

from casework.application.access.actor import Actor
from casework.application.access.permissions import check_may
from casework.application.access.reading_note import note
from casework.application.access.visibility import outside, visibility_of
from casework.application.cases.refusals import refused
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime
from casework.clock import SystemClock
from casework.database.engine import reading, writing
from casework.law.kinds import fold
from casework.log import codec
from casework.log.entry import Entry
from casework.seal import attachments as kept
from casework.text import listed

_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_CLOCK = SystemClock()

#: offset, first bytes there, media type
_BEGINNINGS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (0, b"%PDF-", "application/pdf"),
)
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp", "image/heic": "heic",
    "application/pdf": "pdf",
}  # fmt: skip


class Brought(Struct, frozen=True, kw_only=True):
    """An attachment as it is kept; `new` says whether it was not there before."""

    sha256: str
    media_type: str
    length: int
    new: bool


class Shown(Struct, frozen=True, kw_only=True):
    """An attachment with its bytes."""

    sha256: str
    media_type: str
    content: bytes

    @property
    def file_name(self) -> str:
        """A file name without personal data."""
        return f"{self.sha256[:16]}.{ENDINGS.get(self.media_type, 'bin')}"


def media_type_of(content: bytes) -> str:
    """What the bytes themselves say they are; '' for what is not taken."""
    for at, beginning, media_type in _BEGINNINGS:
        if content[at : at + len(beginning)] == beginning:
            return media_type
    return ""


def bring(runtime: Runtime, log: str, who: Actor, sha256: str, content: bytes) -> Brought:
    """Keep CONTENT under its digest; bringing the same again changes nothing."""
    check_may(who.role, "attachment.bring")
    limit = runtime.settings.attachments.max_bytes
    if len(content) > limit:
        raise refused("attachment-too-large", size=len(content), limit=limit)
    if not _DIGEST.match(sha256) or hashlib.sha256(content).hexdigest() != sha256:
        raise refused("digest-differs")
    media_type = media_type_of(content)
    if not media_type:
        raise refused("not-this-kind", endings=listed(sorted(set(ENDINGS.values()))))
    runtime.check_key(log)
    try:
        with writing(runtime.engine) as db:
            found, new = kept.keep(db, runtime.sealer, log, content, media_type, at=_CLOCK.now(), actor=who.actor)
    except IntegrityError:  # uploaded twice at the same moment
        with reading(runtime.engine) as db:
            found, new = kept.find(db, log, sha256), False
    if found is None:
        raise _no_attachment(sha256)
    return Brought(sha256=sha256, media_type=found.media_type, length=found.length, new=new)


def lacking(runtime: Runtime, log: str, digests: Iterable[str]) -> list[str]:
    """The digests whose bytes were not uploaded (yet)."""
    wanted = list(dict.fromkeys(digests))
    with reading(runtime.engine) as db:
        there = kept.kids_of(db, log, wanted)
    return [digest for digest in wanted if digest not in there]


def show(runtime: Runtime, log: str, who: Actor, stream: str, sha256: str) -> Shown:
    """The attachment, for readers of the sealed parts of a case that refers to it."""
    entries = runtime.store.read_stream(log, stream)
    state = fold([codec.recorded(entry) for entry in entries])
    county = runtime.county(log)
    if not visibility_of(county, who).may_unseal(state):
        raise outside(who, "case", state)
    naming = {who for entry in entries if sha256 in evidence_of(entry) for who in _whose(entry)}
    if not naming:
        raise _no_attachment(sha256)
    with reading(runtime.engine) as db:
        about = kept.find(db, log, sha256)
        # knowing a digest opens nothing: only uploads by the actors who named it in this case are shown
        if about is not None and not naming & kept.bringers_of(db, log, sha256):
            raise _no_attachment(sha256)
        content = kept.content(db, runtime.sealer, log, sha256) if about else None
    if about is None or content is None:
        raise refused("attachment-gone")
    note(runtime, county, who, "attachment", stream)
    return Shown(sha256=sha256, media_type=about.media_type, content=content)


def evidence_of(entry: Entry) -> tuple[str, ...]:
    """Digests of the attachments that an entry refers to."""
    return getattr(codec.recorded(entry).event, "evidence", ())


def _whose(entry: Entry) -> tuple[str, str]:
    """Who entered it, and whose act it was."""
    recorded = codec.recorded(entry)
    return recorded.actor, recorded.counts_for


def _no_attachment(sha256: str) -> Problem:
    return refused("no-such-attachment", sha256=sha256[:12])
