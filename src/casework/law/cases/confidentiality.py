"""Changing who may see a case."""

from __future__ import annotations

from typing import ClassVar, Literal

from msgspec.structs import force_setattr as put

from casework.law.cases.rules import ANY, Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command, Confidentiality
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule


class ConfidentialityChanged(Event, frozen=True, kw_only=True):
    """Who may see it changed (变更知悉范围).

    level — 知悉范围 — public, internal, confidential or secret
    before — 原知悉范围 — until now
    basis — 依据代码 — resident_asked, minor, petition_secrecy, security, declassified, other
    """

    name: ClassVar[str] = "confidentiality-changed.v1"
    level: str
    before: str
    basis: str


class ChangeConfidentiality(Command, frozen=True, kw_only=True):
    """Change who may see the case (变更知悉范围).

    case — 办件 — its stream
    level — 知悉范围 — public, internal, confidential or secret
    basis — 依据代码 — why
    """

    name: ClassVar[str] = "change-confidentiality"
    case: CaseStream
    level: Confidentiality
    basis: Literal["resident_asked", "minor", "petition_secrecy", "security", "declassified", "other"]


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
