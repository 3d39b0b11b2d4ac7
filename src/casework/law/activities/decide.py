"""Acts without a case: recorded, linked to the cases they led to, corrected."""

from __future__ import annotations

from casework.law.activities.events import ACTIVITY_KINDS, ACTIVITY_ROLES, ActivityLed, ActivityRecorded
from casework.law.activities.refusals import refused
from casework.law.activities.state import ActivityState
from casework.law.cases import names as called
from casework.law.cases.correcting import correct
from casework.law.cases.guards import check_not_ahead, check_role, close_to
from casework.law.cases.roster_lookups import area_of
from casework.law.cases.state import CaseState
from casework.law.command import Command
from casework.law.context import Context
from casework.law.county.commands import CorrectActivity, LinkActivity, RecordActivity
from casework.law.rule import Decided
from casework.text import Text


def decide_activity(command: Command, state: ActivityState, context: Context) -> Decided:
    """What a command about an activity causes."""
    check_role(type(command), ACTIVITY_ROLES[command.name], context)
    check_not_ahead(context)
    match command:
        case RecordActivity():
            return _record(command, state, context)
        case LinkActivity():
            return _link(_recorded(state, command.activity), command, context)
        case CorrectActivity():
            _recorded(state, command.activity)
            return correct(command, command.activity, context)
        case _:
            raise TypeError(f"{command.name} is not about an activity")


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


def _link(state: ActivityState, command: LinkActivity, context: Context) -> Decided:
    case: CaseState = context.others[command.case]
    if not case.status:
        raise refused("no-such-case", case=command.case)
    if command.case in state.cases:
        return []
    return [(command.activity, ActivityLed(case=command.case))]
