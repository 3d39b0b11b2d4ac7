"""The simulated year: busy days, opening hours, and how instants are written."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import NamedTuple

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR
#: the county's time is UTC+8 all year
AHEAD = 8 * HOUR
DAYS = 365
_EPOCH = date(1970, 1, 1).toordinal()
_OPENS, _SHUTS = 8 * HOUR + 10 * MINUTE, 18 * HOUR
_SUNDAY, _SATURDAY = 6, 5

#: weight of each category by month, January first
_SEASONS: dict[str, tuple[int, ...]] = {
    "water": (6, 9, 14, 16, 13, 6, 4, 4, 4, 4, 5, 5),  # the dry season ends in May
    "roads": (4, 4, 4, 4, 6, 11, 15, 15, 11, 8, 5, 4),  # the rains wash them out
    "housing": (5, 5, 5, 5, 6, 8, 9, 9, 7, 6, 5, 5),
    "power": (4, 4, 4, 5, 7, 8, 8, 7, 5, 4, 4, 4),
    "farming": (4, 5, 9, 9, 8, 6, 5, 5, 8, 9, 6, 4),
    "civil": (9, 8, 6, 6, 6, 6, 6, 6, 6, 6, 8, 9),
    "medical": (7, 6, 5, 5, 5, 5, 5, 5, 5, 7, 10, 11),
    "schooling": (3, 5, 4, 3, 3, 4, 5, 9, 9, 4, 3, 3),
    "employment": (9, 9, 5, 4, 4, 4, 4, 4, 4, 4, 5, 8),
    "environment": (4, 4, 4, 5, 6, 7, 7, 7, 6, 5, 4, 4),
    "disputes": (6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6),
    "safety": (3, 3, 4, 4, 5, 8, 10, 10, 7, 4, 3, 3),
    "policy": (9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 9),
}
CATEGORIES = tuple(_SEASONS)


class _Hot(NamedTuple):
    """Days with more requests, and the categories concerned."""

    month: int
    day: int
    days: int
    times: float
    of: dict[str, int]


_HOT = (
    _Hot(1, 19, 3, 2.0, {"employment": 6}),  # wages before the New Year
    _Hot(4, 7, 4, 2.6, {"water": 5}),  # the wells run dry
    _Hot(7, 15, 3, 3.6, {"roads": 5, "safety": 5}),  # the storm
    _Hot(8, 21, 2, 3.0, {"roads": 4, "safety": 4, "power": 5}),
    _Hot(9, 1, 3, 1.9, {"schooling": 7}),
    _Hot(12, 9, 5, 1.7, {"medical": 4}),  # the last days to enrol
)


class Year:
    """The 365 days up to and including LAST."""

    def __init__(self, last: date) -> None:
        self.last = last
        self.first = last - timedelta(days=DAYS - 1)
        self.opens = _start_of(self.first) + 6 * HOUR
        self.ends = _start_of(last) + _SHUTS
        self._days = [self.first + timedelta(days=n) for n in range(DAYS)]
        self._busy = list(accumulate(map(_busy, self._days)))

    def a_day(self, chance: Random, before_end: int) -> int:
        """A day's number, at least BEFORE_END days before the end; busy days are more frequent."""
        latest = max(1, DAYS - before_end)
        return bisect_right(self._busy, chance.random() * self._busy[latest - 1])

    def asking(self, chance: Random, day: int) -> int:
        """An instant of that day for a request: from early morning, mostly before noon and before evening."""
        hour = chance.choice((7, 8, 9, 9, 9, 10, 10, 10, 11, 14, 15, 15, 16, 16, 17))
        return _start_of(self._days[day]) + hour * HOUR + chance.randrange(3600) * SECOND

    def category(self, chance: Random, day: int) -> str:
        """A category, by its weight on that day."""
        return chance.choices(CATEGORIES, cum_weights=_wanted(self._days[day]))[0]


def _start_of(day: date) -> int:
    return (day.toordinal() - _EPOCH) * DAY - AHEAD


def _hot(day: date) -> _Hot | None:
    for hot in _HOT:
        if day.month == hot.month and hot.day <= day.day < hot.day + hot.days:
            return hot
    return None


def _busy(day: date) -> float:
    hot = _hot(day)
    weekday = 0.35 if day.weekday() == _SUNDAY else 0.6 if day.weekday() == _SATURDAY else 1.0
    season = sum(months[day.month - 1] for months in _SEASONS.values()) / len(_SEASONS)
    return weekday * season * (hot.times if hot else 1.0)


@lru_cache(maxsize=512)
def _wanted(day: date) -> tuple[int, ...]:
    hot = _hot(day)
    times = hot.of if hot else {}
    return tuple(accumulate(months[day.month - 1] * times.get(name, 1) for name, months in _SEASONS.items()))


def at_work(moment: int) -> int:
    """The same instant, or the next in working hours: 08:10 to 18:00, not on Sundays."""
    day, time = divmod(moment + AHEAD, DAY)
    if time >= _SHUTS:
        day, time = day + 1, _OPENS + time % (40 * MINUTE)
    elif time < _OPENS:
        time = _OPENS + time % (40 * MINUTE)
    if (day + 3) % 7 == _SUNDAY:  # 1 January 1970 was a Thursday
        day += 1
    return day * DAY + time - AHEAD


def end_of_day(moment: int, days: int = 0) -> int:
    """The last millisecond of the local day so many days after an instant's."""
    return ((moment + AHEAD) // DAY + days + 1) * DAY - AHEAD - 1


def local_day(moment: int, days: int = 0) -> str:
    """The local date so many days after an instant's, as `YYYY-MM-DD`."""
    return _date((moment + AHEAD) // DAY + days)


def instant(moment: int) -> str:
    """Milliseconds since 1970 as the log writes instants."""
    day, time = divmod(moment, DAY)
    second, thousandths = divmod(time, SECOND)
    return f"{_date(day)}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}.{thousandths:03}Z"


@lru_cache(maxsize=2048)
def _date(day: int) -> str:
    return date.fromordinal(_EPOCH + day).isoformat()
