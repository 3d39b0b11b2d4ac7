"""Sends the year's commands through the law in batches, and counts the projections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import partial
from itertools import islice

from msgspec import Struct

from casework.application.commands.handle import Request, is_answered, prepare
from casework.application.figures.upkeep import count_all
from casework.application.operations import init as opening
from casework.application.roster import load as load_roster
from casework.application.runtime.problem import Problem
from casework.application.runtime.runtime import OpenRuntime, Runtime
from casework.clock import SimulatedClock
from casework.demo.county.cast import ROSTER, read
from casework.demo.county.life import Act
from casework.demo.county.plan import Expected, Plan
from casework.demo.county.year import DAY, DAYS, Year, instant
from casework.demo.refusals import refused
from casework.law.context import Refused
from casework.log.submission import Submission
from casework.log.writer import MAX_BATCH
from casework.settings import Settings

LOG, COUNTY, TIME_ZONE = "530828", "澜沧拉祜族自治县", "Asia/Shanghai"
SEED = 1990
#: id of the year's last command; if it is stored, the load is complete
_LAST = "simulated/last"
#: number of refusals to report
_SHOWN = 5

Progress = Callable[[str, int, int], None]  # stage (roster, year, counting), done, total (0 when unknown)


class Loaded(Struct, kw_only=True):
    """Result of loading.

    acts      commands that were sent
    refused   how many of them were refused; the plan expects none
    refusals  the first of these: command and reason
    expected  what the projections must count in the end
    """

    expected: Expected
    acts: int = 0
    refused: int = 0
    refusals: list[str] = []


class Itinerary(SimulatedClock):
    """A clock that returns the planned instants in turn.

    After the last it begins again, so that a batch that the writer retries gets the same instants.
    """

    def __init__(self, start: str) -> None:
        super().__init__(start)
        self._planned: Sequence[str] = ()
        self._asked = 0

    def plan(self, instants: Sequence[str]) -> None:
        """Set the instants to return, in order, as the log writes them."""
        self._planned, self._asked = instants, 0

    def now(self) -> str:
        if not self._planned:
            return super().now()
        now = self._planned[self._asked % len(self._planned)]
        self._asked += 1
        return now


def is_loaded(runtime: Runtime) -> bool:
    """Whether the county is loaded completely."""
    return is_answered(runtime, LOG, _LAST)


def load(
    settings: Settings,
    open_runtime: OpenRuntime,
    *,
    last: date,
    seed: int = SEED,
    share: Fraction = Fraction(1),
    operator: str = "",
    progress: Progress | None = None,
) -> Loaded:
    """Create the log and load 365 simulated days up to LAST; resumes an interrupted load.

    share  of the whole county: 1/40 is a small one with the same courses

    Raises Problem if the log holds other entries, or a projection cannot count.
    """
    tell = progress or (lambda *_: None)
    opening.prepare_place(settings)
    runtime = open_runtime(settings)
    begun = LOG in runtime.logs()
    if begun:
        first = runtime.store.first(LOG, f"county/{LOG}")
        last = date.fromisoformat(first.recorded_on) + timedelta(days=DAYS - 1) if first else last
    runtime.close()

    year = Year(last)
    clock = Itinerary(instant(year.opens))
    opened = partial(open_runtime, clock=clock)
    if not begun:
        opening.init(settings, opened, log=LOG, county=COUNTY, time_zone=TIME_ZONE, simulated=True, operator=operator)
    runtime = opened(settings)
    try:
        plan = Plan(year, seed, share)
        loaded = Loaded(expected=plan.expected())
        folder = load_roster.example(ROSTER)
        stood = _stood(runtime)
        if not _of_the_year(stood):
            roster = load_roster.run(runtime, LOG, folder, operator=operator, progress=partial(tell, "roster"))
            if roster.rejects:
                raise ValueError(f"the shipped roster was refused: {roster.rejects[0]}")
        _live(runtime, clock, year, _after(_named(plan.acts(read(folder)), seed), stood), loaded, tell)
        count_all(runtime, LOG, partial(tell, "counting"))
    finally:
        runtime.close()
    return loaded


def _stood(runtime: Runtime) -> str:
    """The command of the log's last entry."""
    (entry,) = runtime.store.read(LOG, since=runtime.store.head(LOG).size - 1)
    return entry.command


def _of_the_year(command: str) -> bool:
    return command.startswith(("simulated/", "clock/"))


def _named(acts: Iterator[Act], seed: int) -> Iterator[Act]:
    """Every act with a command id: its place in the year, or `_LAST` for the last."""
    held = next(acts)
    for place, following in enumerate(acts):
        yield held if held.id else held._replace(id=f"simulated/{seed}/{place:07}")
        held = following
    yield held._replace(id=_LAST)


def _live(runtime: Runtime, clock: Itinerary, year: Year, acts: Iterator[Act], loaded: Loaded, tell: Progress) -> None:
    while batch := list(islice(acts, MAX_BATCH)):
        ready: list[tuple[Act, Submission]] = []
        for act in batch:
            try:
                ready.append((act, _prepared(runtime, act)))
            except (Problem, Refused) as why:
                _refused(loaded, act, why)
        clock.plan([instant(act.at) for act, _ in ready])
        outcomes = runtime.writer.append_now([submission for _, submission in ready])
        for (act, _), outcome in zip(ready, outcomes, strict=True):
            if isinstance(outcome, Refused):
                _refused(loaded, act, outcome)
            elif isinstance(outcome, Exception):
                raise outcome
        loaded.acts += len(batch)
        tell("year", min((batch[-1].at - year.opens) // DAY, DAYS), DAYS)


def _after(acts: Iterator[Act], stood: str) -> Iterator[Act]:
    """The acts not stored yet: all, or those after the last stored command."""
    if not _of_the_year(stood):
        return acts
    for act in acts:
        if act.id == stood:
            return acts
    raise refused("not-the-demo", log=LOG)


def _prepared(runtime: Runtime, act: Act) -> Submission:
    if act.command in ("register-case", "record-handled"):
        runtime.will_ask(LOG, act.members["case"], act.members.get("resident", ""))
    request = Request(
        log=LOG,
        command=act.command,
        members=act.members,
        command_id=act.id,
        actor=act.actor,
        role=act.role,
        for_=act.for_,
        source=_source(act),
        device=act.device,
    )
    return prepare(runtime, request)


def _source(act: Act) -> str:
    if act.device is not None:
        return f"offline/{act.device.id}"
    return {"clock": "timer", "resident": "page"}.get(act.role, "api")


def _refused(loaded: Loaded, act: Act, why: Exception) -> None:
    loaded.refused += 1
    if len(loaded.refusals) < _SHOWN:
        loaded.refusals.append(f"{instant(act.at)} {act.command}: {why}")
