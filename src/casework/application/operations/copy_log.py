"""Copies a log into another database; a partial copy is never visible.

Entries are never removed, so an arrival that was interrupted goes on behind the entries it had; every other table is
written anew. Until the head is there, no process sees the log, and none can append to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
from msgspec import Struct, structs
from sqlalchemy import Engine, Table, delete, func, insert, select, tuple_, update

from casework.application.operations.refusals import refused
from casework.application.operations.rows_as_lines import Lines, Measure, Meter, columns, measured, reader, truth
from casework.application.operations.sealed_parts import Parts, look_at_parts
from casework.application.operations.snapshot import Snapshot, Source, snapshot
from casework.change.rebuild import rebuild
from casework.change.tables import DERIVED
from casework.database.engine import reading
from casework.database.engine import writing as transaction
from casework.log.entry import decode
from casework.log.entry_row import row_of
from casework.log.schema import command, entry, log_head, stream_head
from casework.log.sql import SqlStore
from casework.log.store import Head, Rows
from casework.seal.tables import sealed_blob

#: called now and then with step, done, total
Progress = Callable[[str, int, int], None]
#: rows written in one short transaction, and about how many bytes at most
_ROWS, _BYTES = 500, 1 << 20
_GONE = 5_000


class Compared(Struct, frozen=True):
    """One table of one log here and there; there is None where it cannot be compared."""

    log: str
    table: str
    there: Measure | None
    here: Measure

    @property
    def equal(self) -> bool | None:
        """Whether both are the same, byte for byte; None where there is nothing to compare with."""
        return None if self.there is None else self.there == self.here


class Arrived(Struct, frozen=True):
    """What came.

    compared  every table here and there
    parts     sealed parts against what the entries say of them
    left_out  parts that did not come because they were erased after the source was made
    """

    log: str
    head: Head
    compared: list[Compared]
    parts: Parts
    left_out: int = 0


def standing(engine: Engine, log: str) -> int | None:
    """Entries of the log here; None where it is not there (yet)."""
    with reading(engine) as db:
        return db.scalar(select(log_head.c.size).where(log_head.c.log == log))


def leftovers(engine: Engine, log: str) -> int:
    """Entries that an interrupted arrival has brought so far."""
    with reading(engine) as db:
        return db.scalar(select(func.count()).select_from(entry).where(entry.c.log == log)) or 0


def arrive(
    engine: Engine,
    source: Source,
    log: str,
    *,
    erased: frozenset[str] = frozenset(),
    progress: Progress | None = None,
) -> Arrived:
    """Bring a log of SOURCE here, as the owner of the tables; what stands here already must be its beginning.

    erased  keys that were destroyed after the source was made: they and what hangs on them do not come back
    """
    tell = progress or (lambda what, done, total: None)
    head = source.head(log)
    present = _check_beginning(engine, source, log, head, tell)
    _take_head(engine, log, present)
    _bring_entries(engine, source, log, head, tell)
    compared: list[Compared] = []
    commands: set[str] = set()
    left_out = 0
    for table in truth():
        if table is entry:
            there = source.measure(log, entry)
        else:
            leaving = _Leaving(table, erased)
            meter = Meter(table)
            _clear(engine, table, log)
            _bring(engine, table, log, meter.passing(leaving.kept(source.lines(log, table))), tell)
            there = meter.measure
            left_out += leaving.parts
            commands |= leaving.commands
        with snapshot(engine) as here:
            compared.append(Compared(log, f"{table.name}", there, _measure_here(here, log, table, head, tell)))
    for one in compared:
        if not one.equal:
            raise refused("arrived-different", log=one.log, table=one.table, rows=one.here.rows)
    _check_heads(engine, log, head)
    _forget_digests(engine, log, commands)
    parts = look_at_parts(engine, log, erased)
    rebuild(engine, log, until=head.size, progress=lambda done, total: tell("changes", done, total))
    with snapshot(engine) as here:
        for table in DERIVED:
            mine = measured(table, here.lines(log, table))
            compared.append(Compared(log, f"{table.name}", source.measure(log, table), mine))
    with transaction(engine) as db:
        db.execute(insert(log_head).values(log=log, **structs.asdict(head)))
    return Arrived(log, head, compared, parts, left_out)


def compare(engine: Engine, source: Source, log: str) -> list[Compared]:
    """Every table of a log here and there, its entries looked at closely."""
    found: list[Compared] = []
    with snapshot(engine) as here:
        for table in (*truth(), *DERIVED):
            lines = here.entries(log, closely=True) if table is entry else here.lines(log, table)
            found.append(Compared(log, f"{table.name}", source.measure(log, table), measured(table, lines)))
    return found


# ── entries ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _check_beginning(engine: Engine, source: Source, log: str, head: Head, tell: Progress) -> int:
    """Refuse entries that are not the source's first ones; returns how many an earlier copy brought."""
    present = 0
    with snapshot(engine) as here:
        there = source.lines(log, entry)
        for place, mine in enumerate(here.entries(log)):
            if next(there, None) != mine:
                raise refused("another-history", log=log, place=place)
            present = place + 1
            if place % _ROWS == 0:
                tell("beginning", place, head.size)
    return present


def _take_head(engine: Engine, log: str, present: int) -> None:
    """Remove the head: no process sees the log or appends to it until it is back."""
    at = log_head.c
    with transaction(engine) as db:
        taken = db.execute(delete(log_head).where(at.log == log, at.size <= present)).rowcount
        if not taken and db.scalar(select(at.size).where(at.log == log)) is not None:
            raise refused("somebody-writes", log=log)


