"""Simulates planned matters (民生实事) with their milestones and beneficiaries."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.closing import ended, late, reviewed, submitted
from casework.demo.county.intake import dispatched, signed_for
from casework.demo.county.life import Act, Life
from casework.demo.county.year import DAY, end_of_day

#: steps of a matter, and the share of its time by which each is planned
_STEPS = (("survey", 0.15), ("materials", 0.35), ("works", 0.7), ("acceptance", 0.95))


def _planned(life: Life) -> Iterator[Act]:
    """Registered by a leader with due date and planned beneficiaries, then dispatched and signed for."""
    chance = life.chance
    life.topic, summary = words.planned(chance, life.village.name)
    life.category = next(code for code, of in life.cast.categories.items() if life.topic in of.topics)
    days = chance.choice((30, 45, 60, 60, 90, 120))
    people = chance.choice((12, 20, 35, 48, 60, 80, 120, 160, 240, 320))
    life.due = end_of_day(life.now, days)
    yield life.as_supervisor(
        "register-case",
        kind="matter",
        category=life.category,
        topic=life.topic,
        channel="plan",
        area=life.village.area,
        confidentiality="public",
        planned_beneficiaries=people,
        due_on=life.on(days),
        summary=summary,
    )
    life.wait(1, 24)
    yield life.as_dispatcher("accept-case")
    life.wait(0.5, 12)
    yield dispatched(life, life.station)
    life.wait(0.5, 20)
    yield signed_for(life)


def _steps(life: Life) -> list[tuple[str, float]]:
    """Two or three of the steps in order; acceptance is always one of them."""
    return sorted(
        (*life.chance.sample(_STEPS[:-1], life.chance.choice((1, 1, 2))), _STEPS[-1]), key=lambda step: step[1]
    )


def _milestones(life: Life, steps: list[tuple[str, float]]) -> Iterator[Act]:
    """A planned date for each step."""
    whole = life.due - life.now
    for milestone, share in steps:
        planned_on = life.on(int(share * whole / DAY))
        yield life.as_lead("plan-milestone", milestone=milestone, planned_on=planned_on, title=words.step(milestone))


def _done(life: Life, pace: float) -> Iterator[Act]:
    """All steps, at PACE: above 1, the matter is late."""
    begun, whole = life.now, life.due - life.now
    steps = _steps(life)
    yield from _milestones(life, steps)
    for milestone, share in steps:
        yield from _until(life, begun + int(share * pace * whole / 1000) * 1000)
        if milestone == "works" or life.happens(0.2):
            yield life.work()
        yield life.as_lead("reach-milestone", milestone=milestone)
    yield life.work()


def _until(life: Life, moment: int) -> Iterator[Act]:
    """Wait until about MOMENT; if the due instant passes, the clock notes it."""
    was = life.now
    moment = max(was, min(moment, life.until))
    if was <= life.due < moment:
        yield from late(life)
    life.now = max(life.now, moment)
    life.wait(0.1, 3)


def completed(life: Life) -> Iterator[Act]:
    """办结, with the actual beneficiaries."""
    chance = life.chance
    yield from _planned(life)
    yield from _done(life, chance.choice((0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.15)))
    life.wait(1, 12)
    yield submitted(life, beneficiaries=chance.choice((10, 18, 33, 50, 64, 85, 118, 170, 236, 330)))
    yield from ended(life, 0.3, waivers=("sample",))


def not_done(life: Life) -> Iterator[Act]:
    """未完成: given up within the year."""
    yield from _planned(life)
    yield from _done(life, 0.6)
    life.wait(1, 12)
    yield submitted(life, "not_solved")
    yield from ended(life, 0, waivers=("sample",))


def under_way(life: Life) -> Iterator[Act]:
    """Not yet completed, in time or late."""
    yield from _planned(life)
    yield from _milestones(life, _steps(life))
    life.wait(10, 60)
    yield life.work()
    if life.now <= life.due < life.until - DAY:
        yield from late(life)


def waiting_for_review(life: Life) -> Iterator[Act]:
    """Submitted and reviewed, not yet closed."""
    yield from _planned(life)
    yield from _done(life, 0.4)
    life.wait(1, 12)
    yield submitted(life, beneficiaries=life.chance.choice((12, 30, 55, 90, 140)))
    life.wait(1, 20)
    yield reviewed(life)
