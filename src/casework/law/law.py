"""The law as the writer is handed it: every stream goes to the part of the law that knows its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from casework.law import kinds as case
from casework.law.command import Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.kinds import COMMANDS
from casework.law.roster import commands as roster_commands
from casework.law.roster import decide as roster
from casework.law.roster import state as timeline
from casework.law.roster.state import Timeline
from casework.text import Text

#: kinds of stream that the roster decides on; all others belong to case/
ROSTER_STREAMS = frozenset({"area", "unit", "cadre", "category", "responsibility"})


class Law:
    """`casework.log.writer.Law`, made of case/ and roster/."""

    def streams(self, command: Command) -> tuple[str, ...]:
        """The streams whose states deciding needs; the command's own first."""
        return roster.streams(command) if command.name in roster_commands.COMMANDS else case.streams(command)

    def initial(self, stream: str) -> Any:
        """The state of a stream before its first entry."""
        return Timeline() if _of_roster(stream) else case.initial(stream)

    def evolve(self, state: Any, recorded: Recorded) -> Any:
        """The state after one more entry."""
        return timeline.evolve(state, recorded) if _of_roster(recorded.stream) else case.evolve(state, recorded)

    def fold(self, history: Sequence[Recorded]) -> Any:
        """The state after a whole history, corrections applied."""
        if history and _of_roster(history[0].stream):
            return reduce(timeline.evolve, history, Timeline())
        return case.fold(history)

    def decide(self, command: Command, states: Mapping[str, Any], context: Context) -> list[tuple[str, Event]]:
        """The events that the command causes, or Refused."""
        own = next(iter(states.values()))  # states come in the order of `streams`
        decide = roster.decide if command.name in roster_commands.COMMANDS else case.decide
        return decide(command, own, context)

    def claims(self, event: Event) -> tuple[tuple[str, str], ...]:
        """What must be unique in the county."""
        return case.claims(event)

    def is_correction(self, event: Event) -> bool:
        """Whether the stream must be folded again from the entry that it cites."""
        return case.is_correction(event)


def _of_roster(stream: str) -> bool:
    return stream.partition("/")[0] in ROSTER_STREAMS


def _groups() -> dict[Text, tuple[str, ...]]:
    """Commands by what they are about, in the order in which each part of the law lists them."""
    groups: dict[Text, list[str]] = {}
    for name in COMMANDS:
        groups.setdefault(_group(name), []).append(name)
    return {group: tuple(names) for group, names in groups.items()}


_CASE = Text("案件", "Cases")
_LEDGER = Text("台账", "Ledgers")
_ACTIVITY = Text("日常服务", "Acts without a case")
_SURVEY = Text("需求调查", "Needs surveys")
_FINDING = Text("审计发现", "Auditors' findings")
_ROSTER = Text("花名册", "Roster")
_COUNTY = Text("县账", "The county's log")


def _group(name: str) -> Text:
    if name in roster_commands.COMMANDS:
        return _ROSTER
    if name in case.ACTIVITY_COMMANDS:
        return _ACTIVITY
    if name in case.SURVEY_COMMANDS or name == "raise-need":
        return _SURVEY
    if name in case.FINDING_COMMANDS:
        return _FINDING
    if name in case.COUNTY_COMMANDS:
        return _COUNTY
    return _LEDGER if name.startswith("record-ledger-") else _CASE


GROUPS = _groups()
