"""Count a county by hand from its entries, without change rows or projections.

    county = Plain.of(stored)                              # entry bytes, or Recorded, of one log in order
    county.stock(lambda s: s.township, open_now)           # cases open now, by township
    county.stock(lambda s: s.township, solved, on="2026-03-31", known=1200)
    county.acts(lambda a: a.recorded.counts_for, is_action, since="2026-03-01", until="2026-03-31")
    county.held(lambda h, s: (h.cadre, h.role))

`known` is the size of the log at which the question is asked (entries with seq < known; None: all of it), `on` the day
for which it is asked: a case stands where its last entry with effective_on ≤ `on` left it. It is slow and plain: for
each question every case is folded from its first entry, corrections applied, and looked at. Nothing is added up twice
and nothing taken away, so it cannot err in the way that change rows could.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from casework.law.activities.activity import ActivityState, evolve_activity
from casework.law.cases.acting import ActionLogged, ResidentContacted
from casework.law.cases.corrections import corrected
from casework.law.cases.evolve import evolve
from casework.law.cases.facts import OPEN_STATUSES
from casework.law.cases.ledger import LedgerActionRecorded
from casework.law.cases.state import CaseState, Holder, holders
from casework.law.event import Recorded
from casework.log.codec import recorded_from_bytes


class Act(NamedTuple):
    """One entry of a case as it stands, corrections applied, with the states around it."""

    recorded: Recorded
    before: CaseState
    after: CaseState


def open_now(state: CaseState) -> bool:
    return state.status in OPEN_STATUSES


def ended(state: CaseState) -> bool:
    return state.status != "" and state.status not in OPEN_STATUSES


def solved(state: CaseState) -> bool:
    return state.outcome == "solved"


def is_action(act: Act) -> bool:
    return isinstance(act.recorded.event, ActionLogged | LedgerActionRecorded)


class Plain:
    """A county's log, to be asked."""

    def __init__(self, log: Iterable[Recorded]) -> None:
        self.log = list(log)
        self._acts = cache(self._fold)

    @classmethod
    def of(cls, stored: Iterable[bytes | Recorded]) -> "Plain":
        return cls(recorded_from_bytes(one) if isinstance(one, bytes) else one for one in stored)

    def size_on(self, recorded_on: str) -> int:
        """Size of the log at the end of that day of recording."""
        return sum(1 for one in self.log if one.recorded_on <= recorded_on)

    def days(self) -> list[str]:
        """Every day that any entry names, as recorded or as corrected."""
        stated = {day for one in self.log for day in (one.recorded_on, one.occurred_on)}
        return sorted(stated | {act.after.effective_on for acts in self._acts(None).values() for act in acts})

    def _fold(self, known: int | None) -> dict[str, list[Act]]:
        streams: dict[str, list[Recorded]] = {}
        for one in self.log[:known]:
            if one.stream.startswith("case/"):
                streams.setdefault(one.stream, []).append(one)
        cases: dict[str, list[Act]] = {}
        for stream, history in streams.items():
            state, acts = CaseState(), []
            for one in corrected(history):
                before, state = state, evolve(state, one)
                acts.append(Act(one, before, state))
            cases[stream] = acts
        return cases

    def states(self, *, on: str | None = None, known: int | None = None) -> dict[str, CaseState]:
        """Where each case stands: on that day, as the log of that size knew it."""
        standing = {}
        for stream, acts in self._acts(known).items():
            seen = [act.after for act in acts if on is None or act.after.effective_on <= on]
            if seen:
                standing[stream] = seen[-1]
        return standing

    def stock(
        self,
        by: Callable[[CaseState], Hashable],
        where: Callable[[CaseState], bool] = lambda state: True,
        *,
        sum: Callable[[CaseState], int] = lambda state: 1,
        on: str | None = None,
        known: int | None = None,
    ) -> Counter[Hashable]:
        """How many cases, or how much of a fact, stand where `where` says."""
        figures: Counter[Hashable] = Counter()
        for state in self.states(on=on, known=known).values():
            if where(state):
                figures[by(state)] += sum(state)
        return figures

    def held(
        self,
        by: Callable[[Holder, CaseState], Hashable] = lambda holder, state: (holder.cadre, holder.role),
        *,
        on: str | None = None,
        known: int | None = None,
    ) -> Counter[Hashable]:
        """How many open cases each person or unit holds."""
        figures: Counter[Hashable] = Counter()
        for state in self.states(on=on, known=known).values():
            for holder in holders(state):
                figures[by(holder, state)] += 1
        return figures

    def each(
        self, *, since: str = "", until: str = "9999", known: int | None = None, axis: str = "occurred_on"
    ) -> Iterator[Act]:
        """Every act whose day on that axis lies within since … until, both included."""
        for acts in self._acts(known).values():
            for act in acts:
                day = act.after.effective_on if axis == "effective_on" else getattr(act.recorded, axis)
                if since <= day <= until:
                    yield act

    def acts(
        self,
        by: Callable[[Act], Hashable],
        where: Callable[[Act], bool] = lambda act: True,
        *,
        sum: Callable[[Act], int] = lambda act: 1,
        since: str = "",
        until: str = "9999",
        known: int | None = None,
        axis: str = "occurred_on",
    ) -> Counter[Hashable]:
        """How many acts, dated by when they occurred."""
        figures: Counter[Hashable] = Counter()
        for act in self.each(since=since, until=until, known=known, axis=axis):
            if where(act):
                figures[by(act)] += sum(act)
        return figures

    def cases_touched(self, *, since: str = "", until: str = "9999", known: int | None = None) -> Counter[str]:
        """In how many different cases each person acted in the field."""
        pairs = {
            (act.recorded.counts_for, act.recorded.stream)
            for act in self.each(since=since, until=until, known=known)
            if isinstance(act.recorded.event, ActionLogged | ResidentContacted | LedgerActionRecorded)
        }
        return Counter(person for person, _ in pairs)

    def activities(self, *, known: int | None = None) -> dict[str, ActivityState]:
        """Acts without a case, as they stand."""
        streams: dict[str, list[Recorded]] = {}
        for one in self.log[:known]:
            if one.stream.startswith("activity/"):
                streams.setdefault(one.stream, []).append(one)
        standing = {}
        for stream, history in streams.items():
            state = ActivityState()
            for one in corrected(history):
                state = evolve_activity(state, one)
            standing[stream] = state
        return standing
