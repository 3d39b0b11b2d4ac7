"""The state of an act without a case, and its fold."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from casework.law import members as m
from casework.law.activities.events import ActivityLed, ActivityRecorded
from casework.law.cases.corrections import RecordCorrected
from casework.law.event import Recorded
from casework.text import meaning


class ActivityState(Struct, frozen=True, kw_only=True, gc=False):
    """An activity as it stands after an entry; members as in `ActivityRecorded` unless said here."""

    rev: m.Rev[int] = -1
    effective_on: m.EffectiveOn[str] = ""
    occurred_on: Annotated[str, meaning("发生日期", "county-local date on which it was done")] = ""
    counts_for: Annotated[str, meaning("行为人", "whose act it was")] = ""
    activity: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    households: int = 0
    participants: int = 0
    station: str = ""
    cases: tuple[str, ...] = ()
    corrections: Annotated[int, meaning("更正次数", "corrections entered")] = 0


def evolve_activity(state: ActivityState, recorded: Recorded) -> ActivityState:
    """The state after one more entry of its stream."""
    state = replace(state, rev=recorded.rev, effective_on=max(state.effective_on, recorded.occurred_on))
    match recorded.event:
        case ActivityRecorded() as event:
            return replace(
                state,
                occurred_on=recorded.occurred_on,
                counts_for=recorded.counts_for,
                activity=event.activity,
                area=event.area,
                township=event.township,
                unit=event.unit,
                households=event.households,
                participants=event.participants,
                station=event.station,
                cases=event.cases,
            )
        case ActivityLed() as event:
            return replace(state, cases=(*state.cases, event.case))
        case RecordCorrected() as event:
            return replace(state, corrections=state.corrections + (not event.along))
        case other:
            raise TypeError(f"{other.name} is nothing that happens to an activity ({recorded.stream})")
