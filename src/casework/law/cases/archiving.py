"""Archiving a case once it can no longer be reopened."""

from __future__ import annotations

from msgspec.structs import force_setattr as put

from casework.law.cases.refusals import refused
from casework.law.cases.reopening import reopening_ends_on
from casework.law.cases.rules import Effects
from casework.law.cases.state import CaseState
from casework.law.command import CaseStream, Command
from casework.law.context import Context
from casework.law.event import Event, Recorded
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


class CaseArchived(Event, frozen=True, kw_only=True):
    name = "case-archived.v1"
    term = Text("归档", "Put into the archive; only facts from the field, corrections and erasure still reach it.")


class ArchiveCase(Command, frozen=True, kw_only=True):
    name = "archive-case"
    term = Text("归档", "Put the case into the archive once its reopen window is over.")
    case: CaseStream


def archive(command: ArchiveCase, state: CaseState, context: Context) -> Decided:
    """归档: once it can no longer be reopened and nobody watches it."""
    if state.supervised:
        raise refused("under-supervision", case=state.number)
    ends_on = reopening_ends_on(state, context)
    if context.today <= ends_on:
        raise refused("still-reopenable", case=state.number, ends_on=ends_on, today=context.today)
    return [(command.case, CaseArchived())]


def archived(s: CaseState, r: Recorded, event: CaseArchived) -> None:
    put(s, "status", "archived")


def archived_already(command: ArchiveCase, state: CaseState, context: Context) -> bool:
    """Whether it lies in the archive."""
    return state.status == "archived"


RULES: tuple[Rule, ...] = (
    rule(
        ArchiveCase, archive, ("closed", "rejected", "withdrawn"), "clock administrator",
        "case-archived → archived", resource="archive", done=archived_already,
    ),
)  # fmt: skip
EFFECTS: Effects = {CaseArchived: archived}
