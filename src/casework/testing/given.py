"""Given what happened, when a command is decided, then these events follow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from casework.law import kinds as law
from casework.law.command import Command
from casework.law.context import Refused
from casework.law.event import Event, Recorded
from casework.law.policy import Policy
from casework.testing.story import Do, StepLike, Story


class Like:
    """An event of this type in which these members have these values; the others may be anything."""

    def __init__(self, event: type[Event], **members: Any) -> None:
        self.event = event
        self.members = members
        unknown = members.keys() - set(event.__struct_fields__)
        if unknown:
            raise AttributeError(f"{event.__name__} has no member {', '.join(sorted(unknown))}")

    def __eq__(self, other: object) -> bool:
        return type(other) is self.event and all(getattr(other, name) == value for name, value in self.members.items())

    __hash__ = None  # equal to many

    def __repr__(self) -> str:
        return f"like({self.event.__name__}, {', '.join(f'{n}={v!r}' for n, v in self.members.items())})"


def like(event: type[Event], **members: Any) -> Like:
    """An event of which only these members are looked at."""
    return Like(event, **members)


class OnStream:
    """An event expected on another stream than the command's own."""

    def __init__(self, stream: str, event: Event | Like) -> None:
        self.stream = stream
        self.event = event


def on(stream: str, event: Event | Like) -> OnStream:
    """An event expected on this stream."""
    return OnStream(stream, event)


class Given:
    """What has happened before."""

    def __init__(self, steps: Iterable[StepLike], policy: Policy | None = None) -> None:
        self.steps = tuple(steps)
        self.policy = policy

    def when(self, command: Command, **how: Any) -> When:
        """Put the command to the law; HOW are the other members of `Do`."""
        return When(Story(policy=self.policy).tell(*self.steps), Do(command, **how))


def given(*steps: StepLike, policy: Policy | None = None) -> Given:
    """What has happened before the command."""
    return Given(steps, policy)


class When:
    """What the law said."""

    def __init__(self, story: Story, asked: Do) -> None:
        self.story = story
        self.own = law.streams(asked.command)[0]
        self.refusal: Refused | None = None
        self.entries: list[Recorded] = []
        before = len(story.log)
        try:
            self.entries = story.ask(asked)
        except Refused as refusal:
            self.refusal = refusal
            _expect(len(story.log) == before, "a refused command left a trace")

    @property
    def events(self) -> list[Any]:
        """What happened."""
        return [entry.event for entry in self.entries]

    @property
    def said(self) -> Refused:
        """With what words the law said no."""
        if self.refusal is None:
            raise AssertionError(f"not refused: {_shown([(e.stream, e.event) for e in self.entries])}")
        return self.refusal

    def then(self, *expected: Event | Like | OnStream) -> When:
        """These events happened, in this order, and no others."""
        self._was_not_refused()
        wanted = [(one.stream, one.event) if isinstance(one, OnStream) else (self.own, one) for one in expected]
        got = [(entry.stream, entry.event) for entry in self.entries]
        # element by element, the wanted first: what is only like an event knows how to compare itself with one
        same = len(wanted) == len(got) and all(w == g for w, g in zip(wanted, got, strict=True))
        _expect(same, f"\nexpected {_shown(wanted)}\nhappened {_shown(got)}")
        return self

    def nothing_happens(self) -> When:
        """The command is answered and nothing is stored."""
        return self.then()

    def leaves(self, stream: str = "", **facts: Any) -> When:
        """What is known afterwards, of the command's own stream unless another is named."""
        self._was_not_refused()
        state = self.story.state(stream or self.own)
        got = {name: getattr(state, name) for name in facts}
        _expect(got == facts, f"\nexpected {facts}\nleft     {got}")
        return self

    def refused(self, why: str) -> When:
        """The law said no, by this code or in these words."""
        no = self.said
        _expect(why == no.code or why in no.en, f"\nexpected {why}\nrefused  {no.code}: {no.en}")
        return self

    def _was_not_refused(self) -> None:
        if self.refusal is not None:
            raise AssertionError(f"refused: {self.refusal.code}: {self.refusal.en}") from self.refusal


def _expect(truth: bool, words: str) -> None:
    if not truth:
        raise AssertionError(words)


def _shown(events: Iterable[tuple[str, Any]]) -> str:
    return "".join(f"\n  {stream}: {event!r}" for stream, event in events) or "nothing"
