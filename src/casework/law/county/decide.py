"""The county's log as a whole: opened, its numbers and its law changed, a clock vouched for, data erased."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import asdict

from casework.law.cases import commands as c
from casework.law.cases import names as called
from casework.law.cases.deadlines import instant, written
from casework.law.cases.guards import Decided, check_not_ahead, check_role, refuse
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.decide_privacy import decide_privacy
from casework.law.county.events import (
    AccountLocked,
    ClockAccepted,
    LawChanged,
    LogOpened,
    Policy,
    PolicyChanged,
)
from casework.law.county.state import CountyState
from casework.text import Text

#: the largest number of a policy: a century in days, ten years in hours
LARGEST = 100_000

#: command → roles in which it may be asked for
COUNTY_ROLES: dict[str, tuple[str, ...]] = {
    "open-log": ("administrator",),
    "change-policy": ("administrator",),
    "change-law": ("administrator",),
    "accept-clock": ("administrator",),
    # the clock erases what the retention rules say is over, and nothing else
    "erase-personal-data": ("privacy_officer", "clock"),
    "place-hold": ("privacy_officer",),
    "release-hold": ("privacy_officer",),
    "set-retention": ("privacy_officer",),
    "digest-access": ("clock",),
    "record-lock-out": ("clock",),
}


def decide_county(command: Command, state: CountyState, context: Context) -> Decided:
    """What a command about the county's log causes."""
    check_role(command.name, COUNTY_ROLES[command.name], context)
    check_not_ahead(context)
    stream = f"county/{context.log}"
    if (log := getattr(command, "log", context.log)) != context.log:
        refuse(
            "another-log",
            f"命令写明县账{called.value(log).zh}，却送到了{called.value(context.log).zh}：请送到所写的县账。",
            f"The command names log {called.value(log).en}, and was sent to {called.value(context.log).en}: send it"
            " there.",
        )
    if isinstance(command, c.OpenLog):
        return [(stream, _opened(command, state))]
    if not state.opened:
        refuse(
            "log-not-open",
            f"县账{called.value(context.log).zh}尚未开账：请先【开账】。",
            f"Log {called.value(context.log).en} is not open yet: open it first (casework init).",
        )
    match command:
        case c.ChangePolicy():
            policy = _policy(command.policy)
            return [] if policy == state.policy else [(stream, PolicyChanged(policy=policy, basis=command.basis))]
        case c.ChangeLaw():
            if command.law < state.law:
                refuse(
                    "law-goes-forward",
                    f"现行规则是第 {state.law} 版，要求改为第 {command.law} 版：旧规则只存档备查，"
                    f"请改用比第 {state.law} 版更新的规则。",
                    f"Law {state.law} is in force, and {command.law} is asked for: old laws stay on record, and only"
                    f" a later one than {state.law} can follow.",
                )
            return [] if command.law == state.law else [(stream, LawChanged(law=command.law))]
        case c.AcceptClock():
            head_at, clock_at = (written(instant(moment)) for moment in (command.head_at, command.clock_at))
            return [(stream, ClockAccepted(head_at=head_at, clock_at=clock_at))]
        case c.RecordLockOut():
            return [(stream, AccountLocked(cadre=command.cadre))]
        case _:
            return decide_privacy(command, state, context)


def _opened(command: c.OpenLog, state: CountyState) -> LogOpened:
    if state.opened:
        refuse(
            "log-open-already",
            f"本账已经开账（{state.origin}）：请直接使用。",
            f"This log is open already as {state.origin}: go on with it.",
        )
    try:
        ZoneInfo(command.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        refuse(
            "unknown-time-zone",
            f"{called.value(command.time_zone).zh}不是时区名：请使用标准时区名，如“Asia/Shanghai”。",
            f"{called.value(command.time_zone).en} is no time zone: use an IANA name such as Asia/Shanghai.",
            ("Asia/Shanghai",),
        )
    return LogOpened(
        origin=command.origin,
        county=command.county,
        time_zone=command.time_zone,
        law=command.law,
        clock=command.clock,
        policy=_policy(command.policy),
    )


def _policy(numbers: Policy) -> Policy:
    """The numbers as the event holds them; none may be negative, or so large that no date could follow from it."""
    wrong = {name: number for name, number in asdict(numbers).items() if not 0 <= number <= LARGEST}
    if wrong:
        listed = Text(
            "、".join(f"{called.member(Policy, name).zh}填了 {number}" for name, number in wrong.items()),
            ", ".join(f"{name} = {number}" for name, number in wrong.items()),
        )
        refuse(
            "number-out-of-range",
            f"政策参数应在 0 至 {LARGEST} 之间，而{listed.zh}：请改正。",
            f"A policy's numbers are 0 to {LARGEST}, and {listed.en}: correct them.",
        )
    return Policy(**asdict(numbers))
