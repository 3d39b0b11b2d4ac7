"""A small county whose tests read as given, when, then."""

from __future__ import annotations

from typing import Any

import msgspec

from casework.law.command import Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.kinds import COMMANDS
from casework.law.roster.decide import decide, stream_of
from casework.law.roster.directory import Directory
from casework.law.roster.state import Timeline, evolve

TODAY = "2026-03-02"


def recorded(stream: str, rev: int, event: Event, seq: int = 0) -> Recorded:
    """One entry of the roster."""
    return Recorded(
        seq=seq,
        stream=stream,
        rev=rev,
        at=f"{TODAY}T01:00:00.000Z",
        recorded_on=TODAY,
        occurred="",
        occurred_on=TODAY,
        actor="cadre/clerk",
        role="administrator",
        unit="",
        counts_for="cadre/clerk",
        event=event,
    )


class County:
    """A county's roster and its law, as the writer would run them."""

    def __init__(self) -> None:
        self.directory: Any = Directory()  # tests ask for what is there; None would fail them
        self.states: dict[str, Timeline] = {}
        self.history: list[Recorded] = []

    def given(self, name: str, **members: Any) -> County:
        """A command that was accepted."""
        self.when(name, **members)
        return self

    def when(
        self, name: str, *, role: str = "administrator", sealed: frozenset[str] = frozenset(), **members: Any
    ) -> list[Any]:
        """Run a command by its name and members, as they come through a door; the events it caused."""
        if "from_" in members:
            members["from"] = members.pop("from_")
        return self.run(msgspec.convert(members, COMMANDS[name]), role=role, sealed=sealed)

    def run(self, command: Command, *, role: str = "administrator", sealed: frozenset[str] = frozenset()) -> list[Any]:
        """Run a command; the events it caused."""
        stream = stream_of(command)
        context = Context(
            log="530828",
            at=f"{TODAY}T01:00:00.000Z",
            today=TODAY,
            actor="cadre/clerk",
            role=role,
            sealed=sealed,
            roster=self.directory,
        )
        decided = decide(command, self.states.get(stream, Timeline()), context)
        for stream, event in decided:
            state = self.states.get(stream, Timeline())
            entry = recorded(stream, state.rev + 1, event, len(self.history))
            self.states[stream] = evolve(state, entry)
            self.history.append(entry)
            self.directory.apply(entry)
        return [event for _, event in decided]


def lancang() -> County:
    """A county, two townships, a village and a group, a service centre and a cadre; everything from 2020 on."""
    return (
        County()
        .given("declare-area", area="530828", label="澜沧县", level="county", from_="2020-01-01")
        .given("declare-area", area="m", label="勐朗镇", level="township", parent="530828", from_="2020-01-01")
        .given("declare-area", area="s", label="上允镇", level="township", parent="530828", from_="2020-01-01")
        .given("declare-area", area="m1", label="佛房社区", level="village", parent="m", from_="2020-01-01")
        .given("declare-area", area="m1a", label="一组", level="group", parent="m1", from_="2020-01-01")
        .given("declare-unit", unit="m-centre", label="勐朗镇便民服务中心", area="m", from_="2020-01-01")
        .given("declare-cadre", cadre="cadre/li", unit="m-centre", from_="2020-01-01")
    )
