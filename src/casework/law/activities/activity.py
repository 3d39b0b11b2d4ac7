"""Acts without a case (`activity/<uuid>`): visits, patrols, service at a station, study sessions."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct
from msgspec.structs import replace

from casework.law import members as m
from casework.law.activities.refusals import refused
from casework.law.cases import names as called
from casework.law.cases.correcting import correct
from casework.law.cases.corrections import RecordCorrected
from casework.law.cases.guards import close_to, deciding
from casework.law.cases.roster_lookups import area_of
from casework.law.cases.state import CaseState
from casework.law.command import ActivityStream, CaseStream, Code, Command, Count, Reference, Slug, Words
from casework.law.context import Context
from casework.law.event import Event, Recorded, shared, stated
from casework.law.rule import Decided, Rule, rule
from casework.text import Text, meaning

ACTIVITY_KINDS: dict[str, str] = {
    "household_visit": "入户走访",
    "patrol": "巡查",
    "station_service": "驿站服务",
    "study_session": "学习宣讲",
    "survey": "需求调查",
    "volunteering": "志愿服务",
    "other": "其他",
}


class ActivityRecorded(Event, frozen=True, kw_only=True):
    name = "activity-recorded.v1"
    term = Text("日常服务", "Somebody did something for the people that belongs to no case.")
    code_terms = {"activity": ACTIVITY_KINDS}
    correctable = frozenset(
        {"activity", "area", "township", "households", "participants", "station", "occurred", "occurred_on"}
    )
    sealed = {"note": m.ActivityNote}

    activity: m.ActivityKind[str]
    area: m.Area[str] = ""
    township: m.Township[str] = ""
    unit: Annotated[str, meaning("单位", "unit of the person who did it")] = ""
    households: m.Households[int] = 0
    participants: m.Participants[int] = 0
    station: m.Station[str] = ""
    cases: m.LedTo[tuple[str, ...]] = ()


class ActivityLed(Event, frozen=True, kw_only=True):
    name = "activity-led.v1"
    term = Text("转为办件", "The activity led to a case.")
    case: m.Case[str]


class RecordActivity(Command, frozen=True, kw_only=True):
    name = "record-activity"
    term = Text("日常服务", "Record something done for the people that belongs to no case.")
    seals = {"note": (0, "note")}
    activity: ActivityStream
    what: m.ActivityKind[
        Literal["household_visit", "patrol", "station_service", "study_session", "survey", "volunteering", "other"]
    ]
    area: m.Area[Code] = ""
    households: m.Households[Count] = 0
    participants: m.Participants[Count] = 0
    station: m.Station[Reference] = ""
    cases: m.LedTo[tuple[CaseStream, ...]] = ()
    note: m.ActivityNote[Words] = ""


class LinkActivity(Command, frozen=True, kw_only=True):
    name = "link-activity"
    term = Text("转为办件", "Say that an activity led to a case.")
    activity: ActivityStream
    case: CaseStream


class CorrectActivity(Command, frozen=True, kw_only=True):
    name = "correct-activity"
    term = Text("更正日常服务", "Say what a recorded value of an activity should have been.")
    seals = {"explanation": (0, "explanation")}
    needs_history = True
    activity: ActivityStream
    rev: m.CorrectedRev[Annotated[int, Meta(ge=0)]]
    member: m.CorrectedMember[Slug]
    value: m.CorrectedValue[bool | int | str]
    reason: m.CorrectionReason[
        Literal["typing_error", "wrong_place", "wrong_date", "checked_on_site", "ledger_changed", "other"]
    ]
    explanation: m.Explanation[Words] = ""


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
                state, **shared(event, ActivityState), occurred_on=recorded.occurred_on, counts_for=recorded.counts_for
            )
        case ActivityLed() as event:
            return replace(state, cases=(*state.cases, event.case))
        case RecordCorrected() as event:
            return replace(state, corrections=state.corrections + (not event.along))
        case other:
            raise TypeError(f"{other.name} is nothing that happens to an activity ({recorded.stream})")


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
    event = stated(
        ActivityRecorded,
        command,
        activity=command.what,
        township=township,
        unit=context.unit,
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
ACTIVITY_EVENTS: dict[str, type[Event]] = {event.name: event for event in (ActivityRecorded, ActivityLed)}
