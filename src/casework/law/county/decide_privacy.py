"""Decides commands about personal data: erasure, holds, retention, reading digests."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict

from casework.law.cases import names as called
from casework.law.cases.guards import check_role
from casework.law.cases.roster_lookups import category_of
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.events import PersonalDataErased
from casework.law.county.privacy_commands import DigestAccess, ErasePersonalData, PlaceHold, ReleaseHold, SetRetention
from casework.law.county.privacy_events import (
    HOLD_BASES,
    AccessDigested,
    LegalHoldPlaced,
    LegalHoldReleased,
    RetentionRule,
    RetentionSet,
)
from casework.law.county.refusals import refused
from casework.law.county.state import CountyState
from casework.law.event import Event
from casework.law.rule import Decided
from casework.text import Text

CLOCK = "clock"
RETENTION_OVER = "retention_over"


def decide_privacy(command: Command, state: CountyState, context: Context) -> Decided:
    """What a command about personal data causes."""
    stream = f"county/{context.log}"
    match command:
        case ErasePersonalData():
            return [(stream, _erased(command, state, context))]
        case PlaceHold():
            return [(stream, _placed(command, state, context))]
        case ReleaseHold():
            hold = next((one for one in state.holds if one.hold == command.hold), None)
            if hold is None:
                raise refused("no-such-hold", hold=called.value(command.hold))
            return [(stream, LegalHoldReleased(hold=command.hold, reason=command.reason))]
        case SetRetention():
            return _retention(command, state, context, stream)
        case DigestAccess():
            return _digested(command, state, context, stream)
        case _:
            raise TypeError(f"{command.name} is not about personal data")


def _erased(command: ErasePersonalData, state: CountyState, context: Context) -> Event:
    if context.role == CLOCK and command.basis != RETENTION_OVER:
        check_role(type(command), ("privacy_officer",), context)
    if not command.kids and not command.kept:
        raise refused("nothing-to-erase")
    if command.kids:
        check_not_held(command.streams, state, context)
    return PersonalDataErased(
        kids=tuple(dict.fromkeys(command.kids)), basis=command.basis, kept=tuple(dict.fromkeys(command.kept))
    )


def check_not_held(streams: tuple[str, ...], state: CountyState, context: Context) -> None:
    """Refuse where one of these streams is on legal hold today; says on what basis, and until when."""
    for hold in state.holds:
        if context.today < hold.until and (held := sorted(set(streams) & set(hold.streams))):
            basis = HOLD_BASES.get(hold.basis) or called.value(hold.basis)
            raise refused("on-legal-hold", cases=len(held), until=hold.until, basis=basis, hold=hold.hold)


def _placed(command: PlaceHold, state: CountyState, context: Context) -> Event:
    if any(one.hold == command.hold for one in state.holds):
        raise refused("hold-exists", hold=called.value(command.hold))
    try:
        date.fromisoformat(command.until)
    except ValueError:
        raise refused("not-a-date", until=called.value(command.until)) from None
    if command.until <= context.today:
        raise refused("hold-ends-before-it-begins", until=command.until, today=context.today)
    return LegalHoldPlaced(
        hold=command.hold, streams=tuple(dict.fromkeys(command.streams)), basis=command.basis, until=command.until
    )


def _retention(command: SetRetention, state: CountyState, context: Context, stream: str) -> Decided:
    seen: set[tuple[str, str]] = set()
    for rule in command.rules:
        if rule.category:
            category_of(rule.category, context)
        if (about := (rule.category, rule.level)) in seen:
            raise refused("two-rules", category=called.value(rule.category), level=called.value(rule.level))
        seen.add(about)
    rules = tuple(RetentionRule(**asdict(rule)) for rule in command.rules)
    return [] if rules == state.retention else [(stream, RetentionSet(rules=rules, document=command.document))]


def _digested(command: DigestAccess, state: CountyState, context: Context, stream: str) -> Decided:
    if not state.digested_on < command.day < context.today:
        raise refused(
            "not-to-be-digested",
            day=command.day,
            digested_on=Text(state.digested_on or "无", state.digested_on or "no day"),
            today=context.today,
        )
    return [(stream, AccessDigested(day=command.day, rows=command.rows, sha256=command.sha256))]
