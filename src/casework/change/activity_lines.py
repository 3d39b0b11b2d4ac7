"""Change table and lines of activities, which are acts without a case."""

from __future__ import annotations

from casework.change.columns import CONFIDENTIALITY, FOR_SCOPE, LATE, Lines, change_table, days_between
from casework.database.metadata import texts, wholes
from casework.law.activities.activity import ActivityRecorded, ActivityState
from casework.law.event import Recorded

activity_change = change_table(
    "activity_change",
    texts(
        activity="what was done: visit, patrol, service, study, …",
        area="where",
        township="township of the place",
        unit="by whose unit",
        station="service station; '' elsewhere",
        confidentiality=FOR_SCOPE,
    ),
    wholes(
        is_activity="1 for the activity itself; 0 for what is added to it later",
        households="households visited",
        participants="people who took part",
        cases="cases it led to",
        days_late_recorded=LATE,
    ),
    comment="Acts without a case: what was done where, by whose unit, for how many.",
)


def activity_lines(r: Recorded, before: ActivityState, after: ActivityState) -> Lines:
    """The one line that every entry of an activity has; its measures are what the entry added."""
    line = (
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
    return ((1, line),)
