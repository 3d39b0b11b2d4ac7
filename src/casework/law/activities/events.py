"""Acts without a case (`activity/<uuid>`): visits, patrols, service at a station, study sessions."""

from __future__ import annotations

from typing import ClassVar

from casework.law.event import Event

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
    """Somebody did something for the people that belongs to no case (日常服务).

    activity — 活动种类 — see ACTIVITY_KINDS
    area — 地点 — area code
    township — 乡镇 — township of the place, stamped from the roster
    unit — 单位 — unit of whoever did it
    households — 户数 — households visited
    participants — 人次 — people who took part
    station — 驿站 — code of a service point; '' when none
    cases — 引出的案件 — streams of cases it led to
    note — 记录 — (sealed)
    """

    name: ClassVar[str] = "activity-recorded.v1"
    codes: ClassVar[dict[str, dict[str, str]]] = {"activity": ACTIVITY_KINDS}
    correctable: ClassVar[frozenset[str]] = frozenset(
        {"activity", "area", "township", "households", "participants", "station", "occurred", "occurred_on"}
    )
    sealed: ClassVar[frozenset[str]] = frozenset({"note"})

    activity: str
    area: str = ""
    township: str = ""
    unit: str = ""
    households: int = 0
    participants: int = 0
    station: str = ""
    cases: tuple[str, ...] = ()


class ActivityLed(Event, frozen=True, kw_only=True):
    """The activity led to a case (转为案件).

    case — 案件 — its stream
    """

    name: ClassVar[str] = "activity-led.v1"
    case: str


ACTIVITY_EVENTS: dict[str, type[Event]] = {event.name: event for event in (ActivityRecorded, ActivityLed)}
