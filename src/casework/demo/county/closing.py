"""Simulates how cases end: submitted, reviewed, called back about, closed."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.life import Act, Life
from casework.demo.county.year import MINUTE

_WAIVERS = ("anonymous", "declined", "declined", "collective", "other")


def handled(life: Life, days: float) -> Iterator[Act]:
    """The work, about DAYS long; if the due instant passes, the clock notes it and leaders remind the unit."""
    hours = days * 24
    if life.happens(0.25):
        life.wait(1, 10)
        yield life.as_lead("contact-resident", channel="phone", reached=life.happens(0.85))
    life.wait(2, 0.5 * hours)
    yield life.work()
    if life.happens(0.15):
        life.wait(1, 0.2 * hours)
        yield life.work()
    yield from rest(life, 0.5 * hours)


def rest(life: Life, hours: float) -> Iterator[Act]:
    """Let the remaining hours pass, possibly beyond the due instant."""
    before = life.now
    life.wait(0.3 * hours, hours)
    if life.due and before <= life.due < life.now:
        done = life.now
        yield from late(life)
        life.now = max(life.now, done)


def late(life: Life) -> Iterator[Act]:
    """Overdue: the clock notes it, and leaders remind the unit."""
    life.now = life.due + MINUTE
    yield life.by_clock()
    if life.happens(0.1):
        yield life.act("escalate-case", "system/clock", "clock", level=1, trigger="overdue")
    if life.happens(0.3):
        life.wait(1, 9)
        yield life.as_supervisor("remind-unit", **life.note(0.5, "note", words.why(life.chance, "urge")))


def submitted(life: Life, result: str = "solved", beneficiaries: int = 0) -> Act:
    """提交办结."""
    answer = life.note(0.5, "answer", words.answer(life.chance, result == "solved"))
    also = {"beneficiaries": beneficiaries} if beneficiaries else {}
    return life.as_lead("submit-resolution", result=result, **also, **answer)


def reviewed(life: Life) -> Act:
    """审核通过."""
    return life.as_reviewer("approve-resolution")


def ended(life: Life, calls: float, waivers: tuple[str, ...] = _WAIVERS, *, solved: bool = True) -> Iterator[Act]:
    """Review, callback with the probability CALLS (else a waiver) and closing."""
    life.wait(0.5, 20)
    yield reviewed(life)
    life.wait(0.5, 30)
    if not life.happens(calls):
        yield life.as_dispatcher("close-case", waiver=life.chance.choice(waivers))
        return
    if life.happens(0.08):
        yield life.as_caller("record-callback", reached=False)
        life.wait(2, 20)
    yield called_back(life, solved=solved)
    life.wait(0.2, 8)
    yield life.as_dispatcher("close-case")


def called_back(life: Life, *, solved: bool) -> Act:
    """回访: the resident says whether it is solved."""
    chance = life.chance
    return life.as_caller(
        "record-callback",
        reached=True,
        solved="yes" if solved else "no",
        satisfaction=chance.choice((3, 4, 4, 5, 5, 5)) if solved else chance.choice((1, 1, 2)),
        **life.note(0.3, "note", words.called(chance, solved)),
    )
