"""Given, when, then: a fictional county to try law and projections in.

    given(CaseRegistered(number="000000-2026-000001", kind="difficulty", category="road", area="pine-1"))
        .when(AcceptCase(case=CASE), role="dispatcher")
        .then(like(CaseAccepted, category="road"))
        .leaves(status="accepted")

    recorded(registered, later(days=2), step(action, actor="cadre/frog"), do(ArchiveCase(case=CASE)))

`recorded` gives what a log would hold. Every place, unit and person here is invented.
"""

from casework.testing.given import Given, Like, When, given, like, on
from casework.testing.hamlet import LOG, PEOPLE, directory, hamlet
from casework.testing.story import (
    ACTIVITY,
    CASE,
    COUNTY,
    FINDING,
    START,
    SURVEY,
    TIME_ZONE,
    Do,
    Later,
    Step,
    Story,
    case,
    do,
    later,
    recorded,
    step,
)

__all__ = [
    "ACTIVITY",
    "CASE",
    "COUNTY",
    "FINDING",
    "LOG",
    "PEOPLE",
    "START",
    "SURVEY",
    "TIME_ZONE",
    "Do",
    "Given",
    "Later",
    "Like",
    "Step",
    "Story",
    "When",
    "case",
    "directory",
    "do",
    "given",
    "hamlet",
    "later",
    "like",
    "on",
    "recorded",
    "step",
]
