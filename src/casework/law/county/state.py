"""The state of a county's log, and its fold."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from casework.law import members as m
from casework.law.county.events import (
    AccountLocked,
    ClockAccepted,
    LawChanged,
    LogOpened,
    PersonalDataErased,
    PolicyChanged,
)
from casework.law.county.privacy_events import (
    AccessDigested,
    LegalHoldPlaced,
    LegalHoldReleased,
    RetentionRule,
    RetentionSet,
)
from casework.law.event import Recorded, shared
from casework.law.policy import Policy
from casework.text import meaning


class CountyState(Struct, frozen=True, kw_only=True):
    """The county as it stands after an entry; members as in `LogOpened` unless said here."""

    rev: m.Rev[int] = -1
    effective_on: m.EffectiveOn[str] = ""
    opened: Annotated[bool, meaning("已开账", "whether entry 0 is there")] = False
    origin: str = ""
    county: str = ""
    time_zone: str = "Asia/Shanghai"
    law: int = 0
    clock: str = ""
    policy: Policy = Policy()
    accepted: Annotated[
        ClockAccepted | None, meaning("已确认的时钟", "the last clock that an operator confirmed; none before")
    ] = None
    holds: Annotated[
        tuple[LegalHoldPlaced, ...], meaning("依法留存", "legal holds not released, past ones included")
    ] = ()
    retention: Annotated[tuple[RetentionRule, ...], meaning("保存规则", "how long personal data are kept")] = ()
    digested_on: Annotated[str, meaning("台账日结至", "last day whose readings are fixed; '' for none")] = ""


def evolve_county(state: CountyState, recorded: Recorded) -> CountyState:
    """The state after one more entry of its stream."""
    state = replace(state, rev=recorded.rev, effective_on=max(state.effective_on, recorded.occurred_on))
    match recorded.event:
        case LogOpened() as event:
            return replace(state, **shared(event, CountyState), opened=True)
        case PolicyChanged() as event:
            return replace(state, policy=event.policy)
        case LawChanged() as event:
            return replace(state, law=event.law)
        case LegalHoldPlaced() as event:
            return replace(state, holds=(*state.holds, event))
        case LegalHoldReleased() as event:
            return replace(state, holds=tuple(one for one in state.holds if one.hold != event.hold))
        case RetentionSet() as event:
            return replace(state, retention=event.rules)
        case AccessDigested() as event:
            return replace(state, digested_on=event.day)
        case ClockAccepted() as event:
            return replace(state, accepted=event)
        case PersonalDataErased() | AccountLocked():
            return state
        case other:
            raise TypeError(f"{other.name} is nothing that happens to a county ({recorded.stream})")
