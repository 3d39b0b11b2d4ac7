"""For the sake of persons: what may be erased, what is held, how long things are kept, which readings are fixed."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict

from casework.law.cases import commands as c
from casework.law.cases import names as called
from casework.law.cases.guards import Decided, check_role, refuse
from casework.law.cases.roster_lookups import category_of
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.events import PersonalDataErased
from casework.law.county.privacy_events import (
    HOLD_BASES,
    AccessDigested,
    LegalHoldPlaced,
    LegalHoldReleased,
    RetentionRule,
    RetentionSet,
)
from casework.law.county.state import CountyState
from casework.law.event import Event

CLOCK = "clock"
RETENTION_OVER = "retention_over"


def decide_privacy(command: Command, state: CountyState, context: Context) -> Decided:
    """What a command about personal data causes."""
    stream = f"county/{context.log}"
    match command:
        case c.ErasePersonalData():
            return [(stream, _erased(command, state, context))]
        case c.PlaceHold():
            return [(stream, _placed(command, state, context))]
        case c.ReleaseHold():
            hold = next((one for one in state.holds if one.hold == command.hold), None)
            if hold is None:
                refuse(
                    "no-such-hold",
                    f"没有留存{called.value(command.hold).zh}，或者已经解除：请核对留存代号。",
                    f"There is no hold {called.value(command.hold).en}, or it was released: look at the holds first.",
                )
            return [(stream, LegalHoldReleased(hold=command.hold, reason=command.reason))]
        case c.SetRetention():
            return _retention(command, state, context, stream)
        case c.DigestAccess():
            return _digested(command, state, context, stream)
        case _:
            raise TypeError(f"{command.name} is not about personal data")


def _erased(command: c.ErasePersonalData, state: CountyState, context: Context) -> Event:
    if context.role == CLOCK and command.basis != RETENTION_OVER:
        check_role(command.name, ("privacy_officer",), context)
    if not command.kids and not command.kept:
        refuse(
            "nothing-to-erase",
            "没有指明密钥：请写明要销毁的密钥编号。",
            "No key is named: name the keys that are destroyed.",
        )
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
            refuse(
                "on-legal-hold",
                f"{len(held)} 件案件依法留存至 {hold.until}（不含当日），依据是{basis.zh}（{hold.hold}），"
                "在此之前不得删除：请到期后再办，或先依法解除留存。",
                f"{len(held)} of these cases are on legal hold before {hold.until}, because {basis.en} ({hold.hold}):"
                " erase them once it has ended, or have it released first.",
            )


def _placed(command: c.PlaceHold, state: CountyState, context: Context) -> Event:
    if any(one.hold == command.hold for one in state.holds):
        refuse(
            "hold-exists",
            f"留存{called.value(command.hold).zh}已经有了：请换用新的留存代号。",
            f"There is a hold {called.value(command.hold).en} already: use another id.",
        )
    try:
        date.fromisoformat(command.until)
    except ValueError:
        refuse(
            "not-a-date",
            f"{called.value(command.until).zh}不是日期：请写成 2027-01-31 这样的日期。",
            f"{called.value(command.until).en} is no date: write it like 2027-01-31.",
        )
    if command.until <= context.today:
        refuse(
            "hold-ends-before-it-begins",
            f"留存截止日期 {command.until} 不晚于今天 {context.today}：请写明以后的日期。",
            f"The hold would end on {command.until}, and today is {context.today}: name a later day.",
        )
    return LegalHoldPlaced(
        hold=command.hold, streams=tuple(dict.fromkeys(command.streams)), basis=command.basis, until=command.until
    )


def _retention(command: c.SetRetention, state: CountyState, context: Context, stream: str) -> Decided:
    seen: set[tuple[str, str]] = set()
    for rule in command.rules:
        if rule.category:
            category_of(rule.category, context)
        if (about := (rule.category, rule.level)) in seen:
            refuse(
                "two-rules",
                f"类别{called.value(rule.category).zh}、密级{called.value(rule.level).zh}有两条规则：请只留一条。",
                f"There are two rules for category {called.value(rule.category).en} and level"
                f" {called.value(rule.level).en}: keep one of them.",
            )
        seen.add(about)
    rules = tuple(RetentionRule(**asdict(rule)) for rule in command.rules)
    return [] if rules == state.retention else [(stream, RetentionSet(rules=rules, document=command.document))]


def _digested(command: c.DigestAccess, state: CountyState, context: Context, stream: str) -> Decided:
    if not state.digested_on < command.day < context.today:
        refuse(
            "not-to-be-digested",
            f"{command.day} 的查阅台账不能日结：已结至“{state.digested_on or '无'}”，今天是 {context.today}；"
            "请依次结已过去的日子。",
            f"The readings of {command.day} cannot be fixed: they are up to {state.digested_on or 'no day'}, and today"
            f" is {context.today}; take the days that are over, in turn.",
        )
    return [(stream, AccessDigested(day=command.day, rows=command.rows, sha256=command.sha256))]
