"""A database with the tables of sealing, and entries that hold commitments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, create_engine, insert

from casework.database.metadata import metadata
from casework.log import schema
from casework.log.entry import Commitment, Entry, canonical, leaf_hash
from casework.seal.parts import Part
from casework.seal.sealing import Sealer
from casework.seal.tables import BY_KID

LOG = "530828"
CASE = "case/1"
AT = "2026-03-02T01:00:00.000Z"
TODAY = "2026-03-02"


@contextmanager
def book(url: str) -> Iterator[Connection]:
    """A connection to a database that has the tables sealing touches."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    metadata.create_all(engine, tables=[*BY_KID, schema.entry, schema.command])
    with engine.connect() as connection:
        yield connection
        connection.rollback()
    engine.dispose()


def entry_of(seq: int, command: str, sealed: Sequence[Commitment], stream: str = CASE, log: str = LOG) -> Any:
    """An entry of a case with these commitments."""
    return Entry(
        log=log,
        seq=seq,
        stream=stream,
        rev=seq,
        type="action-logged.v1",
        at=AT,
        recorded_on=TODAY,
        actor="cadre/li",
        role="cadre",
        command=command,
        source="api",
        data={},
        sealed=tuple(sealed),
        salt="00" * 16,
    )


def keep(
    connection: Connection,
    sealer: Sealer,
    parts: Sequence[Part],
    *,
    seq: int = 0,
    command: str = "c0",
    stream: str = CASE,
    log: str = LOG,
) -> Any:
    """Seal parts and store what lies beside the entry, which is returned."""
    sealed = sealer.seal(log, stream, command, parts)
    for table, rows in sealed.beside:
        connection.execute(insert(table), rows)
    answered = {"actor": "cadre/li", "at": AT, "answer": "{}"}
    content = sealer.digest(log, "cadre/li", command.encode())
    connection.execute(insert(schema.command).values(log=log, command=command, digest=content, **answered))
    return entry_of(seq, command, [commitment for _, commitment in sealed.commitments], stream, log)


def say_erased(connection: Connection, kids: Sequence[str], seq: int = 900) -> None:
    """Store the entry that says that these keys were destroyed."""
    stored = canonical({"data": {"kids": list(kids), "basis": "resident_asked"}, "seq": seq})
    connection.execute(
        insert(schema.entry).values(
            log=LOG,
            seq=seq,
            stream=f"county/{LOG}",
            rev=seq,
            type="personal-data-erased.v1",
            at=AT,
            recorded_on=TODAY,
            occurred_on=TODAY,
            actor="cadre/officer",
            counts_for="cadre/officer",
            command=f"erase-{seq}",
            bytes=stored,
            leaf_hash=leaf_hash(stored),
        )
    )
