"""A log in memory: events go in step by step, the law decides, states follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from casework.law import kinds as law
from casework.law.cases.deadlines import local_date, written
from casework.law.command import Command
from casework.law.context import HISTORY, Context
from casework.law.event import Event, Recorded
from casework.law.kinds import KIND_OF, KINDS, ROSTER_KINDS, RULES, Kind
from casework.law.lifecycle import LIFECYCLE
from casework.law.policy import Policy
from casework.law.roster.directory import Directory
from casework.law.roster.events import ROSTER_EVENTS
from casework.testing.hamlet import LOG, PEOPLE, directory

TIME_ZONE = "Asia/Shanghai"
#: a Monday, 09:00 in the county
START = "2026-03-02T01:00:00.000Z"
_STEP = timedelta(hours=1)


def case(n: int) -> str:
    """The stream of the n-th case of a story."""
    return f"case/00000000-0000-4000-8000-{n:012x}"


def first(kind: str) -> str:
    """The stream of the first thing of that kind."""
    return f"{kind}/00000000-0000-4000-8000-000000000001"


CASE, ACTIVITY, SURVEY, FINDING = map(first, ("case", "activity", "survey", "finding"))
COUNTY = f"county/{LOG}"


class _OfEvent(Struct, frozen=True):
    event: Event


class Step(_OfEvent, frozen=True, kw_only=True):
    """One event that happened, with what of its stream, time or person is not as usual."""

    stream: str = ""
    at: str = ""
    occurred: str = ""
    occurred_on: str = ""
    actor: str = ""
    role: str = ""
    unit: str = ""
    counts_for: str = ""


class _OfCommand(Struct, frozen=True):
    command: Command


class Do(_OfCommand, frozen=True, kw_only=True):
    """One command that the law decides; the role is the first of those that may ask; refused, it is an error."""

    role: str = ""
    actor: str = ""
    unit: str = ""
    for_: str = ""
    at: str = ""
    occurred: str = ""
    occurred_on: str = ""
    captured: bool = False
    sealed: Iterable[str] = ()


step, do = Step, Do


class Later(Struct, frozen=True):
    """Time passes."""

    by: timedelta


StepLike = Event | Step | Do | Later | Recorded


def later(*, days: float = 0, hours: float = 0, minutes: float = 0) -> Later:
    """So much time passes before the next step."""
    return Later(timedelta(days=days, hours=hours, minutes=minutes))


class Story:
    """A log in memory: steps go in one after another, states follow."""

    def __init__(self, *, start: str = START, policy: Policy | None = None, declared: bool = True) -> None:
        self.log: list[Recorded] = []
        self.states: dict[str, Any] = {}
        self._streams: dict[str, list[Recorded]] = {}
        self.clock = datetime.fromisoformat(start)
        self.policy = policy or Policy()
        self.roster = directory() if declared else Directory()
        self.numbers: dict[str, int] = {}
        self.claimed: dict[tuple[str, str], str] = {}

    @property
    def now(self) -> str:
        """The instant at which the next step will be recorded."""
        return written(self.clock)

    @property
    def policy_in_force(self) -> Policy:
        """What the county's own stream says, once it has been opened in this story."""
        county = self.states.get(COUNTY)
        return county.policy if county else self.policy

    def state(self, stream: str) -> Any:
        """What is known of a stream."""
        return self.states.get(stream) or law.initial(stream)

    def stream(self, stream: str) -> list[Recorded]:
        """Its entries as stored."""
        return list(self._streams.get(stream, ()))

    def _rev(self, stream: str) -> int:
        """The revision that the next entry of a stream gets; what the hamlet declares comes before the story."""
        last = self.roster.timeline(stream).rev if stream.partition("/")[0] in ROSTER_KINDS else -1
        return max(last + 1, len(self._streams.get(stream, ())))

    def tell(self, *steps: StepLike) -> Story:
        """Take in what happened."""
        for one in steps:
            match one:
                case Later(by=by):
                    self.clock += by
                case Recorded():
                    self._take(one)
                case Do():
                    self.ask(one)
                case Step():
                    self._record(one)
                case _:
                    self._record(Step(one))
        return self

    def ask(self, asked: Do) -> list[Recorded]:
        """Put a command to the law and record what it decides; raises Refused, leaving no trace."""
        decided = self.decide(asked)
        role = asked.role or _usual_role_of(asked.command)
        actor = asked.actor or PEOPLE[role]
        entries = [
            self._entry(
                Step(
                    event, stream=stream, at=asked.at, actor=actor, role=role,
                    unit=asked.unit or self._unit_of(actor), counts_for=asked.for_ or actor,
                    occurred=asked.occurred, occurred_on=asked.occurred_on,
                ),
                index,
            )
            for index, (stream, event) in enumerate(decided)
        ]  # fmt: skip
        for entry in entries:
            self._take(entry)
        self.clock += _STEP
        return self.log[len(self.log) - len(entries) :]

    def decide(self, asked: Do) -> list[tuple[str, Event]]:
        """What the law says to a command, without recording it."""
        role = asked.role or _usual_role_of(asked.command)
        actor = asked.actor or PEOPLE[role]
        at = self._reached(asked.at)
        own, *others = law.streams(asked.command)
        context = Context(
            log=LOG,
            at=at,
            today=local_date(at, TIME_ZONE),
            occurred=asked.occurred,
            occurred_on=asked.occurred_on or (local_date(asked.occurred, TIME_ZONE) if asked.occurred else ""),
            captured=asked.captured,
            time_zone=TIME_ZONE,
            actor=actor,
            role=role,
            unit=asked.unit or self._unit_of(actor),
            for_=asked.for_,
            policy=self.policy_in_force,
            roster=self.roster,
            number=self._next_number(at),
            sealed=frozenset(asked.sealed),
            others={stream: self.state(stream) for stream in others}
            | ({HISTORY: self.stream(own)} if asked.command.needs_history else {}),
        )
        return law.decide(asked.command, self.state(own), context)

    def _record(self, told: Step) -> None:
        self._take(self._entry(told, 0))
        self.clock += _STEP

    def _entry(self, told: Step, offset: int) -> Recorded:
        """What the log would hold of it; `offset` counts the events of one command that go before it."""
        at = self._reached(told.at)
        stream = told.stream or _usual_stream_of(told.event)
        role = told.role or _usual_role_of_event(told.event)
        actor = told.actor or PEOPLE[role]
        claimed_on = told.occurred_on or (local_date(told.occurred, TIME_ZONE) if told.occurred else "")
        return Recorded(
            seq=len(self.log) + offset,
            stream=stream,
            rev=self._rev(stream),
            at=at,
            recorded_on=local_date(at, TIME_ZONE),
            occurred=told.occurred or ("" if claimed_on else at),
            occurred_on=claimed_on or local_date(at, TIME_ZONE),
            actor=actor,
            role=role,
            unit=told.unit or self._unit_of(actor),
            counts_for=told.counts_for or actor,
            event=told.event,
        )

    def _take(self, entry: Recorded) -> None:
        # several events of one command on one stream follow each other
        entry = replace(entry, seq=len(self.log), rev=self._rev(entry.stream))
        self.log.append(entry)
        self._streams.setdefault(entry.stream, []).append(entry)
        for claim in entry.event.claims():
            self.claimed[claim] = entry.stream
            if claim[0] == "number":
                self.numbers[entry.recorded_on[:4]] = self.numbers.get(entry.recorded_on[:4], 0) + 1
        if type(entry.event) in ROSTER_EVENTS.values():
            self.roster.apply(entry)
        elif entry.event.corrects:
            self.states[entry.stream] = law.fold(self.stream(entry.stream))
        else:
            self.states[entry.stream] = law.evolve(self.state(entry.stream), entry)

    def _reached(self, at: str) -> str:
        if at:
            self.clock = max(self.clock, datetime.fromisoformat(at).astimezone(UTC))
        return self.now

    def _next_number(self, at: str) -> str:
        year = local_date(at, TIME_ZONE)[:4]
        return f"{LOG}-{year}-{self.numbers.get(year, 0) + 1:06d}"

    def _unit_of(self, actor: str) -> str:
        post = self.roster.cadre(actor, local_date(self.now, TIME_ZONE))
        return post.unit if post else ""


