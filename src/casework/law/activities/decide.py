"""Acts without a case: recorded, linked to the cases they led to, corrected."""

from __future__ import annotations

from casework.law.activities.events import ACTIVITY_KINDS, ActivityLed, ActivityRecorded
from casework.law.activities.refusals import refused
from casework.law.activities.state import ActivityState
from casework.law.cases import names as called
from casework.law.cases.correcting import correct
from casework.law.cases.guards import close_to, deciding
from casework.law.cases.roster_lookups import area_of
from casework.law.cases.state import CaseState
from casework.law.context import Context
from casework.law.county.commands import CorrectActivity, LinkActivity, RecordActivity
from casework.law.rule import Decided, Rule, rule
from casework.text import Text


def _recorded(state: ActivityState, stream: str) -> ActivityState:
    if state.rev < 0:
        raise refused("no-such-activity", stream=stream)
    return state


def _record(command: RecordActivity, state: ActivityState, context: Context) -> Decided:
    if state.rev >= 0:
        raise refused(
            "activity-exists",
            activity=command.activity,
            kind=Text(ACTIVITY_KINDS.get(state.activity, state.activity), state.activity),
        )
    if command.what not in ACTIVITY_KINDS:
        nearest = close_to(command.what, tuple(ACTIVITY_KINDS))
        raise refused(
            "unknown-code",
            activity=called.value(command.what),
            choices=called.choices(nearest, ACTIVITY_KINDS),
            nearest=nearest,
        )
    township = ""
    if command.area:
        area_of(command.area, context)
        township = context.roster.township_of(command.area, context.today)
    event = ActivityRecorded(
        activity=command.what,
        area=command.area,
        township=township,
        unit=context.unit,
        households=command.households,
        participants=command.participants,
        station=command.station,
        cases=tuple(dict.fromkeys(command.cases)),
    )
    return [(command.activity, event)]


def _link(command: LinkActivity, state: ActivityState, context: Context) -> Decided:
    _recorded(state, command.activity)
    case: CaseState = context.others[command.case]
    if not case.status:
        raise refused("no-such-case", case=command.case)
    if command.case in state.cases:
        return []
    return [(command.activity, ActivityLed(case=command.case))]


def _correct(command: CorrectActivity, state: ActivityState, context: Context) -> Decided:
    _recorded(state, command.activity)
    return correct(command, command.activity, context)


_WHO_ACT = "cadre unit_lead reporter dispatcher supervisor"
RULES: tuple[Rule, ...] = (
    rule(RecordActivity, _record, (), _WHO_ACT, begins=True),
    rule(LinkActivity, _link, (), _WHO_ACT, resource="cases", reads=("case",)),
    rule(CorrectActivity, _correct, (), "supervisor", resource="corrections", judges=True),
)
decide_activity = deciding(RULES)
