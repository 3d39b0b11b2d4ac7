"""Simulates cases that end unsolved: explained, rejected, withdrawn, registered in error."""

from __future__ import annotations

from collections.abc import Iterator

from casework.demo.county import words
from casework.demo.county.closing import ended
from casework.demo.county.difficulties import done, in_one_go
from casework.demo.county.intake import asked, handed_over, registered
from casework.demo.county.life import Act, Life


def explained(life: Life) -> Iterator[Act]:
    """答复解释: answered with an explanation."""
    if life.happens(0.6):
        yield in_one_go(life, "explained")
    else:
        yield from done(life, "explained")
    yield from ended(life, 0.3)


def not_solved(life: Life) -> Iterator[Act]:
    """未解决: handled without success."""
    yield from done(life, "not_solved")
    yield from ended(life, 0.5, solved=False)


def rejected(life: Life) -> Iterator[Act]:
    """不予受理."""
    asked(life)
    yield registered(life)
    life.wait(0.5, 20)
    yield life.as_dispatcher(
        "reject-case",
        reason=life.chance.choice(("out_of_scope", "in_court", "duplicate_settled", "insufficient")),
        told=life.chance.choice(("phone", "visit", "sms", "not_possible")),
        explanation=words.why(life.chance, "reject"),
    )


def withdrawn(life: Life) -> Iterator[Act]:
    """撤单: withdrawn by the resident."""
    yield from handed_over(life)
    life.wait(2, 40)
    yield life.as_caller(
        "withdraw-case",
        reason=life.chance.choice(("settled", "no_longer_wanted", "mistake")),
        explanation=words.why(life.chance, "withdraw"),
    )


def void(life: Life) -> Iterator[Act]:
    """作废（登记有误）."""
    asked(life)
    yield registered(life)
    life.wait(0.3, 5)
    yield life.as_dispatcher("void-case", reason=life.chance.choice(("test_entry", "typed_twice", "wrong_county")))
