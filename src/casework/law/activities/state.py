"""The state of an act without a case, and its fold."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from casework.law.activities.events import ActivityLed, ActivityRecorded
from casework.law.cases.corrections import RecordCorrected
from casework.law.event import Recorded


class ActivityState(Struct, frozen=True, kw_only=True, gc=False):
    """An activity as it stands after an entry; members as in `ActivityRecorded` unless said here.

    rev — 修订号 — revision of the last entry; -1 before the first
    effective_on — 生效日期 — the latest `occurred_on` of the stream so far
    occurred_on — 发生日期 — county-local date on which it was done
    counts_for — 行为人 — whose act it was
    corrections — 更正次数 — corrections entered
    """

    rev: int = -1
    effective_on: str = ""
    occurred_on: str = ""
    counts_for: str = ""
    activity: str = ""
    area: str = ""
    township: str = ""
    unit: str = ""
    households: int = 0
    participants: int = 0
    station: str = ""
    cases: tuple[str, ...] = ()
    corrections: int = 0


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
