"""How many cases of each course the year has, to reach the published figures."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from fractions import Fraction
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from casework.demo.county import activities, matters, still_open, unsolved
from casework.demo.county import difficulties as d
from casework.demo.county.cast import Cast
from casework.demo.county.life import Act, Life
from casework.demo.county.year import DAYS, Year

#: what a county like this reports for a year: 办结民生实事 1990 件, 解决困难问题 15120 件
MATTERS, DIFFICULTIES = 1990, 15120

Lived = Callable[[Life], Iterator[Act]]


class Kind(Struct, frozen=True):
    """Lives with the same course.

    live         generator of the acts
    count        how many there are in the whole county
    stands       how each ends: an outcome, `open`, or '' for activities
    before_end   days before the year's end by which they have begun
    age          of open cases: mean days since registration
    """

    live: Lived
    count: int
    stands: str
    before_end: int = 1
    age: float = 0


#: the count of the first kind is adjusted so that solved cases add up to the target
_DIFFICULTIES = (
    Kind(d.on_the_spot, 8600, "solved", 6),
    Kind(d.plain, 4150, "solved", 40),
    Kind(d.told_twice, 300, "solved", 45),
    Kind(d.returned, 260, "solved", 45),
    Kind(d.transferred, 380, "solved", 45),
    Kind(d.extended, 330, "solved", 60),
    Kind(d.paused, 110, "solved", 60),
    Kind(d.joint, 380, "solved", 45),
    Kind(d.sent_back, 160, "solved", 45),
    Kind(d.supervised, 130, "solved", 50),
    Kind(d.reassigned, 60, "solved", 45),
    Kind(d.said_unsolved, 100, "solved", 60),
    Kind(d.reopened, 190, "solved", 80),
    Kind(d.parked_and_solved, 120, "solved", 120),
    Kind(unsolved.explained, 760, "explained", 40),
    Kind(unsolved.not_solved, 110, "not_solved", 45),
    Kind(unsolved.rejected, 290, "rejected", 5),
    Kind(unsolved.withdrawn, 190, "withdrawn", 10),
    Kind(unsolved.void, 30, "registered_in_error", 3),
    Kind(still_open.waiting_to_be_accepted, 60, "open", age=1.5),
    Kind(still_open.waiting_to_be_dispatched, 70, "open", age=2),
    Kind(still_open.waiting_to_be_signed_for, 170, "open", age=4),
    Kind(still_open.in_hand, 1180, "open", age=22),
    Kind(still_open.asking_for_time, 90, "open", before_end=3, age=4),
    Kind(still_open.waiting_for_review, 200, "open", before_end=4, age=6),
    Kind(still_open.waiting_for_callback, 180, "open", before_end=6, age=7),
    Kind(still_open.parked, 250, "open", before_end=9, age=60),
    Kind(still_open.taken_up_again, 130, "open", before_end=75, age=30),
)
_MATTERS = (
    Kind(matters.completed, 1990, "solved", 155),
    Kind(matters.not_done, 12, "not_solved", 155),
    Kind(matters.under_way, 270, "open", before_end=8, age=45),
    Kind(matters.waiting_for_review, 40, "open", before_end=60, age=20),
)
_ACTIVITIES = (Kind(activities.served, 3600, ""),)


class Expected(Struct, frozen=True):
    """Figures that the projections must show in the end."""

    matters_completed: int
    matters_open: int
    difficulties_solved: int
    difficulties_open: int


class Plan:
    """All lives of a county, or of a share of one."""

    def __init__(self, year: Year, seed: int, share: Fraction = Fraction(1)) -> None:
        self.year, self.seed = year, seed
        self._difficulties = _shared(_DIFFICULTIES, share, round(DIFFICULTIES * share))
        self._matters = _shared(_MATTERS, share, round(MATTERS * share))
        self._activities = _shared(_ACTIVITIES, share, 0)

    def expected(self) -> Expected:
        """The planned figures."""

        def total(kinds: tuple[Kind, ...], stands: str) -> int:
            return sum(kind.count for kind in kinds if kind.stands == stands)

        return Expected(
            matters_completed=total(self._matters, "solved"),
            matters_open=total(self._matters, "open"),
            difficulties_solved=total(self._difficulties, "solved"),
            difficulties_open=total(self._difficulties, "open"),
        )

    def acts(self, cast: Cast) -> Iterator[Act]:
        """Every act of the year in order of time; determined by seed and last day."""
        running: list[tuple[int, int, Act, Iterator[Act]]] = []
        for start, serial, live in self._dealt():
            while running and running[0][0] <= start:
                yield from _step(running)
            chance = Random(self.seed * 1_000_003 + serial)
            life = iter(live(Life(cast, self.year, chance, start)))
            act = next(life)
            heapq.heappush(running, (act.at, serial, act, life))
        while running:
            yield from _step(running)

    def _dealt(self) -> list[tuple[int, int, Lived]]:
        """Start, serial number and course of each life, by start."""
        chance = Random(self.seed)
        dealt: list[tuple[int, int, Lived]] = []
        for kind in (*self._difficulties, *self._matters, *self._activities):
            for _ in range(kind.count):
                day = _age(kind, chance) if kind.age else self.year.a_day(chance, kind.before_end)
                dealt.append((self.year.asking(chance, day), len(dealt), kind.live))
        dealt.sort(key=lambda one: one[:2])
        return dealt


def _age(kind: Kind, chance: Random) -> int:
    """Day of registration of an open case; recent days are more frequent."""
    age = kind.before_end + int(chance.expovariate(1 / kind.age))
    return max(0, DAYS - age)


def _step(running: list[tuple[int, int, Act, Iterator[Act]]]) -> Iterator[Act]:
    """Yield the earliest act, and queue the next act of its life."""
    _, serial, act, life = running[0]
    following = next(life, None)
    if following is None:
        heapq.heappop(running)
    else:
        heapq.heapreplace(running, (following.at, serial, following, life))
    yield act


def _shared(kinds: tuple[Kind, ...], share: Fraction, solved: int) -> tuple[Kind, ...]:
    """The kinds for a share of the county, at least one life of each; solved ones add up to SOLVED exactly."""
    counted = [replace(kind, count=max(1, round(kind.count * share))) for kind in kinds]
    if solved:
        others = sum(kind.count for kind in counted[1:] if kind.stands == "solved")
        counted[0] = replace(counted[0], count=solved - others)
    return tuple(counted)
