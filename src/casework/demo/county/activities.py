"""Simulates work without a case: visits, patrols, service at a station."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.life import Act, Life
from casework.demo.county.year import HOUR

_KINDS = (
    "household_visit",
    "household_visit",
    "household_visit",
    "patrol",
    "station_service",
    "study_session",
    "survey",
)


def served(life: Life) -> Iterator[Act]:
    """日常服务, by the responsible cadre of the village or another; sometimes recorded offline."""
    chance = life.chance
    what = chance.choice(_KINDS)
    members = {
        "activity": f"activity/{life.id}",
        "what": what,
        "area": life.village.area,
        **_extent(life, what),
        **life.note(0.2, "note", words.activity(chance)),
    }
    cadre = life.village.answering if life.happens(0.6) else chance.choice(chance.choice(life.stations).people)
    act = Act(life.now, "record-activity", members, cadre, "cadre")
    life.since = life.now - 30 * HOUR
    yield life.of_field(act) if life.happens(0.12) else act


def _extent(life: Life, what: str) -> dict[str, object]:
    if what == "household_visit":
        return {"households": life.chance.randint(1, 9)}
    if what == "station_service":
        return {"participants": life.chance.randint(3, 25), "station": f"yizhan-{life.village.area}"}
    return {"participants": life.chance.randint(2, 40)}
