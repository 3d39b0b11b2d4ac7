"""One transaction in memory: command after command decided, numbered, stamped and encoded, later ones seeing earlier.

Nothing here is known to anyone until the transaction is committed; a command that fails leaves no trace.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, Struct

from casework.clock import Clock, local_date
from casework.law.command import Command
from casework.law.context import HISTORY, Context
from casework.law.county.events import ClockAccepted, LogOpened
from casework.law.event import Event, Recorded
from casework.log import time_stamp as stamp
from casework.log.cache import CachedState, LogCache
from casework.log.codec import recorded, recorded_from_bytes
from casework.log.entry import Commitment, Entry, EntryRefused, encode, encode_data, leaf_hash
from casework.log.errors import ClaimTaken, ClockRefused, CommandReused, LogUnknown, VersionMoved
from casework.log.store import ROSTER_KINDS, Append, Head, Remembered, Rows
from casework.log.submission import Answer, Appended, Submission
from casework.random_ids import fresh
from casework.text import Text

#: the only command that is lawful where there is no log yet
OPENING = "open-log"
#: kind of claim whose keys this module makes itself, one after the other: nobody else can have taken one
NUMBER = "number"

_answer_bytes = msgspec.json.Encoder().encode
_answer = msgspec.json.Decoder(Answer).decode


class _Work(Struct):
    """What one command adds, until it is known to be lawful in all its parts."""

    size: int
    states: dict[str, CachedState]
    appended: list[Appended]
    entries: list[tuple[Any, ...]]
    claims: dict[tuple[str, str], str]
    number: str = ""


class Draft:
    """What one transaction is going to append to one log."""

    def __init__(
        self, transaction: Append, known: LogCache, clock: Clock, taken: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.transaction = transaction
        self.known = known
        self.law = known.law
        self.log = known.log
        self.clock = clock
        self.head = transaction.head or Head()
        self.county = known.county
        self.states: dict[str, CachedState] = {}
        self.appended: list[Appended] = []
        self.rows = Rows()
        #: size of the log after the last entry that concerns the roster; 0 when none does
        self.roster_size = 0
        self.claims: dict[tuple[str, str], str] = {}
        self._taken = taken or {}
        self._remembered: dict[str, Remembered] = {}

    def prefetch(self, submissions: Sequence[Submission]) -> None:
        """Read in few statements what these commands need: whether they came before, and states not known by heart."""
        self._remembered = self.transaction.remembered([one.command_id for one in submissions])
        missing: list[str] = []
        for one in submissions:
            if one.command_id in self._remembered:
                continue
            for stream in self.law.streams(one.command):
                kept = self.known.state(stream)
                if kept is None:
                    missing.append(stream)
                else:
                    self.states[stream] = kept
        missing = list(dict.fromkeys(missing))
        histories = self.transaction.streams(missing) if missing and self.head.size else {}
        for stream in missing:
            self.states[stream] = self.known.fold(stream, histories.get(stream, ()))

    def take(self, submission: Submission) -> Answer:
        """Decide one command and note what it adds; raises, and adds nothing, when it is refused."""
        before = self._remembered.get(submission.command_id)
        if before is not None:
            return self._repeat(submission, before)
        if self.head.size == 0 and submission.command.name != OPENING:
            raise LogUnknown(self.log)

        now = self.clock.now()
        vouched = self._check_clock(submission, now)
        at = max(now, self.head.at)
        streams = self.law.streams(submission.command)
        own = streams[0]

        zone = self.county.zone if self.head.size else getattr(submission.command, "time_zone", self.county.zone)
        today = max(self.head.recorded_on, local_date(at, zone))
        claim = stamp.claimed(submission, at, zone)
        number = f"{self.log}-{today[:4]}-{self._next_number(today):06}"
        events = self._decide(submission, streams, at, today, zone, claim, number)

        work = _Work(self.head.size, {}, [], [], {})
        if events and vouched is not None:
            self._add(work, submission, f"county/{self.log}", vouched, at, today, stamp.NOT_CLAIMED, ())
        commitments = _by_event(submission.commitments, len(events)) if submission.commitments and events else {}
        for place, (stream, event) in enumerate(events):
            self._add(work, submission, stream, event, at, today, claim, commitments.get(place, ()))
        return self._accept(submission, work, own, at, today)

    def _check_clock(self, submission: Submission, now: str) -> ClockAccepted | None:
        """What to record first when an operator vouches for a clock that would be refused."""
        try:
            stamp.check_clock(now, self.head.at, self.county.accepted)
        except ClockRefused:
            if not submission.accept_clock:
                raise
            return ClockAccepted(head_at=self.head.at, clock_at=now)
        return None

    def _decide(
        self,
        submission: Submission,
        streams: tuple[str, ...],
        at: str,
        today: str,
        zone: str,
        claim: stamp.Claimed,
        number: str,
    ) -> list[tuple[str, Event]]:
        command: Command = submission.command
        states = {stream: self._kept(stream).state for stream in streams}
        others: dict[str, Any] = {stream: states[stream] for stream in streams[1:]}
        if command.needs_history:
            others[HISTORY] = self._history(streams[0])
        context = Context(
            log=self.log,
            at=at,
            today=today,
            occurred=claim.occurred,
            occurred_on=claim.occurred_on,
            captured=submission.device is not None and not (submission.occurred or submission.occurred_on),
            time_zone=zone,
            actor=submission.actor,
            role=submission.role,
            unit=submission.unit,
            for_=submission.for_,
            policy=self.county.policy,
            roster=self.known.directory,
            number=number,
            sealed=frozenset(commitment.member for _, commitment in submission.commitments),
            others=others,
        )
        if submission.check is not None:
            submission.check(command, states[streams[0]], context)
        # only whoever may act on it is told at which revision it is
        rev = self._kept(streams[0]).rev
        if submission.expected is not None and submission.expected != rev:
            raise VersionMoved(streams[0], submission.expected, rev)
        events = self.law.decide(command, states, context)
        if self.head.size == 0 and not (events and isinstance(events[0][1], LogOpened)):
            raise LogUnknown(self.log)
        return events

    def _add(
        self,
        work: _Work,
        submission: Submission,
        stream: str,
        event: Event,
        at: str,
        today: str,
        claim: stamp.Claimed,
        commitments: tuple[Commitment, ...],
    ) -> None:
        """Append one event to what the command adds, as the next entry of the log."""
        kept = work.states.get(stream) or self._kept(stream)
        rev = kept.rev + 1
        entry = Entry(
            log=self.log,
            seq=work.size,
            stream=stream,
            rev=rev,
            type=event.name,
            at=at,
            recorded_on=today,
            occurred=claim.occurred or UNSET,
            occurred_on=claim.occurred_on or UNSET,
            device=submission.device or UNSET,
            actor=submission.actor,
            role=submission.role,
            unit=submission.unit or UNSET,
            for_=submission.for_ or UNSET,
            command=submission.command_id,
            source=submission.source,
            operator=submission.operator or UNSET,
            data=encode_data(event),
            sealed=commitments or UNSET,
            salt=fresh(16).hex(),
        )
        stored = encode(entry)
        line = recorded(entry, event)

        history: list[Recorded] | None = None
        if self.law.is_correction(event):
            history = self._history(stream, work)
            history.append(line)
            after = self.law.fold(history)
        else:
            after = self.law.evolve(kept.state, line)
        for kind, key in self.law.claims(event):
            self._claim(work, kind, key, stream)

        work.size += 1
        work.states[stream] = CachedState(after, rev)
        work.appended.append(
            Appended(entry=entry, recorded=line, before=kept.state, after=after, history=history)
        )  # fmt: skip
        work.entries.append(
            (
                self.log, line.seq, stream, rev, entry.type, at, today, line.occurred_on, line.actor,
                line.counts_for, entry.command, stored, leaf_hash(stored),
            )
        )  # fmt: skip

    def _claim(self, work: _Work, kind: str, key: str, stream: str) -> None:
        place = (kind, key)
        holder = work.claims.get(place) or self.claims.get(place) or self._taken.get(place)
        if holder is not None:
            raise ClaimTaken(kind, key, holder)
        work.claims[place] = stream
        if kind == NUMBER:
            work.number = key

    def _accept(self, submission: Submission, work: _Work, own: str, at: str, today: str) -> Answer:
        """The command is lawful in all its parts: what it adds is added."""
        state = work.states.get(own) or self._kept(own)
        answer = Answer(
            log=self.log,
            command=submission.command_id,
            stream=own,
            rev=state.rev,
            seq=self.head.size if work.entries else -1,
            events=tuple(one.recorded.event.name for one in work.appended),
            number=work.number or getattr(state.state, "number", ""),
            size=work.size,
            at=at,
        )
        if not work.entries:
            return answer
        year, count = self.head.number_year, self.head.number_count
        if work.number:
            year, count = int(today[:4]), self._next_number(today)
        self.head = Head(work.size, at, today, year, count)
        self.states.update(work.states)
        self.claims.update(work.claims)
        self.appended += work.appended
        for one in work.appended:
            kind = one.recorded.stream.partition("/")[0]
            if kind == "county":
                self.county = self.county.after(one.recorded.event)
            elif kind in ROSTER_KINDS:
                self.known.directory.apply(one.recorded)
                self.roster_size = one.recorded.seq + 1
        rows = self.rows
        rows.entries += work.entries
        rows.beside += submission.beside
        written = _answer_bytes(answer).decode()
        rows.commands.append((self.log, submission.command_id, submission.actor, submission.digest, at, written))
        self._remembered[submission.command_id] = Remembered(submission.actor, submission.digest, written)
        return answer

    def _repeat(self, submission: Submission, before: Remembered) -> Answer:
        """The first answer to a command that came again, if it is the same command from the same actor."""
        if before.actor != submission.actor:
            raise CommandReused(
                submission.command_id,
                Text(
                    f"已由 {before.actor} 用过，不是 {submission.actor}",
                    f"by {before.actor}, not by {submission.actor}",
                ),
            )
        if before.digest and before.digest != submission.digest:
            raise CommandReused(submission.command_id, Text("已用于另一内容", "with other content"))
        if before.answer:
            answer = _answer(before.answer)
            answer.repeated = True
            return answer
        return self._answer_from(submission, [recorded_from_bytes(stored) for stored in before.entries])

    def _answer_from(self, submission: Submission, stored: list[Recorded]) -> Answer:
        own = self.law.streams(submission.command)[0]
        claims = [claim for line in stored for claim in self.law.claims(line.event)]
        return Answer(
            log=self.log,
            command=submission.command_id,
            stream=own,
            rev=max((line.rev for line in stored if line.stream == own), default=-1),
            seq=stored[0].seq,
            events=tuple(line.event.name for line in stored),
            number=next((key for kind, key in claims if kind == NUMBER), ""),
            size=stored[-1].seq + 1,
            at=stored[-1].at,
            repeated=True,
        )

    def _next_number(self, today: str) -> int:
        """Numbers begin again with the local year, which never goes back."""
        return self.head.number_count + 1 if self.head.number_year == int(today[:4]) else 1

    def _kept(self, stream: str) -> CachedState:
        kept = self.states.get(stream)
        if kept is None:
            kept = self.known.state(stream)
            if kept is None:  # an event of a stream that the command did not name
                kept = self.known.fold(stream, self.transaction.streams([stream]).get(stream, ()))
            self.states[stream] = kept
        return kept

    def _history(self, stream: str, work: _Work | None = None) -> list[Recorded]:
        """The stream as stored, and as this transaction is about to store it."""
        history = [recorded_from_bytes(stored) for stored in self.transaction.streams([stream]).get(stream, [])]
        history += [one.recorded for one in self.appended if one.recorded.stream == stream]
        if work is not None:
            history += [one.recorded for one in work.appended if one.recorded.stream == stream]
        return history


def _by_event(commitments: Sequence[tuple[int, Commitment]], events: int) -> dict[int, tuple[Commitment, ...]]:
    sorted_out: dict[int, tuple[Commitment, ...]] = {}
    for place, commitment in commitments:
        if place >= events:
            raise EntryRefused(
                f"{commitment.member} 是为第 {place + 1} 个事件封存的，而这条命令只产生 {events} 个事件：请去掉此项",
                f"{commitment.member} was sealed for event {place + 1}, but the command causes {events}: "
                f"leave the member out",
            )
        sorted_out[place] = (*sorted_out.get(place, ()), commitment)
    return sorted_out
