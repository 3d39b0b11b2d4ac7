"""The interface of a log store: its reads, and one appending transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from casework.log.entry import Entry

#: kinds of stream that form the roster; the writer caches all of them
ROSTER_KINDS = ("area", "cadre", "category", "responsibility", "unit")


class Head(Struct, frozen=True):
    """The end of a log: its size, its last instant and local date, the last case number given in a year."""

    size: int = 0
    at: str = ""
    recorded_on: str = ""
    number_year: int = 0
    number_count: int = 0


class Remembered(Struct, frozen=True):
    """An earlier command: read from its own row or, once that was pruned, from the entries that it caused.

    digest, answer  empty where they were pruned or erased
    entries         then what the command stored
    """

    actor: str
    digest: bytes = b""
    answer: str = ""
    entries: tuple[bytes, ...] = ()


class Rows(Struct):
    """All rows of one transaction, in the order of the tables' columns; `beside` by table."""

    entries: list[tuple[Any, ...]] = []
    streams: list[tuple[Any, ...]] = []
    commands: list[tuple[Any, ...]] = []
    claims: list[tuple[Any, ...]] = []
    beside: list[tuple[Any, tuple[dict[str, Any], ...]]] = []


class Append(Protocol):
    """One appending transaction; it holds the lock of its log until commit or rollback."""

    head: Head | None
    connection: Any

    def remembered(self, commands: Sequence[str]) -> dict[str, Remembered]:
        """Those of COMMANDS (ids) that were answered before."""
        ...

    def streams(self, names: Sequence[str]) -> Mapping[str, list[bytes]]:
        """Stream → its entries in order; streams without entries are absent."""
        ...

    def since(self, seq: int) -> Iterable[bytes]:
        """The entries from SEQ on, in order."""
        ...

    def roster(self) -> Iterable[bytes]:
        """The entries of all roster streams, in order."""
        ...

    def claimed(self, claims: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Those of CLAIMS that are taken: (kind, key) → stream."""
        ...

    def write(self, rows: Rows) -> None: ...

    def move_head(self, head: Head) -> None:
        """Move the head; raises LogDamaged when it is not where this transaction found it."""
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class LogStore(Protocol):
    """Reads of the log, each of one county; and `append`, called by the writer only."""

    def append(self, log: str, /) -> Append: ...

    def is_transient(self, error: Exception) -> bool:
        """Whether ERROR is transient: a retry of the same transaction may succeed."""
        ...

    def logs(self) -> list[str]: ...

    def head(self, log: str) -> Head:
        """The head of the log; size 0 when there is no such log."""
        ...

    def read_stream(self, log: str, stream: str, *, until_seq: int | None = None) -> list[Entry]:
        """A stream's entries in order, those with seq < UNTIL_SEQ."""
        ...

    def first(self, log: str, stream: str) -> Entry | None:
        """The first entry of a stream; None when there is no such stream."""
        ...

    def read(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[Entry]:
        """At most LIMIT entries with SINCE ≤ seq < UNTIL, in order."""
        ...

    def raw(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[bytes]:
        """The same entries as stored bytes."""
        ...

    def by_type(self, log: str, types: str | Sequence[str], *, since: int = 0, until: int | None = None) -> list[Entry]:
        """Entries with SINCE ≤ seq < UNTIL of those types, in order."""
        ...

    def find(self, log: str, kind: str, key: str) -> str | None:
        """The stream that claimed KEY; None when it is free."""
        ...
