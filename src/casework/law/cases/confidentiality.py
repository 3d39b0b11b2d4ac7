"""Changing who may see a case."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec.structs import force_setattr as put

from casework.law import members as m
from casework.law.cases.rules import ANY, Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Confidentiality
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class ConfidentialityChanged(Event, frozen=True, kw_only=True):
    name = "confidentiality-changed.v1"
    term = Text("变更知悉范围", "Who may see it changed.")
    level: m.ConfidentialityLevel[str]
    before: Annotated[str, meaning("原知悉范围", "until now")]
    basis: Annotated[str, meaning("依据代码", "resident_asked, minor, petition_secrecy, security, declassified, other")]


class ChangeConfidentiality(Command, frozen=True, kw_only=True):
    name = "change-confidentiality"
    term = Text("变更知悉范围", "Change who may see the case.")
    case: CaseStream
    level: Confidentiality
    basis: Annotated[
        Literal["resident_asked", "minor", "petition_secrecy", "security", "declassified", "other"],
        meaning("依据代码", "why"),
    ]


def change_confidentiality(command: ChangeConfidentiality, state: CaseState, context: Context) -> Decided:
    """变更知悉范围."""
    if command.level == state.confidentiality:
        return []
    event = ConfidentialityChanged(level=command.level, before=state.confidentiality, basis=command.basis)
    return [(command.case, event)]


def confidentiality_changed(s: CaseState, r: Recorded, event: ConfidentialityChanged) -> None:
    put(s, "confidentiality", event.level)


RULES: tuple[Rule, ...] = (
    rule(
        ChangeConfidentiality, change_confidentiality, ANY, "privacy_officer", "confidentiality-changed",
        resource="confidentiality",
    ),
)  # fmt: skip
EFFECTS: Effects = {ConfidentialityChanged: confidentiality_changed}
