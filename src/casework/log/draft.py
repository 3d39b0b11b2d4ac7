"""Decides the commands of one transaction and drafts its rows, in memory.

Each command is decided, numbered, stamped and encoded on the states that earlier commands of the batch left. A command
that fails leaves no trace; nothing is visible to readers before the commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from msgspec import UNSET, Struct

from casework.clock import Clock, local_date
from casework.law.context import HISTORY, Context
from casework.law.county.events import ClockAccepted, LogOpened
from casework.law.county.state import evolve_county
from casework.law.event import Event, Recorded
from casework.law.kinds import KINDS, fold
from casework.log import time_stamp as stamp
from casework.log.cache import CachedState, LogCache
from casework.log.codec import recorded_from_bytes
from casework.log.entry import Commitment, Entry, EntryRefused, as_recorded, encode, encode_data, leaf_hash
from casework.log.errors import ClaimTaken, ClockRefused, LogUnknown, VersionMoved
from casework.log.refusals import sentence
from casework.log.repeats import first_answer
from casework.log.store import ROSTER_KINDS, Append, Head, Remembered, Rows
from casework.log.submission import NUMBER, Answer, Appended, Submission
from casework.random_ids import fresh

#: the only command that is accepted before a log exists
OPENING = "open-log"

_answer_bytes = msgspec.json.Encoder().encode


class _Work(Struct):
    """What one command adds, cached apart until all its events are accepted."""

    size: int
    states: dict[str, CachedState]
    appended: list[Appended]
    entries: list[tuple[Any, ...]]
    claims: dict[tuple[str, str], str]
    number: str = ""


class Draft:
    """The rows and states that one transaction will append to one log."""

    def __init__(
        self, transaction: Append, cache: LogCache, clock: Clock, taken: Mapping[tuple[str, str], str] | None = None
    ) -> None:
        self.transaction = transaction
        self.cache = cache
        self.log = cache.log
        self.clock = clock
        self.head = transaction.head or Head()
        self.county = cache.county
        self.states: dict[str, CachedState] = {}
        self.appended: list[Appended] = []
        self.rows = Rows()
        #: size of the log after the last entry of roster or county; 0 without one
        self.county_size = 0
        self.claims: dict[tuple[str, str], str] = {}
        self._taken = taken or {}
        self._remembered: dict[str, Remembered] = {}

    def prefetch(self, submissions: Sequence[Submission]) -> None:
        """Read what these commands need, in few statements: earlier answers, and states that are not cached."""
        self._remembered = self.transaction.remembered([one.command_id for one in submissions])
        missing: list[str] = []
        for one in submissions:
            if one.command_id in self._remembered:
                continue
            for stream in one.streams:
                cached = self.cache.states.get(stream)
                if cached is None:
                    missing.append(stream)
                else:
                    self.states[stream] = cached
        missing = list(dict.fromkeys(missing))
        histories = self.transaction.streams(missing) if missing and self.head.size else {}
        for stream in missing:
            self.states[stream] = self.cache.fold(stream, histories.get(stream, ()))

    def take(self, submission: Submission) -> Answer:
        """Decide one command and add its rows; when it is refused, raise and add nothing."""
        before = self._remembered.get(submission.command_id)
        if before is not None:
            return first_answer(submission, before)
        if self.head.size == 0 and submission.command.name != OPENING:
            raise LogUnknown(self.log)

        now = self.clock.now()
        at = max(now, self.head.at)
        zone = self.county.time_zone
        if not self.head.size:
            zone = getattr(submission.command, "time_zone", zone)
        today = max(self.head.recorded_on, local_date(at, zone))
        confirmed = self._check_clock(submission, now)
        claim = stamp.claimed(submission, at, zone)
        number = f"{self.log}-{today[:4]}-{self._next_number(today):06}"
        events = self._decide(submission, at, today, zone, claim, number)

        work = _Work(self.head.size, {}, [], [], {})
        if events and confirmed is not None:
            self._add(work, submission, f"county/{self.log}", confirmed, at, today, stamp.NOT_CLAIMED, ())
        commitments = _by_event(submission.commitments, len(events)) if submission.commitments and events else {}
        for place, (stream, event) in enumerate(events):
            self._add(work, submission, stream, event, at, today, claim, commitments.get(place, ()))
        return self._accept(submission, work, at, today)

    def _check_clock(self, submission: Submission, now: str) -> ClockAccepted | None:
        """The event to record first when an operator confirms a clock that would be refused; None for a good clock."""
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
        at: str,
        today: str,
        zone: str,
        claim: stamp.Claimed,
        number: str,
    ) -> list[tuple[str, Event]]:
        command, (own, *named) = submission.command, submission.streams
        cached = self._cached(own)
        others: dict[str, Any] = {stream: self._cached(stream).state for stream in named}
        if command.needs_history:
            others[HISTORY] = self._history(own)
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
            roster=self.cache.directory,
            number=number,
            sealed=frozenset(commitment.member for _, commitment in submission.commitments),
            others=others,
        )
        if submission.check is not None:
            submission.check(command, cached.state, context)
        # after the check: the revision is shown only to those who may act on the stream
        if submission.expected is not None and submission.expected != cached.rev:
            raise VersionMoved(own, submission.expected, cached.rev)
        events = KINDS[own.partition("/")[0]].decide(command, cached.state, context)
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
        """Append one event to WORK as the next entry of the log."""
        cached = work.states.get(stream) or self._cached(stream)
        rev = cached.rev + 1
        salt = fresh(16).hex()
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
            salt=salt,
        )
        stored = encode(entry)
        leaf, line = leaf_hash(stored), as_recorded(entry, event)

        history: list[Recorded] | None = None
        if event.corrects:
            history = self._history(stream, work)
            history.append(line)
            after = fold(history)
        else:
            after = KINDS[stream.partition("/")[0]].evolve(cached.state, line)
        if event.unique:
            for kind, key in event.claims():
                self._claim(work, kind, key, stream)

        work.size += 1
        work.states[stream] = CachedState(after, rev)
        work.appended.append(
            Appended(entry=entry, recorded=line, before=cached.state, after=after, history=history)
        )  # fmt: skip
        work.entries.append(
            (
                self.log, line.seq, stream, rev, entry.type, at, today, line.occurred_on, line.actor,
                line.counts_for, entry.command, stored, leaf,
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

    def _accept(self, submission: Submission, work: _Work, at: str, today: str) -> Answer:
        """Take WORK over into the draft."""
        own = submission.streams[0]
        state = work.states.get(own) or self._cached(own)
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
                self.county = evolve_county(self.county, one.recorded)
            elif kind in ROSTER_KINDS:
                self.cache.directory.apply(one.recorded)
            else:
                continue
            self.county_size = one.recorded.seq + 1
        rows = self.rows
        rows.entries += work.entries
        rows.beside += submission.beside
        written = _answer_bytes(answer).decode()
        rows.commands.append((self.log, submission.command_id, submission.actor, submission.digest, at, written))
        self._remembered[submission.command_id] = Remembered(submission.actor, submission.digest, written)
        return answer

    def _next_number(self, today: str) -> int:
        """Numbers restart with the local year, which never decreases."""
        return self.head.number_count + 1 if self.head.number_year == int(today[:4]) else 1

    def _cached(self, stream: str) -> CachedState:
        cached = self.states.get(stream)
        if cached is None:
            cached = self.cache.states.get(stream)
            if cached is None:  # a stream that the command does not name: not prefetched
                cached = self.cache.fold(stream, self.transaction.streams([stream]).get(stream, ()))
            self.states[stream] = cached
        return cached

    def _history(self, stream: str, work: _Work | None = None) -> list[Recorded]:
        """The stream as stored, then as drafted in this transaction."""
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
                *sentence("sealed-for-no-event", member=commitment.member, event=place + 1, events=events)
            )
        sorted_out[place] = (*sorted_out.get(place, ()), commitment)
    return sorted_out
