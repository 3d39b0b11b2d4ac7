"""Change lines of activities, which are acts without a case."""

from __future__ import annotations

from casework.change.case_lines import Tail, days_between
from casework.law.activities.events import ActivityRecorded
from casework.law.activities.state import ActivityState
from casework.law.event import Recorded

#: activities know no levels of secrecy: they are seen as cases are by default, within the office
CONFIDENTIALITY = "internal"


def activity_tail(r: Recorded, before: ActivityState, after: ActivityState) -> Tail:
    """The line of `activity_change` that every entry of an activity has; its measures are what the entry added."""
    return (
        r.seq,
        r.stream,
        r.rev,
        r.event.name,
        r.actor,
        r.role,
        r.unit,
        r.counts_for,
        r.occurred_on,
        after.effective_on,
        after.activity,
        after.area,
        after.township,
        after.unit,
        after.station,
        CONFIDENTIALITY,
        int(isinstance(r.event, ActivityRecorded)),
        after.households - before.households,
        after.participants - before.participants,
        len(after.cases) - len(before.cases),
        days_between(r.occurred_on, r.recorded_on),
    )
