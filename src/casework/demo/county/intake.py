"""Simulates how cases arrive: registered, accepted, dispatched, signed for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casework.demo.county import words
from casework.demo.county.cast import Station
from casework.demo.county.life import Act, Life
from casework.demo.county.year import DAY, DAYS

_CHANNELS = ("counter", "counter", "counter", "hotline", "hotline", "visit", "visit", "page", "courier", "collector")
#: categories that couriers report
_HAZARDS = ("roads", "safety", "environment", "power", "water")
#: ranges of latitude and longitude of the county, in microdegrees
_LATITUDE, _LONGITUDE = (22_100_000, 23_200_000), (99_500_000, 100_500_000)


def asked(life: Life) -> None:
    """Choose a category by the season."""
    day = (life.now - life.year.opens) // DAY
    life.asks_for(life.year.category(life.chance, min(max(0, day), DAYS - 1)))


def registered(life: Life) -> Act:
    """登记, through one of the channels."""
    chance = life.chance
    channel = chance.choice(_CHANNELS)
    if channel == "courier" and life.category not in _HAZARDS:
        life.asks_for(chance.choice(_HAZARDS))
    members: dict[str, Any] = {
        "category": life.category,
        "topic": life.topic,
        "channel": channel,
        "area": life.village.area,
        "summary": words.asked(chance, life.topic, life.village.name),
    }
    if life.category == "safety" and life.happens(0.3):
        members["urgency"] = "urgent"
    if life.category in ("civil", "disputes") and life.happens(0.15):
        members["confidentiality"] = "confidential"
    return _brought(life, channel, members)


def who(life: Life) -> dict[str, Any]:
    """A new resident for every case; sometimes with an invalid telephone number that several residents share."""
    if life.happens(0.12):
        return {}
    known: dict[str, Any] = {"resident": f"resident/{life.chance.getrandbits(128):032x}"}
    if life.happens(0.2):
        number = life.chance.randrange(2000)
        known["person"] = {"full_name": f"演示群众{number:04}", "phone": f"000-000-{number:04}"}
    return known


def _brought(life: Life, channel: str, members: dict[str, Any]) -> Act:
    """The registration by the person whom the channel reaches."""
    chance = life.chance
    match channel:
        case "counter":
            return life.as_dispatcher("register-case", **members, **who(life))
        case "hotline":
            return life.as_caller("register-case", **members, **who(life))
        case "visit":
            return life.act("register-case", life.village.answering, "cadre", **members, **who(life))
        case "page":
            resident = f"resident/{chance.getrandbits(128):032x}"
            return life.act("register-case", resident, "resident", resident=resident, **members)
        case "courier":
            members["reporter"] = "courier"
            members["coordinates"] = {"latitude": chance.randint(*_LATITUDE), "longitude": chance.randint(*_LONGITUDE)}
            return life.act("register-case", chance.choice(life.cast.couriers), "reporter", **members)
        case _:
            members["reporter"] = "opinion_collector"
            collector = chance.choice(life.township.collectors)
            return life.act("register-case", collector, "reporter", **members, **who(life))


def taken_up(life: Life) -> Iterator[Act]:
    """登记 and 受理."""
    yield registered(life)
    life.wait(0.3, 8)
    yield life.as_dispatcher("accept-case")


def dispatched(life: Life, to: Station | None = None, **also: Any) -> Act:
    """派单: to the responsible station, or to the responsible cadre of the village (包保)."""
    chance = life.chance
    if not life.due:
        life.due_from_now()
    if to is None and not also and life.happens(0.2):
        life.led_by(life.village.unit, life.village.answering)
        return life.as_dispatcher("dispatch-case")
    station = to or life.station
    life.led_by(station.unit, life.somebody_of(station))
    words_of_desk = life.note(0.06, "note", words.why(chance, "urge"))
    return life.as_dispatcher("dispatch-case", unit=life.unit, lead=life.lead, **also, **words_of_desk)


def signed_for(life: Life) -> Act:
    """签收."""
    life.since = life.now
    return life.as_lead("acknowledge-case")


def handed_over(life: Life) -> Iterator[Act]:
    """登记, 受理, 派单 and 签收."""
    asked(life)
    yield from taken_up(life)
    life.wait(0.2, 5)
    yield dispatched(life)
    life.wait(0.5, 12)
    yield signed_for(life)
