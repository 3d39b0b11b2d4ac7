"""What can happen to what is written of a case: who may see it, and what was wrong.

Documented as `case/events.py` says.
"""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event


class ConfidentialityChanged(Event, frozen=True, kw_only=True):
    """Who may see it changed (变更密级).

    level — 密级 — public, internal, confidential or secret
    before — 原密级 — until now
    basis — 依据代码 — resident_asked, minor, petition_secrecy, security, declassified, other
    """

    name: ClassVar[str] = "confidentiality-changed.v1"
    level: str
    before: str
    basis: str


class RecordCorrected(Event, frozen=True, kw_only=True):
    """A recorded value was wrong; nothing is edited, this says what it should have been (更正).

    stream — 所更正的流 — stream of the entry it cites (this one)
    rev — 所更正的记录 — revision of that entry in its stream
    member — 所更正的项 — a correctable member of that event, or `occurred`, `occurred_on`
    value — 更正后的值 — text, whole number or yes/no, of the member's own type
    value_before — 更正前的值 — the value in force until now
    reason — 理由代码 — typing_error, wrong_place, wrong_date, checked_on_site, ledger_changed, other
    along — 随同更正 — follows from the correction it was entered with, and is not counted by itself
    explanation — 说明 — (sealed)
    """

    name: ClassVar[str] = "record-corrected.v1"
    correctable: ClassVar[frozenset[str]] = frozenset({"value"})
    sealed: ClassVar[frozenset[str]] = frozenset({"explanation"})
    stream: str
    rev: int
    member: str
    value: str | int | bool
    value_before: str | int | bool
    reason: str
    along: bool = False
