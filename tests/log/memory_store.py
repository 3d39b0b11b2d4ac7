"""A log store in memory, against which the stores of the databases are compared."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casework.log.entry import Entry, decode
from casework.log.errors import LogDamaged
from casework.log.store import ROSTER_KINDS, Head, Remembered, Rows


class _Log:
    def __init__(self) -> None:
        self.head: Head | None = None
        self.entries: list[bytes] = []
        self.streams: dict[str, list[int]] = {}
        self.commands: dict[str, Remembered] = {}
        self.claims: dict[tuple[str, str], str] = {}
        self.beside: dict[str, list[dict[str, Any]]] = {}
        self.turn = threading.Lock()


class MemoryStore:
    """Logs that last as long as this object."""

    def __init__(self) -> None:
        self._logs: dict[str, _Log] = {}

    def append(self, log: str) -> MemoryAppend:
        return MemoryAppend(self._log(log))

    def is_transient(self, error: Exception) -> bool:
        return False

    def logs(self) -> list[str]:
        return sorted(name for name, log in self._logs.items() if log.head is not None)

    def head(self, log: str) -> Head:
        return self._log(log).head or Head()

    def read_stream(self, log: str, stream: str, *, until_seq: int | None = None) -> list[Entry]:
        of = self._log(log)
        places = of.streams.get(stream, ())
        return [decode(of.entries[seq]) for seq in places if until_seq is None or seq < until_seq]

    def first(self, log: str, stream: str) -> Entry | None:
        of = self._log(log)
        places = of.streams.get(stream)
        return decode(of.entries[places[0]]) if places else None

    def read(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[Entry]:
        return [decode(stored) for stored in self.raw(log, since=since, until=until, limit=limit)]

    def raw(self, log: str, *, since: int = 0, until: int | None = None, limit: int = 1000) -> list[bytes]:
        return self._log(log).entries[since:until][:limit]

    def by_type(self, log: str, types: str | Sequence[str], *, since: int = 0, until: int | None = None) -> list[Entry]:
        wanted = {types} if isinstance(types, str) else set(types)
        return [one for one in map(decode, self._log(log).entries[since:until]) if one.type in wanted]

    def find(self, log: str, kind: str, key: str) -> str | None:
        return self._log(log).claims.get((kind, key))

    def beside(self, log: str, table: str) -> list[dict[str, Any]]:
        """Rows of TABLE that were committed with entries."""
        return self._log(log).beside.get(table, [])

    def _log(self, log: str) -> _Log:
        return self._logs.setdefault(log, _Log())


class MemoryAppend:
    """One transaction on one log in memory."""

    connection = None

    def __init__(self, log: _Log) -> None:
        log.turn.acquire()
        self._log = log
        self._rows: Rows | None = None
        self._new_head: Head | None = None
        self.head = log.head

    def remembered(self, commands: Sequence[str]) -> dict[str, Remembered]:
        return {command: self._log.commands[command] for command in commands if command in self._log.commands}

    def streams(self, names: Sequence[str]) -> Mapping[str, list[bytes]]:
        of = self._log
        return {name: [of.entries[seq] for seq in of.streams[name]] for name in names if name in of.streams}

    def since(self, seq: int) -> Iterable[bytes]:
        return iter(self._log.entries[seq:])

    def roster(self) -> Iterable[bytes]:
        streams = self._log.streams
        places = [seq for name in streams if name.partition("/")[0] in ROSTER_KINDS for seq in streams[name]]
        return (self._log.entries[seq] for seq in sorted(places))

    def claimed(self, claims: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        return {claim: self._log.claims[claim] for claim in claims if claim in self._log.claims}

    def write(self, rows: Rows) -> None:
        self._rows = rows

    def move_head(self, head: Head) -> None:
        self._new_head = head

    def commit(self) -> None:
        of, rows, head = self._log, self._rows, self._new_head
        if rows is None or head is None:
            raise LogDamaged("还没有写入就要提交", "commit before anything was written")
        for row in rows.entries:
            seq, stream, stored = row[1], row[2], row[-2]
            of.entries.append(stored)
            of.streams.setdefault(stream, []).append(seq)
        for _, command, actor, digest, _, answer in rows.commands:
            of.commands[command] = Remembered(actor, digest, answer)
        of.claims.update({(kind, key): stream for _, kind, key, stream in rows.claims})
        for table, some in rows.beside:
            of.beside.setdefault(table.name, []).extend(some)
        of.head = head
        of.turn.release()

    def rollback(self) -> None:
        if self._log.turn.locked():
            self._log.turn.release()
