"""Exports a log's entries as JSON lines, byte for byte as stored."""

from __future__ import annotations

from collections.abc import Iterator

from casework.application.operations.refusals import refused
from casework.application.runtime.runtime import Runtime

_SLICE = 2_000


def export(runtime: Runtime, log: str, *, since: int = 0, until: int | None = None) -> Iterator[tuple[int, bytes]]:
    """(position, bytes) of every entry from `since` to before `until`, in slices, so that any length fits in memory."""
    size = runtime.store.head(log).size
    end = size if until is None else until
    if not 0 <= since <= end <= size:
        raise refused("no-such-range", size=size, since=since, end=end)
    for at in range(since, end, _SLICE):
        yield from enumerate(runtime.store.raw(log, since=at, until=min(end, at + _SLICE), limit=_SLICE), at)
