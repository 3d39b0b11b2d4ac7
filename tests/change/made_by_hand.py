"""Logs for tests: entries made by hand, with the states around them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert

from casework.change.refold import kind_of
from casework.law.cases.corrections import RecordCorrected, corrected
from casework.law.event import Event, Recorded
from casework.log.entry import Entry, as_recorded, encode, encode_data, leaf_hash
from casework.log.schema import entry, log_head, stream_head
from casework.log.submission import Appended

LOG = "530828"


def written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def local_day(moment: datetime) -> str:
    return (moment + timedelta(hours=8)).date().isoformat()


class Book:
    """Entries in order, each with the states before and after: what a writer hands its hooks."""

    def __init__(self, log: str = LOG) -> None:
        self.log = log
        self.appended: list[Appended] = []
        self.stored: list[bytes] = []
        self.now = datetime(2026, 3, 1, 1, tzinfo=UTC)
        self._streams: dict[str, list[Recorded]] = {}
        self._states: dict[str, Any] = {}

    def state(self, stream: str) -> Any:
        kind = kind_of(stream)
        assert kind is not None
        return self._states.get(stream, kind.state())

    def history(self, stream: str) -> Sequence[Recorded]:
        return self._streams.get(stream, ())

    def add(
        self,
        stream: str,
        event: Event,
        *,
        actor: str = "cadre/1",
        role: str = "cadre",
        unit: str = "",
        for_: str = "",
        occurred: str = "",
        occurred_on: str = "",
        hours: float = 1,
    ) -> Appended:
        """Append an event, that many hours after the entry before it."""
        self.now += timedelta(hours=hours)
        rev = len(self.history(stream))
        claims: dict[str, Any] = {}
        for member, value in (("occurred", occurred), ("occurred_on", occurred_on), ("unit", unit), ("for_", for_)):
            if value:
                claims[member] = value
        made = Entry(
            log=self.log,
            seq=len(self.appended),
            stream=stream,
            rev=rev,
            type=event.name,
            at=written(self.now),
            recorded_on=local_day(self.now),
            actor=actor,
            role=role,
            command=f"c{len(self.appended)}",
            source="api",
            data=encode_data(event),
            salt="00" * 16,
            **claims,
        )
        self.stored.append(encode(made))
        read = as_recorded(made, event)
        history = self._streams.setdefault(stream, [])
        history.append(read)
        kind = kind_of(stream)
        before = after = None
        if kind is not None:
            before = self.state(stream)
            if isinstance(event, RecordCorrected):
                after = kind.state()
                for one in corrected(history):
                    after = kind.evolve(after, one)
            else:
                after = kind.evolve(before, read)
            self._states[stream] = after
        whole = tuple(history) if isinstance(event, RecordCorrected) else None
        one = Appended(entry=made, recorded=read, before=before, after=after, history=whole)
        self.appended.append(one)
        return one

    def correct(self, stream: str, rev: int, member: str, value: Any) -> Appended:
        return self.add(
            stream,
            RecordCorrected(stream=stream, rev=rev, member=member, value=value, value_before="", reason="typing_error"),
        )

    # ── into a database ──

    def keep(self, connection: Connection, since: int, until: int) -> None:
        """Put the entries with since ≤ seq < until into the log's own tables, as a writer would."""
        rows, heads = [], {}
        for one, stored in zip(self.appended[since:until], self.stored[since:until], strict=True):
            r = one.recorded
            head = {"log": self.log, "stream": r.stream, "rev": r.rev, "seq": r.seq}
            index = {"type": r.event.name, "at": r.at, "recorded_on": r.recorded_on, "occurred_on": r.occurred_on}
            who = {"actor": r.actor, "counts_for": r.counts_for, "command": one.entry.command}
            rows.append({**head, **index, **who, "bytes": stored, "leaf_hash": leaf_hash(stored)})
            heads[r.stream] = head
        connection.execute(insert(entry), rows)
        mine = stream_head.c.log == self.log
        connection.execute(delete(stream_head).where(mine, stream_head.c.stream.in_(list(heads))))
        connection.execute(insert(stream_head), list(heads.values()))
        connection.execute(delete(log_head).where(log_head.c.log == self.log))
        last = self.appended[until - 1].recorded
        end = {"log": self.log, "size": until, "at": last.at, "recorded_on": last.recorded_on}
        connection.execute(insert(log_head), {**end, "number_year": 0, "number_count": 0})

    def append_to(self, engine: Engine, *, batch: int = 5, hook: Any = None) -> None:
        """Append everything in batches, each with its hook in one transaction."""
        from casework.database.engine import writing

        for since in range(0, len(self.appended), batch):
            until = min(since + batch, len(self.appended))
            with writing(engine) as connection:
                self.keep(connection, since, until)
                if hook is not None:
                    hook(connection, self.log, self.appended[since:until])
