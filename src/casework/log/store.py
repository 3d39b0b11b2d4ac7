"""What every store of the log can do, whatever keeps it: reading, and one transaction that appends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from casework.log.entry import Entry

#: streams that say who and where; the writer knows them all by heart
ROSTER_KINDS = ("area", "cadre", "category", "responsibility", "unit")


class Head(Struct, frozen=True):
    """Where a log stands: its size, its last instant and local date, the last case number given in a year."""

    size: int = 0
    at: str = ""
    recorded_on: str = ""
    number_year: int = 0
    number_count: int = 0


class Remembered(Struct, frozen=True):
    """A command that came before: from its own row, or, once that was pruned, from the entries it caused.

    digest and answer are empty where they were pruned or erased; entries then hold what the command stored.
    """

    actor: str
    digest: bytes = b""
    answer: str = ""
    entries: tuple[bytes, ...] = ()


class Rows(Struct):
    """Everything one transaction adds, in the order of the tables' columns."""

    entries: list[tuple[Any, ...]] = []
    streams: list[tuple[Any, ...]] = []
    commands: list[tuple[Any, ...]] = []
    claims: list[tuple[Any, ...]] = []
    beside: list[tuple[Any, tuple[dict[str, Any], ...]]] = []


class Append(Protocol):
    """One transaction on one log, which it alone may append to until commit or rollback."""

    head: Head | None
    connection: Any

    def remembered(self, commands: Sequence[str]) -> dict[str, Remembered]:
        """Those of the commands that came before."""
        ...

    def streams(self, names: Sequence[str]) -> Mapping[str, list[bytes]]:
        """The entries of those streams that have any, in order."""
        ...

    def since(self, seq: int) -> Iterable[bytes]:
        """The entries from SEQ on."""
        ...

    def roster(self) -> Iterable[bytes]:
        """The entries of all roster streams, in order."""
        ...

    def claimed(self, claims: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        """Those of the claims that are taken: (kind, key) → stream."""
        ...

    def write(self, rows: Rows) -> None: ...

    def move_head(self, head: Head) -> None:
        """Move the head on; LogDamaged when it is not where this transaction found it."""
        ...

    def commit(self) -> None: ...

    def rollback(self) -> None: ...


class LogStore(Protocol):
    """Reads of the log, each of one county; and `append`, which the writer alone calls."""

    def append(self, log: str) -> Append: ...

    def is_passing(self, error: Exception) -> bool:
        """Whether trying the same transaction again may succeed."""
        ...

    def logs(self) -> list[str]: ...

    def head(self, log: str) -> Head:
        """Where the log stands; size 0 when there is none."""
        ...

    def rev(self, log: str, stream: str) -> int:
        """The stream's last revision; -1 when it has none."""
        ...

    def read_stream(self, log: str, stream: str, *, until_seq: int | None = None) -> list[Entry]:
        """A stream's entries in order, those with seq < UNTIL_SEQ."""
        ...

    def first(self, log: str, stream: str) -> Entry | None:
        """The entry that a stream begins with; None where there is no such stream."""
        ...

    def read(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[Entry]:
        """At most LIMIT entries with SINCE ≤ seq < UNTIL, in order."""
        ...

    def raw(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[bytes]:
        """The same entries, as they are stored."""
        ...

    def by_type(self, log: str, types: str | Sequence[str], *, since: int = 0, until: int | None = None) -> list[Entry]:
        """Entries of those types."""
        ...

    def by_actor(self, log: str, actor: str, *, since: int = 0, until: int | None = None) -> list[Entry]:
        """Entries that the actor recorded, or that count for the actor."""
        ...

    def window(self, log: str, from_at: str, to_at: str) -> list[Entry]:
        """Entries recorded at FROM_AT or later, and before TO_AT."""
        ...

    def find(self, log: str, kind: str, key: str) -> str | None:
        """The stream that claimed it."""
        ...