def _bring_entries(engine: Engine, source: Source, log: str, head: Head, tell: Progress) -> None:
    done = leftovers(engine, log)
    last = None
    for some in _batches(source.lines(log, entry, done)):
        rows: list[tuple[Any, ...]] = []
        streams: dict[str, tuple[Any, ...]] = {}
        for stored in some:
            try:
                last = decode(stored)
            except (msgspec.MsgspecError, UnicodeDecodeError) as why:
                raise refused("entry-unreadable", log=log, done=done) from why
            if (last.log, last.seq) != (log, done):
                raise refused("entry-misplaced", log=log, done=done, other=last.log, seq=last.seq)
            rows.append(row_of(stored, last))
            streams[last.stream] = (log, last.stream, last.rev, last.seq)
            done += 1
        _append(engine, log, Rows(entries=rows, streams=[streams[name] for name in sorted(streams)]))
        tell("entries", done, head.size)
    if done != head.size:
        raise refused("not-gapless", log=log, size=head.size, done=done)
    if last is not None and (last.at, last.recorded_on) != (head.at, head.recorded_on):
        raise refused("head-differs", log=log)


def _measure_here(here: Snapshot, log: str, table: Table, head: Head, tell: Progress) -> Measure:
    if table is not entry:
        return measured(table, here.lines(log, table))
    meter = Meter(entry)
    for _ in meter.passing(here.entries(log, closely=True)):
        if meter.rows % _ROWS == 0:
            tell("checking", meter.rows, head.size)
    return meter.measure


def _check_heads(engine: Engine, log: str, head: Head) -> None:
    """Every stream is gapless and stands where its head says, and no case number lies beyond the log's."""
    of, at = entry.c, stream_head.c
    each = (
        select(of.stream, func.count().label("n"), func.max(of.rev).label("rev"), func.max(of.seq).label("seq"))
        .where(of.log == log)
        .group_by(of.stream)
        .subquery()
    )
    torn = (
        select(each.c.stream)
        .select_from(each.outerjoin(stream_head, (at.log == log) & (at.stream == each.c.stream)))
        .where((each.c.n != each.c.rev + 1) | at.rev.is_(None) | (at.rev != each.c.rev) | (at.seq != each.c.seq))
        .limit(1)
    )
    with reading(engine) as db:
        found = db.scalar(torn)
        heads = db.scalar(select(func.count()).select_from(stream_head).where(at.log == log))
        streams = db.scalar(select(func.count()).select_from(each))
    if found is not None:
        raise refused("stream-torn", log=log, found=found)
    if heads != streams:
        raise refused("stream-heads", heads=heads, streams=streams)


# ── the other tables ────────────────────────────────────────────────────────────────────────────────────────────


class _Leaving:
    """Leaves out what hangs on keys that were destroyed; notes the commands that carried it."""

    def __init__(self, table: Table, erased: frozenset[str]) -> None:
        names = [column.name for column in columns(table)]
        self._kid = names.index("kid") if erased and "kid" in names else None
        self._command = names.index("command") if table is sealed_blob else None
        self._erased = erased
        self._read = reader(table)
        self.parts = 0
        self.commands: set[str] = set()

    def kept(self, lines: Lines) -> Lines:
        """The lines that come."""
        if self._kid is None:
            yield from lines
            return
        for line in lines:
            row = self._read(line)
            if row[self._kid] not in self._erased:
                yield line
            elif self._command is not None:
                self.parts += 1
                self.commands.add(row[self._command])


def _bring(engine: Engine, table: Table, log: str, lines: Lines, tell: Progress) -> None:
    read, names = reader(table), [column.name for column in columns(table)]
    done = 0
    for some in _batches(lines):
        rows = tuple({"log": log, **dict(zip(names, read(line), strict=True))} for line in some)
        _append(engine, log, Rows(beside=[(table, rows)]))
        done += len(some)
        tell(table.name, done, 0)


def _append(engine: Engine, log: str, rows: Rows) -> None:
    """Write ROWS in one transaction."""
    append = SqlStore(engine).append(log)
    try:
        append.write(rows)
        append.commit()
    except BaseException:
        append.rollback()
        raise


def _clear(engine: Engine, table: Table, log: str) -> None:
    """Take away the log's rows, in short transactions."""
    keys = list(table.primary_key.columns)
    some = select(*keys).where(table.c.log == log).limit(_GONE)
    while True:
        with transaction(engine) as db:
            if db.execute(delete(table).where(tuple_(*keys).in_(some))).rowcount == 0:
                return


def _forget_digests(engine: Engine, log: str, commands: Iterable[str]) -> None:
    """Clear the HMACs of commands that carried an erased part, as an erasure does."""
    names = sorted(commands)
    for start in range(0, len(names), _ROWS):
        of = command.c
        some = of.command.in_(names[start : start + _ROWS])
        with transaction(engine) as db:
            db.execute(update(command).where(of.log == log, some).values(digest=b""))


def _batches(lines: Lines) -> Iterator[list[bytes]]:
    some: list[bytes] = []
    size = 0
    for line in lines:
        some.append(line)
        size += len(line)
        if len(some) == _ROWS or size > _BYTES:
            yield some
            some, size = [], 0
    if some:
        yield some
