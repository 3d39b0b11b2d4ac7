"""States and roles that the rules of several procedures share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casework.law.cases.facts import OPEN_STATUSES, STATUSES
from casework.law.cases.state import CaseState
from casework.law.event import Event, Recorded

ANY: tuple[str, ...] = tuple(STATUSES)
OPEN: tuple[str, ...] = OPEN_STATUSES
WORKING = ("dispatched", "in_progress")
#: before a case exists
UNBORN: tuple[str, ...] = ("",)
#: an effect that gives back the status from before the merge
RESTORED = "before_merge"

INTAKE = "resident reporter cadre unit_lead dispatcher caller supervisor"
#: the resident who asked, or an office that they told
ON_THEIR_WORD = "resident cadre unit_lead dispatcher caller"
UNIT = "cadre unit_lead"
FIELD = "cadre unit_lead reporter dispatcher caller supervisor"

#: what each event of a procedure makes of a case: fills in a copy that nothing else holds yet
Effects = dict[type[Event], Callable[[CaseState, Recorded, Any], None]]


def no_effect(s: CaseState, r: Recorded, event: Event) -> None:
    """Leave the case as it is: the event is on record, and no decision depends on it."""
