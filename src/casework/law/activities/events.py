"""Acts without a case (`activity/<uuid>`): visits, patrols, service at a station, study sessions."""

from __future__ import annotations

from typing import Annotated

from casework.law import members as m
from casework.law.event import Event
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


ACTIVITY_EVENTS: dict[str, type[Event]] = {event.name: event for event in (ActivityRecorded, ActivityLed)}
