"""Exports a log's entries as JSON lines, byte for byte as stored."""

from __future__ import annotations

from collections.abc import Iterator

from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import Runtime

_SLICE = 2_000


def export(runtime: Runtime, log: str, *, since: int = 0, until: int | None = None) -> Iterator[tuple[int, bytes]]:
    """(position, bytes) of every entry from `since` to before `until`, in slices, so that any length fits in memory."""
    size = runtime.store.head(log).size
    end = size if until is None else until
    if not 0 <= since <= end <= size:
        raise Problem(
            "no-such-range",
            f"账上有 {size} 条，无法导出第 {since} 至 {end} 条",
            f"the log has {size} entries: there is no range from {since} to {end}",
        )
    for at in range(since, end, _SLICE):
        yield from enumerate(runtime.store.raw(log, since=at, until=min(end, at + _SLICE), limit=_SLICE), at)
