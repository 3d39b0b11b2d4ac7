"""Decides commands of the county: opening, policy, law version, clock, erasure."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec.structs import asdict

from casework.law.cases import names as called
from casework.law.cases.deadlines import instant, written
from casework.law.cases.guards import deciding
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.commands import AcceptClock, ChangeLaw, ChangePolicy, OpenLog, RecordLockOut
from casework.law.county.decide_privacy import decide_privacy
from casework.law.county.events import AccountLocked, ClockAccepted, LawChanged, LogOpened, PolicyChanged
from casework.law.county.privacy_commands import DigestAccess, ErasePersonalData, PlaceHold, ReleaseHold, SetRetention
from casework.law.county.refusals import refused
from casework.law.county.state import CountyState
from casework.law.event import stated
from casework.law.policy import Policy
from casework.law.rule import Decided, Rule, rule
from casework.text import Text

#: the largest number of a policy: a century in days, ten years in hours
LARGEST = 100_000


def _decide(command: Command, state: CountyState, context: Context) -> Decided:
    stream = f"county/{context.log}"
    if (log := getattr(command, "log", context.log)) != context.log:
        raise refused("another-log", named=called.value(log), log=called.value(context.log))
    if isinstance(command, OpenLog):
        return [(stream, _opened(command, state))]
    if not state.opened:
        raise refused("log-not-open", log=called.value(context.log))
    match command:
        case ChangePolicy():
            policy = _policy(command.policy)
            return [] if policy == state.policy else [(stream, PolicyChanged(policy=policy, basis=command.basis))]
        case ChangeLaw():
            if command.law < state.law:
                raise refused("law-goes-forward", law=state.law, asked=command.law)
            return [] if command.law == state.law else [(stream, LawChanged(law=command.law))]
        case AcceptClock():
            head_at, clock_at = (written(instant(moment)) for moment in (command.head_at, command.clock_at))
            return [(stream, ClockAccepted(head_at=head_at, clock_at=clock_at))]
        case RecordLockOut():
            return [(stream, AccountLocked(cadre=command.cadre))]
        case _:
            return decide_privacy(command, state, context)


def _opened(command: OpenLog, state: CountyState) -> LogOpened:
    if state.opened:
        raise refused("log-open-already", origin=state.origin)
    try:
        ZoneInfo(command.time_zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise refused(
            "unknown-time-zone", time_zone=called.value(command.time_zone), nearest=("Asia/Shanghai",)
        ) from None
    return stated(LogOpened, command, policy=_policy(command.policy))


def _policy(numbers: Policy) -> Policy:
    """The numbers as the event holds them; none may be negative, or so large that no date could follow from it."""
    wrong = {name: number for name, number in asdict(numbers).items() if not 0 <= number <= LARGEST}
    if wrong:
        listed = Text(
            "、".join(f"{called.member(Policy, name).zh}填了 {number}" for name, number in wrong.items()),
            ", ".join(f"{name} = {number}" for name, number in wrong.items()),
        )
        raise refused("number-out-of-range", largest=LARGEST, listed=listed)
    return Policy(**asdict(numbers))


RULES: tuple[Rule, ...] = (
    rule(OpenLog, _decide, (), "administrator"),
    rule(ChangePolicy, _decide, (), "administrator", resource="policy"),
    rule(ChangeLaw, _decide, (), "administrator", resource="law"),
    rule(AcceptClock, _decide, (), "administrator"),
    # the clock erases what the retention rules say is over, and nothing else
    rule(ErasePersonalData, _decide, (), "privacy_officer clock"),
    rule(PlaceHold, _decide, (), "privacy_officer"),
    rule(ReleaseHold, _decide, (), "privacy_officer"),
    rule(SetRetention, _decide, (), "privacy_officer", resource="privacy/retention"),
    rule(DigestAccess, _decide, (), "clock"),
    rule(RecordLockOut, _decide, (), "clock"),
)
decide_county = deciding(RULES)
