"""One appending transaction in the SQL of SQLite or PostgreSQL: the hot path.

Both lock the head, read what the batch needs in few statements of constant text, and add rows in bulk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import msgspec
from sqlalchemy import Engine, insert

from casework.database.engine import writer_connection
from casework.database.rows import Insert, add_rows, insert_into
from casework.log.errors import LogDamaged
from casework.log.refusals import sentence
from casework.log.store import ROSTER_KINDS, Head, Remembered, Rows

_HEAD = "SELECT size, at, recorded_on, number_year, number_count FROM log_head WHERE log = ?"
_OPEN = "INSERT INTO log_head (log, size, at, recorded_on, number_year, number_count) VALUES (?, ?, ?, ?, ?, ?)"
_MOVE = (
    "UPDATE log_head SET size = ?, at = ?, recorded_on = ?, number_year = ?, number_count = ? "
    "WHERE log = ? AND size = ?"
)
_SINCE = "SELECT bytes FROM entry WHERE log = ? AND seq >= ? ORDER BY seq"
_KIND = "SELECT seq, bytes FROM entry WHERE log = ? AND stream >= ? AND stream < ?"
_COMMANDS = "SELECT command, actor, digest, answer FROM command WHERE log = ? AND command"
_PRUNED = "SELECT command, actor, bytes FROM entry WHERE log = ? AND command"
_STREAMS = "SELECT stream, bytes FROM entry WHERE log = ? AND stream"
_CLAIMS = "SELECT kind, key, stream FROM claim WHERE log = ? AND kind = ? AND key"


class _Table:
    """How rows of one table are added; COLUMNS with their types on PostgreSQL, THEN what follows the values."""

    def __init__(self, name: str, columns: dict[str, str], then: str = "") -> None:
        self.then = then
        self.into = insert_into(name, columns)
        arrays = ", ".join(f"?::{kind}[]" for kind in columns.values())
        self.unnest = f"{self.into} SELECT * FROM unnest({arrays}){then}"  # noqa: S608 — constants of this module


_TABLES = (
    _Table("entry", {
        "log": "text", "seq": "bigint", "stream": "text", "rev": "int", "type": "text", "at": "text",
        "recorded_on": "text", "occurred_on": "text", "actor": "text", "counts_for": "text", "command": "text",
        "bytes": "bytea", "leaf_hash": "bytea",
    }),
    _Table(
        "stream_head", {"log": "text", "stream": "text", "rev": "int", "seq": "bigint"},
        " ON CONFLICT (log, stream) DO UPDATE SET rev = excluded.rev, seq = excluded.seq",
    ),
    _Table("command", {
        "log": "text", "command": "text", "actor": "text", "digest": "bytea", "at": "text", "answer": "text",
    }),
    _Table("claim", {"log": "text", "kind": "text", "key": "text", "stream": "text"}),
)  # fmt: skip

_list = msgspec.json.Encoder().encode


class SqlAppend:
    """One appending transaction; it holds the lock of its log until commit or rollback."""

    def __init__(self, engine: Engine, log: str) -> None:
        self.log = log
        self.postgres = engine.dialect.name == "postgresql"
        self.connection = writer_connection(engine)
        try:
            self._transaction = self.connection.begin()
            rows = self._rows(_HEAD + (" FOR UPDATE" if self.postgres else ""), log)
            self.head = Head(*rows[0]) if rows else None
        except BaseException:
            self.connection.close()
            raise

    def remembered(self, commands: Sequence[str]) -> dict[str, Remembered]:
        before = {
            command: Remembered(actor, bytes(digest), answer)
            for command, actor, digest, answer in self._among(_COMMANDS, commands)
        }
        rest = [command for command in commands if command not in before]
        stored: dict[str, tuple[str, list[bytes]]] = {}
        # `+seq`: without it SQLite scans the whole log in the order of seq instead of sorting a few rows
        for command, actor, entry in self._among(_PRUNED, rest, " ORDER BY +seq") if rest else ():
            stored.setdefault(command, (actor, []))[1].append(bytes(entry))
        for command, (actor, entries) in stored.items():
            before[command] = Remembered(actor, entries=tuple(entries))
        return before

    def streams(self, names: Sequence[str]) -> Mapping[str, list[bytes]]:
        histories: dict[str, list[bytes]] = {}
        for stream, stored in self._among(_STREAMS, names, " ORDER BY stream, rev"):
            histories.setdefault(stream, []).append(stored)
        return histories

    def since(self, seq: int) -> Iterable[bytes]:
        return (stored for (stored,) in self._rows(_SINCE, self.log, seq))

    def roster(self) -> Iterable[bytes]:
        # `0` follows `/` in code-point order: a range over the index of streams
        found = [row for kind in ROSTER_KINDS for row in self._rows(_KIND, self.log, f"{kind}/", f"{kind}0")]
        return (stored for _, stored in sorted((seq, stored) for seq, stored in found))

    def claimed(self, claims: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
        kinds: dict[str, list[str]] = {}
        for kind, key in claims:
            kinds.setdefault(kind, []).append(key)
        return {
            (kind, key): stream
            for kind, keys in kinds.items()
            for _, key, stream in self._among(_CLAIMS, keys, before=(kind,))
        }

    def write(self, rows: Rows) -> None:
        own = [
            (table, some)
            for table, some in zip(_TABLES, (rows.entries, rows.streams, rows.commands, rows.claims), strict=True)
            if some
        ]
        beside: dict[Any, list[dict[str, Any]]] = {}
        for table, some in rows.beside:
            beside.setdefault(table, []).extend(some)
        if self.postgres:
            for table, some in own:
                self._execute(table.unnest, tuple(map(list, zip(*some, strict=True))))
            for table, some in beside.items():
                self.connection.execute(insert(table), some)
            return
        inserts: list[Insert] = [(table.into, some, table.then) for table, some in own]
        for table, some in beside.items():
            inserts.append((insert_into(table.name, some[0]), list(map(itemgetter(*some[0]), some)), ""))
        add_rows(self.connection, inserts)

    def move_head(self, head: Head) -> None:
        values = (head.size, head.at, head.recorded_on, head.number_year, head.number_count)
        if self.head is None:
            self._execute(_OPEN, (self.log, *values))
            return
        moved = self._execute(_MOVE, (*values, self.log, self.head.size)).rowcount
        if moved != 1:
            raise LogDamaged(*sentence("head-moved", log=self.log, size=self.head.size))

    def commit(self) -> None:
        self._transaction.commit()
        self.connection.close()

    def rollback(self) -> None:
        """Roll back; never raises: a broken connection is dropped, and the database rolls it back."""
        if self.connection.closed:
            return
        try:
            self._transaction.rollback()
        except Exception:
            self.connection.invalidate()
        self.connection.close()

    def _execute(self, sql: str, values: Any) -> Any:
        return self.connection.exec_driver_sql(sql.replace("?", "%s") if self.postgres else sql, values)

    def _rows(self, sql: str, *values: Any) -> Sequence[Any]:
        return self._execute(sql, values).fetchall()

    def _among(self, sql: str, names: Sequence[str], then: str = "", before: tuple[str, ...] = ()) -> Sequence[Any]:
        """Rows of any number of NAMES, in a statement of constant text."""
        if self.postgres:
            return self._rows(f"{sql} = ANY(?){then}", self.log, *before, list(names))
        # the text is made of constants of this module; values are bound
        among = f"{sql} IN (SELECT value FROM json_each(?)){then}"  # noqa: S608
        return self._rows(among, self.log, *before, _list(names).decode())
