"""The law as the writer is handed it, and its commands under headings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.law import kinds
from casework.law.command import Command
from casework.law.context import Context
from casework.law.event import Event
from casework.law.kinds import KIND_OF, KINDS, RULES
from casework.text import Text


class Law:
    """`casework.log.writer.Law`, made of the table of kinds."""

    streams = staticmethod(kinds.streams)
    initial = staticmethod(kinds.initial)
    evolve = staticmethod(kinds.evolve)
    fold = staticmethod(kinds.fold)
    claims = staticmethod(kinds.claims)
    is_correction = staticmethod(kinds.is_correction)

    def decide(self, command: Command, states: Mapping[str, Any], context: Context) -> list[tuple[str, Event]]:
        """The events that the command causes, or Refused."""
        own = next(iter(states.values()))  # states come in the order of `streams`
        return kinds.decide(command, own, context)


_LEDGER = Text("台账", "Ledgers")


def _heading(name: str) -> Text:
    if name.startswith("record-ledger-"):
        return _LEDGER
    return (KINDS[RULES[name].of] if RULES[name].of else KIND_OF[name]).term


def _groups() -> dict[Text, tuple[str, ...]]:
    """Commands by what they are about, in the order in which each part of the law lists them."""
    groups: dict[Text, list[str]] = {}
    for name in RULES:
        groups.setdefault(_heading(name), []).append(name)
    return {group: tuple(names) for group, names in groups.items()}


GROUPS = _groups()
