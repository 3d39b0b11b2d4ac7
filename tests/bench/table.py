"""The result of a measurement as a line of a Markdown table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median

from msgspec import Struct

HEADINGS = ("row", "what", "ours", "other side", "ratio", "goal", "reached")


class Line(Struct, frozen=True, kw_only=True):
    """One line: both sides, their ratio, and the ratio that is wanted; no goal where the design names none."""

    row: str
    what: str
    ours: str
    other: str
    ratio: float
    goal: float | None = None
    at_most: bool = False

    @property
    def reached(self) -> str:
        """Whether the goal is met."""
        if self.goal is None:
            return "–"
        return "yes" if (self.ratio <= self.goal if self.at_most else self.ratio >= self.goal) else "**no**"

    def markdown(self) -> str:
        """The line as Markdown."""
        wanted = "–" if self.goal is None else f"{'≤' if self.at_most else '≥'} {self.goal:g}"
        cells = (self.row, self.what, self.ours, self.other, f"{self.ratio:.3g}", wanted, self.reached)
        return f"| {' | '.join(cells)} |"


def heading() -> str:
    """The first two lines of the table."""
    return f"| {' | '.join(HEADINGS)} |\n|{'---|' * len(HEADINGS)}"


class Size(Struct, frozen=True):
    """How much is measured: rounds of each comparison, and entries of the histories."""

    rounds: int
    usual: int
    small: int
    large: int


class Rounds(Struct, frozen=True):
    """Both sides of each round, measured one after the other."""

    pairs: tuple[tuple[float, float], ...]

    @property
    def ours(self) -> float:
        return median(ours for ours, _ in self.pairs)

    @property
    def other(self) -> float:
        return median(other for _, other in self.pairs)

    @property
    def ratio(self) -> float:
        """The median of the rounds' own ratios: machines drift, and both sides of a round drift together."""
        return median(ours / other for ours, other in self.pairs)


def interleaved(rounds: int, ours: Callable[[int], float], other: Callable[[int], float]) -> Rounds:
    """Measure the two sides in turn; the side that begins changes from round to round."""
    pairs: list[tuple[float, float]] = []
    for turn in range(rounds):
        if turn % 2:
            second = other(turn)
            pairs.append((ours(turn), second))
        else:
            first = ours(turn)
            pairs.append((first, other(turn)))
    return Rounds(tuple(pairs))


def rate(value: float, unit: str = "/s") -> str:
    """A figure with as many digits as mean something."""
    return f"{value:,.0f}{unit}" if value >= 100 else f"{value:,.3g}{unit}"


def spread(values: Sequence[float]) -> str:
    """Smallest and largest."""
    return f"{min(values):.3g}–{max(values):.3g}"
