"""Simulates cases still open at the year's end: waiting, in hand, late, parked."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.closing import late, reviewed, submitted
from casework.demo.county.difficulties import back_on_a_desk, plain, shelved
from casework.demo.county.intake import asked, dispatched, handed_over, registered, signed_for, taken_up
from casework.demo.county.life import Act, Life
from casework.demo.county.year import DAY, end_of_day, local_day


def waiting_to_be_accepted(life: Life) -> Iterator[Act]:
    """Registered, not yet accepted."""
    asked(life)
    yield registered(life)


def waiting_to_be_dispatched(life: Life) -> Iterator[Act]:
    """Accepted, not yet dispatched."""
    asked(life)
    yield from taken_up(life)


def waiting_to_be_signed_for(life: Life) -> Iterator[Act]:
    """Dispatched, not yet signed for."""
    asked(life)
    yield from taken_up(life)
    life.wait(0.2, 5)
    yield dispatched(life)


def in_hand(life: Life) -> Iterator[Act]:
    """Signed for and not yet solved, in time or late."""
    yield from handed_over(life)
    if life.happens(0.6):
        life.wait(2, 40)
        yield life.work()
    if life.now <= life.due < life.until - DAY:
        yield from late(life)


def asking_for_time(life: Life) -> Iterator[Act]:
    """A requested extension waits for a decision."""
    yield from handed_over(life)
    life.wait(2, 20)
    yield life.work()
    if life.now < life.due:
        yield life.as_lead(
            "request-extension",
            due_on=local_day(end_of_day(life.due, 7)),
            reason="weather",
            explanation=words.why(life.chance, "extension"),
        )


def waiting_for_review(life: Life) -> Iterator[Act]:
    """Submitted, not yet reviewed."""
    yield from handed_over(life)
    life.wait(2, 20)
    yield life.work()
    life.wait(2, 20)
    yield submitted(life)


def waiting_for_callback(life: Life) -> Iterator[Act]:
    """Reviewed, before the callback."""
    yield from waiting_for_review(life)
    life.wait(1, 10)
    yield reviewed(life)


def parked(life: Life) -> Iterator[Act]:
    """Parked, and reviewed from time to time."""
    yield from shelved(life)
    while life.days_left() > 30:
        life.wait(20 * 24, 28 * 24)
        yield life.as_supervisor("review-park", review_on=life.on(life.chance.randint(30, 80)))


def taken_up_again(life: Life) -> Iterator[Act]:
    """Solved, then reopened and signed for again."""
    yield from plain(life)
    life.wait(24, 20 * 24)
    yield back_on_a_desk(life, "came_back")
    life.wait(0.5, 12)
    yield signed_for(life)
