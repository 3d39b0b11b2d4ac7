"""Withdrawing a request on the resident's word."""

from __future__ import annotations

from typing import Annotated, Literal

from casework.law import members as m
from casework.law.cases.guards import check_asked, check_handles
from casework.law.cases.rules import ON_THEIR_WORD, OPEN, Effects
from casework.law.cases.state import CaseState
from casework.law.cases.state_changes import ended, settled
from casework.law.command import CaseStream, Command, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning


class CaseWithdrawn(Event, frozen=True, kw_only=True):
    name = "case-withdrawn.v1"
    term = Text("撤单", "The resident took it back.")
    correctable = frozenset({"reason"})
    sealed = {"explanation": m.Explanation}
    on_word_of: Annotated[str, meaning("依据", "resident (did it themselves) or told (on their word)")]
    reason: Annotated[str, meaning("理由代码", "settled, mistake, no_longer_wanted, other")]


class WithdrawCase(Command, frozen=True, kw_only=True):
    name = "withdraw-case"
    term = Text("撤单", "The resident takes the request back.")
    seals = {"explanation": (0, "explanation")}
    case: CaseStream
    reason: Annotated[Literal["settled", "mistake", "no_longer_wanted", "other"], meaning("理由代码", "why")]
    explanation: m.Explanation[Words] = ""


def withdraw(command: WithdrawCase, state: CaseState, context: Context) -> Decided:
    """撤单."""
    check_asked(command.case, state, context)
    if context.role in ("cadre", "unit_lead"):
        check_handles(state, context)
    on_word_of = "resident" if context.role == "resident" else "told"
    return [(command.case, CaseWithdrawn(on_word_of=on_word_of, reason=command.reason))]


def withdrawn(s: CaseState, r: Recorded, event: CaseWithdrawn) -> None:
    ended(s, r, "withdrawn", "withdrawn")
    settled(s)


RULES: tuple[Rule, ...] = (
    rule(
        WithdrawCase, withdraw, OPEN, ON_THEIR_WORD, "case-withdrawn → withdrawn",
        resource="withdrawal",
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseWithdrawn: withdrawn}
