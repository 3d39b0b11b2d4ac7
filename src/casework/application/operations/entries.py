"""Reads a log's stored entries byte for byte: pages for auditors, exports whole."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from casework.application.access.actor import Actor
from casework.application.access.visibility import check_whole
from casework.application.operations.refusals import refused
from casework.application.runtime.runtime import Runtime

MOST = 5_000
_SLICE = 2_000


class Stretch(Struct, frozen=True, kw_only=True):
    """Entries SINCE … UNTIL of a log of SIZE entries, byte for byte as they are stored."""

    since: int
    until: int
    size: int
    entries: list[bytes]


def stretch(runtime: Runtime, log: str, who: Actor, *, since: int, until: int | None, limit: int) -> Stretch:
    """At most LIMIT entries from SINCE on; for those alone who see the whole county."""
    check_whole(runtime.county(log), who, "log.read")
    size = runtime.store.head(log).size
    end = size if until is None else until
    if not 0 <= since <= end <= size:
        raise refused("no-such-range/stretch", size=size, since=since, end=end)
    entries = runtime.store.raw(log, since=since, until=min(end, since + limit), limit=limit)
    return Stretch(since=since, until=since + len(entries), size=size, entries=entries)


def export(runtime: Runtime, log: str, *, since: int = 0, until: int | None = None) -> Iterator[tuple[int, bytes]]:
    """(position, bytes) of every entry from `since` to before `until`, in slices, so that any length fits in memory."""
    size = runtime.store.head(log).size
    end = size if until is None else until
    if not 0 <= since <= end <= size:
        raise refused("no-such-range", size=size, since=since, end=end)
    for at in range(since, end, _SLICE):
        yield from enumerate(runtime.store.raw(log, since=at, until=min(end, at + _SLICE), limit=_SLICE), at)