def recorded(*steps: StepLike, start: str = START, policy: Policy | None = None) -> list[Recorded]:
    """One log of these steps: gapless, an hour apart, each entered in its usual role."""
    return Story(start=start, policy=policy).tell(*steps).log


_ROLE_OF_EVENT: dict[str, str] = {}
for _row in sorted(LIFECYCLE.values(), key=lambda row: len(row.effects)):
    for _effect in _row.effects:
        _ROLE_OF_EVENT.setdefault(_effect.event, _row.roles[0])
_ROLE_OF_EVENT |= {
    "case-absorbed.v1": "dispatcher",
    "case-released.v1": "dispatcher",
    "survey-answered.v1": "cadre",
    "need-raised.v1": "cadre",
    "finding-answered.v1": "unit_lead",
}
_KIND_OF_EVENT: dict[str, Kind] = {name: kind for kind in KINDS.values() for name in kind.events}
_OF_ADMINISTRATORS = frozenset(("county", *ROSTER_KINDS))


def _usual_role_of_event(event: Event) -> str:
    """The role in which most events of the kind happen: that which begins one."""
    kind = _KIND_OF_EVENT[event.name]
    usual = "administrator" if kind.name in _OF_ADMINISTRATORS else kind.rules[0].roles[0]
    return _ROLE_OF_EVENT.get(event.name, usual)


def _usual_role_of(command: Command) -> str:
    row = LIFECYCLE.get(command.name)
    if row is not None:
        return row.roles[0]
    if KIND_OF[command.name].name in _OF_ADMINISTRATORS:
        return "administrator"
    return RULES[command.name].roles[-1 if command.name == "record-survey-answer" else 0]


def _usual_stream_of(event: Event) -> str:
    kind = _KIND_OF_EVENT[event.name].name
    if kind in ROSTER_KINDS:
        raise ValueError(f"say on which stream {event.name} happens: step(event, stream=…)")
    return COUNTY if kind == "county" else first(kind)
